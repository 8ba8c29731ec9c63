"""What happened when: improvements done, notes, and what marks itself, each with its letter and its place on every chart over time."""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveyapp.accounts.screen import day as say_day
from surveyapp.models import ENTERED, Improvement, Note, Service
from surveyapp.trends import happened
from surveyapp.trends.charts import Legend
from surveyapp.trends.frame import Frame

if TYPE_CHECKING:
    from analysis.charts.marks import Mark


def on(session: Session, frame: Frame) -> tuple[tuple[Legend, ...], list[int]]:
    """Return what happened in a frame, each with its letter and the place of its period."""
    found = [(each.in_effect_since, each.title, True) for each in _done(session, frame) if each.in_effect_since]
    found += [(each.day, each.text, False) for each in notes(session, frame)]
    found += [(day, text, False) for day, text in happened.events(session, frame)]
    placed = sorted((day, text, done) for day, text, done in found if frame.place(day) is not None)
    legend = tuple(
        Legend(letter, f"{text} ({say_day(day)})", done, day)
        for letter, (day, text, done) in zip(_letters(), placed, strict=False)
    )
    return legend, [frame.place(day) or 0 for day, _text, _done in placed[: len(legend)]]


def shown(session: Session, frame: Frame, *, closed: bool = False) -> list[Mark]:
    """Return the marks to draw over a chart of a frame, with `closed` over what is over; `on` names their letters."""
    from analysis.charts.marks import Mark  # noqa: PLC0415 - matplotlib takes a second

    legend, places = on(session, frame)
    end = frame.closed if closed else len(frame.periods)
    return [Mark(at, each.letter, each.done) for each, at in zip(legend, places, strict=True) if at < end]


def named() -> str:
    """Say where the letters of a chart are explained."""
    return gettext("Letters and thin lines are what happened, named under “Are customers happier?”.")


def _letters() -> Sequence[str]:
    return [*string.ascii_uppercase, *(a + b for a in string.ascii_uppercase for b in string.ascii_uppercase)]


def _done(session: Session, frame: Frame) -> list[Improvement]:
    wanted = (
        select(Improvement)
        .join(Improvement.service)
        .where(Improvement.state == "done", Improvement.merged_into_id.is_(None))
    )
    return list(session.scalars(wanted.where(touches(frame)).order_by(Improvement.in_effect_since)))


def notes(session: Session, frame: Frame) -> list[Note]:
    """Return the notes that people entered and that concern a frame's node: its own, those below it, and those above it."""
    entered = select(Note).join(Note.service).where(Note.kind == ENTERED, touches(frame))
    return list(session.scalars(entered.order_by(Note.day, Note.id)))


def touches(frame: Frame) -> Any:
    """Return the condition on `Service` for the node, everything under it and everything above it."""
    above = [int(part) for part in frame.service.path.strip("/").split("/")]
    return or_(Service.path.like(f"{frame.service.path}%"), Service.id.in_(above))
