"""Promises over the whole backlog: what a date is likely to be worth before it is given, and how all of them stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp.backlog.ledger import Standing, standing
from surveyapp.db import UNDATED
from surveyapp.models import Improvement, Mention, Promise

ENOUGH = 5
"""Finished improvements below which nothing is said of how long such things take."""
LATEST = 10
KEPT = frozenset({"kept", "kept early"})
JUDGED = ("kept early", "kept", "late", "broken")


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known before a date is given: how long `n` things like this took (`alike`: theme, place, all), and the owner's record."""

    days: int | None = None
    n: int = 0
    alike: str = "all"
    kept: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Promised:
    """One improvement with how its promise stands."""

    improvement: Improvement
    standing: Standing


@dataclass(frozen=True, slots=True)
class Overview:
    """All promises: what is broken, due within a fortnight and later, each by date, and how many ended in which way."""

    broken: list[Promised]
    due: list[Promised]
    upcoming: list[Promised]
    judged: dict[str, int]

    @property
    def total(self) -> int:
        """How many promises have been judged."""
        return sum(self.judged.values())


def hint(session: Session, improvement: Improvement, today: date) -> Hint:
    """Say how long things like this took and how many of the owner's last promises were kept."""
    kept, of = _record(session, improvement.owner_id, today) if improvement.owner_id else (0, 0)
    for alike, where in (
        ("theme", Improvement.theme_id == improvement.theme_id),
        ("place", Improvement.service_id == improvement.service_id),
        ("all", true()),
    ):
        if alike == "theme" and improvement.theme_id is None:
            continue
        days = _days(session, where)
        if len(days) >= ENOUGH:
            return Hint(round(median(days)), len(days), alike, kept, of)
    return Hint(kept=kept, of=of)


def overview(session: Session, seen: ColumnElement[bool], today: date) -> Overview:
    """Gather the promises that somebody sees; `seen` is their scope's condition on improvements."""
    promised = select(Improvement).where(seen, Improvement.merged_into_id.is_(None), Improvement.promises.any())
    whole = (selectinload(Improvement.promises), joinedload(Improvement.owner), joinedload(Improvement.handed_to))
    found = [
        Promised(each, stands)
        for each in session.scalars(promised.options(*whole))
        if (stands := standing(each, today)) is not None
    ]
    found.sort(key=lambda each: (each.standing.due_on or each.standing.first, each.improvement.id))
    waiting = [each for each in found if each.improvement.state == "open"]
    counted = Counter(each.standing.word for each in found)
    broken, due, upcoming = (
        [each for each in waiting if each.standing.word == word] for word in ("broken", "due", "upcoming")
    )
    return Overview(broken, due, upcoming, {word: counted[word] for word in JUDGED})


def _days(session: Session, where: ColumnElement[bool]) -> list[int]:
    """Return how many days the latest improvements took from their first mention to the day customers could feel it."""
    first = select(func.min(Mention.day)).where(Mention.improvement_id == Improvement.id, Mention.day > UNDATED)
    took = (
        select(Improvement.in_effect_since, first.scalar_subquery())
        .where(where, Improvement.state == "done", Improvement.in_effect_since.is_not(None))
        .order_by(Improvement.in_effect_since.desc())
        .limit(200)
    )
    return [(since - asked).days for since, asked in session.execute(took) if since and asked and since >= asked]


def _record(session: Session, owner_id: int, today: date) -> tuple[int, int]:
    theirs = select(Improvement).where(Improvement.owner_id == owner_id, Improvement.promises.any())
    latest = select(func.max(Promise.due_on)).where(Promise.improvement_id == Improvement.id).scalar_subquery()
    rows = session.scalars(theirs.order_by(latest.desc()).limit(5 * LATEST).options(selectinload(Improvement.promises)))
    words = [stands.word for each in rows if (stands := standing(each, today)) and stands.word in JUDGED][:LATEST]
    return sum(word in KEPT for word in words), len(words)
