"""Declaring a standard, changing its level, telling customers of it, retiring it, and leaving its level as it is."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from wtforms import Field

from surveyapp.accounts.access import allow
from surveyapp.errors import HeedError, Invalid
from surveyapp.extensions import session
from surveyapp.models import PART, Measure, Standard
from surveyapp.rollups import month_of
from surveyapp.standards import declaring, gauges, raising, room, showing
from surveyapp.standards.declaring import Said
from surveyapp.standards.forms import ChangeForm, LevelForm, NewForm
from surveyapp.standards.room import LEADS, blueprint
from surveyapp.trends import figures
from surveyapp.trends.periods import long


@blueprint.route("/standards/new", methods=["GET", "POST"])
@allow(*LEADS)
def new() -> ResponseReturnValue:
    """Declare a standard."""
    form, running = NewForm(), month_of(room.day())
    form.service.choices = [(each.id, "\u2003" * each.depth + each.name) for each in room.scope().tree(session())]
    form.gauge.choices = _gauges()
    _months(form, running - declaring.BACK, running)
    if form.validate_on_submit():
        try:
            service = room.scope().service(session(), form.service.data)
            gauge, measure = _chosen(form.gauge.data)
            made = declaring.declare(
                session(), service, gauge, measure, _said(form), by=current_user.id, today=room.day()
            )
            declaring.publish(session(), made, public=form.public.data, by=current_user.id)
        except HeedError as error:
            session.rollback()
            _blame(form, error)
        else:
            room.offer(gettext("Declared. Everybody whom it concerns is asked to read it."), _address("retire", made))
            return redirect(_address("show", made))
    return _page(form, None)


@blueprint.route("/standards/<int:standard_id>/change", methods=["GET", "POST"])
@allow(*LEADS)
def change(standard_id: int) -> ResponseReturnValue:
    """Start a new version; `?raise=1` proposes the level that the last months reached."""
    standard = room.fetch(standard_id, to_write=True)
    form = ChangeForm(data=_prefilled(standard)) if request.method == "GET" else ChangeForm()
    running = month_of(room.day())
    _months(form, max(running, standard.latest.from_month), running)
    if form.validate_on_submit():
        try:
            version = declaring.change(session(), standard, _said(form), by=current_user.id, today=room.day())
        except HeedError as error:
            session.rollback()
            _blame(form, error)
        else:
            back = url_for("standards.take_back", standard_id=standard_id, version_id=version.id)
            room.offer(gettext("Changed. Everybody whom it concerns is asked to agree anew."), back)
            return redirect(_address("show", standard))
    return _page(form, standard)


@blueprint.post("/standards/<int:standard_id>/versions/<int:version_id>/take-back")
@allow(*LEADS)
def take_back(standard_id: int, version_id: int) -> ResponseReturnValue:
    """Take the newest version back."""
    standard = room.fetch(standard_id, to_write=True)
    return _do(
        standard, gettext("Taken back: the version before holds again."), None,
        lambda: declaring.take_back(session(), standard, version_id, by=current_user.id),
    )  # fmt: skip


@blueprint.post("/standards/<int:standard_id>/publish")
@allow(*LEADS)
def publish(standard_id: int) -> ResponseReturnValue:
    """Tell customers of it on the public page."""
    standard = room.fetch(standard_id, to_write=True)
    return _do(
        standard, gettext("It stands on the public page."), "hide",
        lambda: declaring.publish(session(), standard, public=True, by=current_user.id),
    )  # fmt: skip


@blueprint.post("/standards/<int:standard_id>/hide")
@allow(*LEADS)
def hide(standard_id: int) -> ResponseReturnValue:
    """Take it off the public page."""
    standard = room.fetch(standard_id, to_write=True)
    return _do(
        standard, gettext("Customers read it no more."), "publish",
        lambda: declaring.publish(session(), standard, public=False, by=current_user.id),
    )  # fmt: skip


@blueprint.post("/standards/<int:standard_id>/retire")
@allow(*LEADS)
def retire(standard_id: int) -> ResponseReturnValue:
    """Judge no month by it any more."""
    standard = room.fetch(standard_id, to_write=True)
    return _do(
        standard, gettext("Retired. What was judged stays."), "restore",
        lambda: declaring.retire(session(), standard, by=current_user.id, today=room.day()),
    )  # fmt: skip


@blueprint.post("/standards/<int:standard_id>/restore")
@allow(*LEADS)
def restore(standard_id: int) -> ResponseReturnValue:
    """Bring it back."""
    standard = room.fetch(standard_id, to_write=True)
    return _do(
        standard, gettext("It holds again."), "retire",
        lambda: declaring.restore(session(), standard, by=current_user.id),
    )  # fmt: skip


@blueprint.post("/standards/<int:standard_id>/leave")
@allow(*LEADS)
def leave(standard_id: int) -> ResponseReturnValue:
    """Leave the level as it is, with a reason."""
    standard = room.fetch(standard_id, to_write=True)
    why = request.form.get("why", "").replace("\0", " ")
    judged = showing.own(session(), standard)
    return _do(
        standard, gettext("The level stays. It is asked again after six more months."), "ask_again",
        lambda: raising.leave(session(), standard, judged, why, by=current_user.id),
    )  # fmt: skip


@blueprint.post("/standards/<int:standard_id>/ask-again")
@allow(*LEADS)
def ask_again(standard_id: int) -> ResponseReturnValue:
    """Take back that the level was left as it is."""
    standard = room.fetch(standard_id, to_write=True)
    return _do(
        standard, gettext("Taken back: it is asked again."), None,
        lambda: raising.ask_again(session(), standard, by=current_user.id),
    )  # fmt: skip


def _do(standard: Standard, words: str, back: str | None, work: Any) -> ResponseReturnValue:
    """Do one thing to a standard and offer to undo it (`back` names the page that does); what is wrong is said on its page."""
    room.check_form()
    address, undo = _address("show", standard), _address(back, standard) if back else ""
    try:
        work()
    except HeedError as error:
        if error.status == 404:
            raise
        session.rollback()
        flash(str(error), "error")
    else:
        if undo:
            room.offer(words, undo)
        else:
            flash(words, "success")
    return redirect(address)


def _address(endpoint: str, standard: Standard) -> str:
    return url_for(f"standards.{endpoint}", standard_id=standard.id)


def _page(form: LevelForm, standard: Standard | None) -> tuple[str, int]:
    page = render_template("standards/edit.html", form=form, standard=standard)
    return page, 422 if form.errors else 200


def _gauges() -> list[tuple[str, str]]:
    named = [(key, str(kind.name)) for key, kind in gauges.KINDS.items() if key != "figure"]
    scored = [each for each in figures.measures(session()) if not each.explains]
    return named + [(f"figure:{each.id}", gauges.name_of("figure", each)) for each in scored]


def _chosen(text: str) -> tuple[str, Measure | None]:
    gauge, _colon, number = text.partition(":")
    return gauge, figures.fetch(session(), int(number)) if number else None


def _months(form: LevelForm, first: int, running: int) -> None:
    form.from_month.choices = [(month, long(month)) for month in range(first, running + declaring.AHEAD + 1)]
    if request.method == "GET":
        form.from_month.data = max(running, first)


def _prefilled(standard: Standard) -> dict[str, Any]:
    last = standard.latest
    level = last.level
    if request.args.get("raise") == "1":
        level = raising.proposed(standard, showing.own(session(), standard))
    words = {name: getattr(last, name) for name in declaring.LIMITS}
    return {**words, "level": f"{level / PART:.10g}", "days": last.days}


def _said(form: LevelForm) -> Said:
    words = {name: form[name].data.replace("\0", " ") for name in declaring.LIMITS}
    why = form.why.data.replace("\0", " ") if isinstance(form, ChangeForm) else ""
    return Said(**words, level=form.level.data, days=form.days.data, from_month=form.from_month.data, why=why)


def _blame(form: LevelForm, error: HeedError) -> None:
    name = error.field if isinstance(error, Invalid) and error.field in form else None
    field: Field = form[name or "sentence"]
    field.errors = [*field.errors, str(error)]
