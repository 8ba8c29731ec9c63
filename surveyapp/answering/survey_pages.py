"""`/s/<slug>`: the survey, and what is sent from it. Nothing is thanked for that is not committed."""

from __future__ import annotations

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from surveyapp.accounts.access import EVERYBODY, allow
from surveyapp.answering import ticket
from surveyapp.answering.door import Changed, Door, find
from surveyapp.answering.editions import Shown
from surveyapp.answering.intake import Receipt, stored, submit
from surveyapp.answering.room import blueprint, editions
from surveyapp.answering.survey_form import again, closed, empty, in_full, thanks, words_of
from surveyapp.answering.ticket import Ticket
from surveyapp.db import now
from surveyapp.errors import Conflict
from surveyapp.extensions import database, limiter, session
from surveyapp.questions import Value
from surveyapp.questions.reading import carry, read

DOWN = (OperationalError, InterfaceError, PoolTimeout)
OFTEN = "300 per minute"
"""Per address: a queue at a kiosk, or a whole office behind one address, stays far below."""


@blueprint.get("/s/<slug>")
@allow(EVERYBODY)
def survey(slug: str) -> ResponseReturnValue:
    """Show a survey, empty."""
    door = find(session(), slug)
    editions().saw(door)
    return empty(door, editions().get(session(), door.version_id)) if door.open else closed(door)


def _breach(_limit: object) -> Response:
    return _wait(request.view_args["slug"] if request.view_args else "", 429, 30)


@blueprint.post("/s/<slug>")
@limiter.limit(OFTEN, on_breach=_breach)
@allow(EVERYBODY)
def send(slug: str) -> ResponseReturnValue:
    """Take a survey's answers, commit them, and only then thank."""
    signed = ticket.read(current_app.config["SECRET_KEY"], request.form.get("ticket", ""))
    try:
        return _as_remembered(slug, signed) or _as_it_is(slug, signed)
    except DOWN:
        return _wait(slug, 503, 10)


def _as_remembered(slug: str, signed: Ticket | None) -> Response | None:
    """Store right answers to what this process remembers of the survey; None where it has to look, or says no."""
    door = editions().door(slug)
    shown = editions().seen(door.version_id) if door else None
    if door is None or shown is None or not door.open or request.form.get("website"):
        return None
    if signed is None or signed.expired or (signed.survey_id, signed.version_id) != (door.survey_id, door.version_id):
        return None
    reading = read(shown.edition, request.form)
    return _store(door, shown, signed, reading.answers) if reading.right else None


def _as_it_is(slug: str, signed: Ticket | None) -> Response:
    """Look at the survey as it is in the database, and judge what was sent by that."""
    with database().read() as unit:
        door = find(unit, slug)
        signed = signed if signed and signed.survey_id == door.survey_id else None
        shown = editions().get(unit, door.version_id)
        asked = editions().get(unit, signed.version_id) if signed else shown
        before = _stored(unit, asked, signed) if signed else None
    editions().saw(door)
    if before is not None:
        return thanks(door, asked, before)
    form = request.form
    if not door.open:
        return closed(door, words_of(asked.edition, form))
    if signed is None or signed.expired or asked is not shown:
        kept, left = (form, []) if asked is shown else carry(asked.edition, shown.edition, form)
        return again(door, shown.edition, kept, 409, notice=_late(signed), left=left)
    if form.get("website"):
        notice = gettext("A field that should stay empty was filled in. Press Send once more.")
        return again(door, shown.edition, form, 422, notice=notice)
    reading = read(shown.edition, form)
    if not reading.right:
        notice = gettext("Answer at least one question, then press Send.") if reading.empty else ""
        return again(door, shown.edition, form, 422, notice=notice, wrong=reading.wrong)
    return _store(door, shown, signed, reading.answers) or _as_it_is(slug, signed)


def _stored(unit: Session, asked: Shown, signed: Ticket) -> Receipt | None:
    """Return the receipt where the same was sent before: not even closing the survey makes that undone."""
    reading = read(asked.edition, request.form)
    if not reading.right:
        return None
    return stored(unit.connection(), signed.submission_id, reading.answers, current_app.config["CODE_KEYS"])


def _late(signed: Ticket | None) -> str:
    if signed is not None and not signed.expired:
        return str(gettext("The survey was changed while you answered. Your answers are below: press Send once more."))
    return str(gettext("This page was open for a long time. Your answers are below: press Send once more."))


def _store(door: Door, shown: Shown, signed: Ticket, answers: dict[int, Value]) -> Response | None:
    """Commit the answers and thank for them; None where the survey is no longer as it was seen."""
    try:
        # A bare connection: a session would add nothing here, and costs as much as an insert.
        with database().writer.begin() as connection:
            receipt = submit(
                connection, door=door, edition=shown.edition, submission_id=signed.submission_id, answers=answers, at=now(),
                code_keys=current_app.config["CODE_KEYS"],
            )  # fmt: skip
    except Changed:
        return None
    except Conflict as erased:
        return again(door, shown.edition, request.form, 409, notice=str(erased))
    return thanks(door, shown, receipt)


def _wait(slug: str, status: int, seconds: int) -> Response:
    """Hand the page back with everything in it and the same ticket: sending it again is the same submission."""
    door = editions().door(slug, within=float("inf"))
    shown = editions().seen(door.version_id) if door else None
    notice = gettext("We could not store your answers just now. They are still here: wait a moment and press Send.")
    if door is None or shown is None:
        page = in_full(slug, status, notice)
    else:
        page = again(door, shown.edition, request.form, status, notice=notice, wait=seconds)
    page.headers["Retry-After"] = str(seconds)
    return page
