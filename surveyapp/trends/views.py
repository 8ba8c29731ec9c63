"""The page of trends, its pictures and files, and the notes that people enter."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from surveyapp import csv_safe, rollups
from surveyapp.accounts.access import allow
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.backlog.days import today
from surveyapp.errors import Invalid, NotFound
from surveyapp.extensions import session
from surveyapp.models import Improvement, Note, Organisation
from surveyapp.trends import charts, ratings
from surveyapp.trends.frame import PURPOSES, SPANS, Frame, read

blueprint = Blueprint("trends", __name__)
READERS = ("executive", "lead", "administrator")


class NoteForm(FlaskForm):
    """A dated event for the charts."""

    day = DateField(validators=[InputRequired()])
    text = StringField(validators=[InputRequired(), Length(max=200)])


@blueprint.get("/trends")
@allow(*READERS)
def show() -> ResponseReturnValue:
    """Show the page for a node and a span of months."""
    scope = Scope.of(current_user, session())
    frame = _frame(scope)
    material = charts.Material(session(), frame)
    found = [] if _too_small(frame) else [charts.make(material, name) for name in charts.NAMES]
    return render_template(
        "trends/show.html", frame=frame, charts=found, nodes=scope.tree(session()), spans=SPANS, purposes=_purposes(frame),
        notes=charts.notes(session(), frame), query=_query(frame), leads=bool(current_user.duties & {"lead", "administrator"}),
        minimum=_minimum(), form=NoteForm(formdata=None, data={"day": frame.today}),
    )  # fmt: skip


@blueprint.get("/trends/<name>.<any(svg, png, csv):kind>")
@allow(*READERS)
def chart(name: str, kind: str) -> ResponseReturnValue:
    """Send one chart as a picture or as its figures. The same data are drawn once: a browser that has them is told so."""
    frame = _frame(Scope.of(current_user, session()))
    if name not in charts.NAMES or _too_small(frame):
        raise NotFound(gettext("There is no such chart."))
    dark, narrow = request.args.get("dark") == "1", request.args.get("narrow") == "1"
    mark = _mark(frame, name, kind, dark, narrow)
    answer = make_response()
    answer.set_etag(mark)
    answer.headers["Cache-Control"] = "private, no-cache"
    if request.if_none_match.contains(mark):
        return answer.make_conditional(request)
    made = charts.make(charts.Material(session(), frame), name)
    answer.set_data(_csv(made) if kind == "csv" else _picture(mark, made, kind, (dark, narrow)))
    answer.mimetype = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}[kind]
    if kind != "svg":
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{frame.today.isoformat()}.{kind}"'
    return answer


@blueprint.post("/trends/notes")
@allow("lead", "administrator")
def add_note() -> ResponseReturnValue:
    """Enter a note."""
    frame, form = _frame(Scope.of(current_user, session())), NoteForm()
    if not form.validate_on_submit():
        raise Invalid(gettext("A note needs a day and some words. Go back and fill in both."))
    note = Note(service_id=frame.service.id, day=form.day.data, text=form.text.data.strip(), by=current_user.id)
    session.add(note)
    record(session(), current_user, "note", note, service=frame.service.id, day=form.day.data)
    rollups.bump(session(), "rollups")  # the pictures change with it
    flash(gettext("The note stands on the charts."), "success")
    return redirect(url_for("trends.show", **_query(frame)))


@blueprint.post("/trends/notes/<int:note_id>/remove")
@allow("lead", "administrator")
def remove_note(note_id: int) -> ResponseReturnValue:
    """Take a note off the charts."""
    scope = Scope.of(current_user, session())
    note = session.get(Note, note_id)
    if note is None or not scope.sees(note.service):
        raise NotFound(gettext("There is no such note, or it is not one of yours."))
    record(session(), current_user, "remove note", note, service=note.service_id, day=note.day)
    session.delete(note)
    rollups.bump(session(), "rollups")
    flash(gettext("Taken off the charts."), "success")
    return redirect(url_for("trends.show", **_query(_frame(scope))))


_PICTURES: dict[str, bytes] = {}
_MOST_PICTURES = 64


def _picture(mark: str, made: charts.Chart, kind: Any, look: tuple[bool, bool]) -> bytes:
    """Draw a picture, or take the one drawn for the same data; a process keeps the last few dozen."""
    if mark not in _PICTURES:
        from analysis.charts.style import draw  # noqa: PLC0415 - matplotlib takes a second

        if len(_PICTURES) >= _MOST_PICTURES:
            _PICTURES.pop(next(iter(_PICTURES)))
        _PICTURES[mark] = draw(made.draw(*look), kind)
    return _PICTURES[mark]


def _mark(frame: Frame, name: str, kind: str, *look: bool) -> str:
    """Return what a picture depends on, as one word: the rollups' version, the improvements' states, the frame, the day."""
    versions = session.scalar(select(func.sum(Improvement.version))) or 0
    facts = (
        rollups.value(session(), "rollups"), rollups.value(session(), "backlog"), versions, frame.service.id, frame.span,
        frame.purpose, frame.today, name, kind, look, current_app.config["DATABASE_URL"],
    )  # fmt: skip
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def _csv(made: charts.Chart) -> bytes:
    return "".join(csv_safe.lines(made.head, made.rows)).encode()


def _frame(scope: Scope) -> Frame:
    args = request.args
    day: date = today(session())
    return read(
        scope,
        session(),
        day,
        service=args.get("service", type=int),
        span=args.get("span", type=int),
        purpose=args.get("purpose", ""),
    )


def _query(frame: Frame) -> dict[str, Any]:
    return {"service": frame.service.id, "span": frame.span, "purpose": frame.purpose}


def _purposes(frame: Frame) -> list[str]:
    """Return the purposes that have been rated under a node, and the one at hand."""
    from surveyapp.models import Rollup  # noqa: PLC0415

    rated = select(Rollup.purpose).where(Rollup.fact == "rating", Rollup.service_id.in_(frame.services())).distinct()
    known = set(session.scalars(rated)) | {frame.purpose}
    return [purpose for purpose in PURPOSES if purpose in known]


def _minimum() -> int:
    return session.scalar(select(Organisation.minimum_group).limit(1)) or 0


def _too_small(frame: Frame) -> bool:
    """Say whether so few answered that figures could point at somebody; whoever reads the comments anyway is not hindered."""
    if current_user.duties & {"lead", "administrator"}:
        return False
    return sum(ratings.read(session(), frame).asked) < _minimum()
