"""New levels on a line of ratings: set by hand with a reason, or proposed where a run lasts and accepted or refused; taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import NewLevel, Person
from surveyapp.rollups import month_of
from surveyapp.trends import periods, ratings
from surveyapp.trends.frame import Frame

LOOKED_AT = 36
"""Months that a proposal is made from, whatever span is on the screen."""
NEAR = 3
"""Months around a refused one for which nothing is proposed again."""
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Proposal:
    """A run that lasts: its first month, the level (share) before and since, and how many months it has."""

    month: int
    before: float
    since: float
    months: int


def standing(session: Session, frame: Frame) -> list[NewLevel]:
    """Return every new level of a frame's line that was set and not taken back, by month, wherever it lies."""
    return [each for each in decided(session, frame) if not each.refused]


def decided(session: Session, frame: Frame) -> list[NewLevel]:
    """Return the decisions about a frame's line that hold, refusals too, by month."""
    line = (
        NewLevel.service_id == frame.service.id,
        NewLevel.purpose == frame.purpose,
        NewLevel.segment == _group(frame),
    )
    wanted = select(NewLevel).where(*line, NewLevel.taken_back_at.is_(None)).order_by(NewLevel.month, NewLevel.id)
    return list(session.scalars(wanted))


def places(levels: Sequence[NewLevel], frame: Frame) -> dict[int, NewLevel]:
    """Return the place of the first whole period of each level among a frame's closed ones; a level from before all is at 0."""
    found = {}
    for each in levels:
        day = periods.first_day(each.month)
        period = periods.number(day, frame.grain)
        period += periods.first_day(period, frame.grain) < day
        if period < frame.periods[0] + frame.closed:
            found[max(period - frame.periods[0], 0)] = each
    return found


def start(session: Session, frame: Frame, month: int, reason: str, *, by: Person, proposed: bool = False) -> NewLevel:
    """Let a new level of a frame's line start in a month.

    Raises Invalid without a reason or for a month that is not over, Conflict where a level starts in that month already.
    """
    if any(each.month == month for each in standing(session, frame)):
        raise Conflict(
            gettext("A new level starts in that month already. Take it back first to say it in other words.")
        )
    return _decide(session, frame, month, reason, by=by, proposed=proposed)


def refuse(session: Session, frame: Frame, month: int, reason: str, *, by: Person) -> NewLevel:
    """Say that no new level starts in a month that was proposed. Raises as `start`."""
    return _decide(session, frame, month, reason, by=by, proposed=True, refused=True)


def take_back(session: Session, level: NewLevel, *, by: Person) -> None:
    """Take a decision back. Raises Conflict where somebody did."""
    if level.taken_back_at is not None:
        raise Conflict(gettext("Somebody has taken this back already. Reload the page."))
    level.taken_back_at = now()
    record(session, by, "take back level", level, service=level.service_id, month=level.month)
    rollups.bump(session, "rollups")  # the pictures change with it


def fetch(session: Session, scope: Scope, level_id: int) -> NewLevel:
    """Fetch a decision. Raises NotFound for one that is not there or not in scope."""
    found = session.get(NewLevel, level_id)
    if found is None or not scope.sees(found.service):
        raise NotFound(gettext("There is no such level, or it is not one of your services'."))
    return found


def proposal(session: Session, frame: Frame) -> Proposal | None:
    """Return the new level that the closed months end on, unless there are too few, it stands already, or it was refused."""
    from analysis.stats import new_level  # noqa: PLC0415 - numpy; never on the way to a customer's page

    if not frame.running:
        return None
    months = replace(frame, grain="month", span=max(frame.span, LOOKED_AT), compare=False)
    known, over = decided(session, months), slice(months.closed)
    read = ratings.read(session, months)
    first = max(places([each for each in known if not each.refused], months), default=0)
    found = new_level.propose(read.good[over], read.n[over], first=first)
    if found is None:
        return None
    month = months.periods[found.at]
    if any(each.refused and abs(each.month - month) <= NEAR for each in known):
        return None
    return Proposal(month, found.before, found.since, found.points)


def _decide(
    session: Session, frame: Frame, month: int, reason: str, *, by: Person, proposed: bool, refused: bool = False
) -> NewLevel:
    words = reason.replace("\0", "").strip()
    if not words:
        raise Invalid(
            gettext("Say why, in a few words: who reads the chart next year will want to know."), field="reason"
        )
    if not 0 < month < month_of(frame.today):
        raise Invalid(gettext("A new level starts in a month that is over. Choose one of those."), field="month")
    made = NewLevel(
        service_id=frame.service.id, purpose=frame.purpose, segment=_group(frame), month=month, reason=words[:LONGEST],
        refused=refused, proposed=proposed, by=by.id,
    )  # fmt: skip
    session.add(made)
    verb = "refuse level" if refused else "new level"
    record(session, by, verb, made, service=frame.service.id, month=month, proposed=proposed)
    rollups.bump(session, "rollups")  # the pictures change with it
    return made


def _group(frame: Frame) -> str:
    return frame.segment.key if frame.segment else ""
