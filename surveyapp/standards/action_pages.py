"""Deviations and corrective actions: the list, entering one, saying that it is done."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp.accounts.access import SIGNED_IN, allow
from surveyapp.errors import HeedError, Invalid
from surveyapp.extensions import session
from surveyapp.models import CorrectiveAction, Person
from surveyapp.rollups import month_of
from surveyapp.standards import acting, agreeing, letters, room, saying
from surveyapp.standards.forms import ActionForm
from surveyapp.standards.room import LEADS, blueprint
from surveyapp.trends import declared


@blueprint.get("/standards/actions")
@allow(SIGNED_IN)
def actions() -> ResponseReturnValue:
    """Show the deviations that ask for an action, and the actions, open and done."""
    found = acting.every(session(), room.scope())
    open_ones = {each.standard_id for each in found if each.done_on is None}
    return render_template(
        "standards/actions.html", asking=acting.asking(session(), room.scope()), today=room.day(),
        open=[each for each in found if each.done_on is None], done=[each for each in found if each.done_on],
        sentence=saying.sentence, people={each: _people(each) for each in open_ones} if room.leads() else {},
    )  # fmt: skip


@blueprint.route("/standards/deviations/<int:judgement_id>", methods=["GET", "POST"])
@allow(*LEADS)
def act(judgement_id: int) -> ResponseReturnValue:
    """Say what will be done about a deviation."""
    miss = acting.missed(session(), room.scope(), judgement_id)
    form = ActionForm()
    people = _people(miss.standard_id)
    form.owner.choices = [(0, gettext("Choose")), *((each.id, each.name) for each in people)]
    if form.validate_on_submit():
        owner = next((each for each in people if each.id == form.owner.data), None)
        try:
            made = acting.entrust(
                session(), miss, what=form.what.data.replace("\0", " "), owner=owner, due_on=form.due_on.data,
                by=current_user.id, today=room.day(),
            )  # fmt: skip
        except HeedError as error:
            session.rollback()
            field = form[error.field] if isinstance(error, Invalid) and error.field in form else form.what
            field.errors = [*field.errors, str(error)]
        else:
            letters.entrusted(session(), made, str(current_app.config["PUBLIC_URL"]))
            room.offer(
                gettext("Entered, and %(name)s is told.", name=made.owner.name), _address("take_back_action", made)
            )
            return redirect(url_for("standards.actions"))
    page = render_template("standards/act.html", form=form, miss=miss, sentence=saying.sentence(miss))
    return page, 422 if form.errors else 200


@blueprint.post("/standards/actions/<int:action_id>/done")
@allow(SIGNED_IN)
def done(action_id: int) -> ResponseReturnValue:
    """Say that an action is done."""
    action = acting.fetch(session(), room.scope(), action_id)
    room.check_form()
    acting.done(session(), action, current_user, leads=room.leads(), today=room.day())
    room.offer(gettext("Done."), _address("reopen", action))
    return redirect(url_for("standards.actions"))


@blueprint.post("/standards/actions/<int:action_id>/reopen")
@allow(SIGNED_IN)
def reopen(action_id: int) -> ResponseReturnValue:
    """Say that it is not done after all."""
    action = acting.fetch(session(), room.scope(), action_id)
    room.check_form()
    acting.reopen(session(), action, current_user, leads=room.leads())
    flash(gettext("Open again."), "success")
    return redirect(url_for("standards.actions"))


@blueprint.post("/standards/actions/<int:action_id>/hand")
@allow(*LEADS)
def hand(action_id: int) -> ResponseReturnValue:
    """Give an action to somebody else."""
    action = acting.fetch(session(), room.scope(), action_id)
    room.check_form()
    wanted = request.form.get("owner", default=0, type=int)
    owner = next((each for each in _people(action.standard_id) if each.id == wanted), None)
    try:
        acting.hand(session(), action, owner, by=current_user.id)
    except HeedError as error:
        session.rollback()
        flash(str(error), "error")
    else:
        letters.entrusted(session(), action, str(current_app.config["PUBLIC_URL"]))
        flash(gettext("%(name)s has it now, and is told.", name=action.owner.name), "success")
    return redirect(url_for("standards.actions"))


@blueprint.post("/standards/actions/<int:action_id>/take-back")
@allow(*LEADS)
def take_back_action(action_id: int) -> ResponseReturnValue:
    """Take an action back as entered by mistake."""
    action = acting.fetch(session(), room.scope(), action_id)
    room.check_form()
    acting.take_back(session(), action, by=current_user.id)
    flash(gettext("Taken back."), "success")
    return redirect(url_for("standards.actions"))


def _people(standard_id: int) -> list[Person]:
    standards, month = declared.every(session()), month_of(room.day())
    standard = next(each for each in standards if each.id == standard_id)
    return agreeing.concerned(session(), standard, standards, month)


def _address(endpoint: str, action: CorrectiveAction) -> str:
    return url_for(f"standards.{endpoint}", action_id=action.id)
