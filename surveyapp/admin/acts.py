"""The audit: every act that was written down, filtered, a page at a time or as CSV. Acts are only ever added; triggers refuse the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveyapp.csv_safe import lines
from surveyapp.db import Database
from surveyapp.models import Act, Person

PAGE = 50
MACHINE = 0
"""In a filter, the number of whoever is no person: the machine, and customers."""
HEADER = ("number", "at", "person", "name", "verb", "thing", "thing number", "fields")
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody asked for; None, or "", where they did not. Days are the organisation's, both included."""

    by: int | None = None
    thing: str = ""
    thing_id: int | None = None
    verb: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of acts with the names of who did them, and whether there are more."""

    rows: list[tuple[Act, str | None]]
    more: bool
    page: int


def listed(session: Session, filters: Filters, zone: str) -> Listing:
    """Return one page, newest first."""
    wanted = _filtered(filters, zone).order_by(Act.id.desc())
    found = session.execute(wanted.limit(PAGE + 1).offset((filters.page - 1) * PAGE))
    rows = [(act, name) for act, name in found]
    return Listing(rows[:PAGE], len(rows) > PAGE, filters.page)


def choices(session: Session) -> tuple[list[str], list[str]]:
    """Return the verbs and the things that there are acts of."""
    verbs, things = (session.scalars(select(column).distinct().order_by(column)) for column in (Act.verb, Act.thing))
    return list(verbs), list(things)


def csv(database: Database, filters: Filters, zone: str) -> Iterator[str]:
    """Yield the acts as CSV, oldest first, from one consistent state; no cell of it is a formula."""
    with database.read() as session:
        wanted = _filtered(filters, zone).order_by(Act.id).execution_options(yield_per=BATCH)
        rows = (
            (act.id, act.at, act.by, name or "", act.verb, act.thing, act.thing_id, act.fields)
            for act, name in session.execute(wanted)
        )
        yield from lines(HEADER, rows)


def _filtered(filters: Filters, zone: str) -> Select[*tuple[Any, ...]]:
    wanted: Select[*tuple[Any, ...]] = select(Act, Person.name).outerjoin(Person, Person.id == Act.by)
    if filters.by is not None:
        wanted = wanted.where(Act.by == filters.by if filters.by != MACHINE else Act.by.is_(None))
    if filters.thing:
        wanted = wanted.where(Act.thing == filters.thing)
    if filters.thing_id is not None:
        wanted = wanted.where(Act.thing_id == filters.thing_id)
    if filters.verb:
        wanted = wanted.where(Act.verb == filters.verb)
    if filters.since:
        wanted = wanted.where(Act.at >= _midnight(filters.since, zone))
    if filters.until:
        wanted = wanted.where(Act.at < _midnight(filters.until + timedelta(days=1), zone))
    return wanted


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
