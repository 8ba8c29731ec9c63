"""Pages about keeping one's word: promises, what nobody owns, leave, and links to work done elsewhere."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import leaving, linked, listing, owning, promising, reminding
from surveyapp.backlog.days import today
from surveyapp.backlog.drawing import fetch
from surveyapp.backlog.forms import LeaveForm
from surveyapp.backlog.views import READERS, blueprint
from surveyapp.errors import Invalid
from surveyapp.extensions import session
from surveyapp.models import Improvement, Leave, Organisation, Person

LEADS = ("lead", "administrator")
PAGE = 50


@blueprint.get("/backlog/promises")
@allow(*READERS)
def promises() -> ResponseReturnValue:
    """Show what was promised: broken, due, upcoming, and how promises ended."""
    scope = Scope.of(current_user, session())
    seen = listing.seen_by(scope, session(), current_user)
    return render_template("backlog/promises.html", overview=promising.overview(session(), seen, today(session())))


@blueprint.get("/backlog/unowned")
@allow(*LEADS)
def unowned() -> ResponseReturnValue:
    """Show what nobody has owned for longer than the standard allows, oldest first."""
    days = session.scalar(select(Organisation.owner_days)) or 0
    lying = reminding.left_lying(Scope.of(current_user, session()), session(), current_user, days)
    total = session.scalar(select(func.count()).select_from(Improvement).where(lying)) or 0
    rows = select(Improvement).where(lying).order_by(Improvement.created_at, Improvement.id).limit(PAGE)
    found = session.scalars(rows.options(joinedload(Improvement.service), joinedload(Improvement.theme))).all()
    return render_template("backlog/unowned.html", improvements=found, days=days, total=total)


@blueprint.post("/backlog/<int:improvement_id>/mine")
@allow(*LEADS)
def own_it(improvement_id: int) -> ResponseReturnValue:
    """Take on what nobody owns."""
    improvement = fetch(improvement_id)
    session.refresh(improvement, with_for_update={"key_share": True})
    if improvement.owner_id is not None:
        flash(gettext("Somebody has taken this on meanwhile."), "error")
    else:
        owning.own(session(), improvement, current_user, by=current_user.id)
        flash(gettext("“%(title)s” is yours now.", title=improvement.title), "success")
    return redirect(url_for("backlog.unowned"))


@blueprint.route("/backlog/leave", methods=["GET", "POST"])
@allow(*LEADS, "colleague")
def leave() -> ResponseReturnValue:
    """Enter one's leave and who stands in."""
    form, day = LeaveForm(), today(session())
    others = [each for each in owning.people(session()) if each.id != current_user.id]
    form.stand_in.choices = [(0, gettext("Choose")), *((each.id, each.name) for each in others)]
    if form.validate_on_submit():
        try:
            other = session.get(Person, form.stand_in.data)
            made = leaving.take(session(), current_user, other, form.since.data, form.until.data, today=day)
            flash(_said(made, leaving.held(session(), current_user)), "success")
            return redirect(url_for("backlog.leave"))
        except Invalid as error:
            session.rollback()
            field = form[error.field or "until"]
            field.errors = [*field.errors, str(error)]
    ahead = leaving.ahead(session(), current_user, day)
    held = leaving.held(session(), current_user)
    status = 422 if request.method == "POST" else 200
    return render_template("backlog/leave.html", form=form, ahead=ahead, held=held), status


def _said(made: Leave, n: int) -> str:
    day = f"{made.until.day} {made.until:%B %Y}"
    name = session.get_one(Person, made.stand_in_id).name
    return str(gettext("Until %(day)s, %(n)d of your things show with %(name)s as well.", day=day, n=n, name=name))


@blueprint.post("/backlog/leave/<int:leave_id>/end")
@allow(*LEADS, "colleague")
def end_leave(leave_id: int) -> ResponseReturnValue:
    """Come back early."""
    found = leaving.fetch(session(), current_user, leave_id)
    leaving.end(session(), found, by=current_user.id, today=today(session()))
    flash(gettext("Welcome back. What is yours is yours alone again."), "success")
    return redirect(url_for("backlog.leave"))


@blueprint.post("/backlog/<int:improvement_id>/link")
@allow(*LEADS, "colleague")
def link(improvement_id: int) -> ResponseReturnValue:
    """Link an improvement to where the work is done."""
    improvement = fetch(improvement_id)
    linked.link(session(), improvement, request.form.get("url", "")[:1000], by=current_user.id)
    flash(gettext("Linked."), "success")
    return redirect(url_for("backlog.show", improvement_id=improvement.id))


@blueprint.post("/backlog/<int:improvement_id>/link/<int:work_link_id>/remove")
@allow(*LEADS, "colleague")
def unlink(improvement_id: int, work_link_id: int) -> ResponseReturnValue:
    """Take a link away."""
    improvement = fetch(improvement_id)
    linked.unlink(session(), improvement, work_link_id, by=current_user.id)
    flash(gettext("The link is gone."), "success")
    return redirect(url_for("backlog.show", improvement_id=improvement.id))
