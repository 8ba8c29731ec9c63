"""Who is in the inbox, since when things are new to them, and how far the day's sorting has come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog.days import today
from surveyapp.backlog.inbox import zone_of
from surveyapp.db import Database, now
from surveyapp.models import InboxVisit, Mention, Person

AWAY = timedelta(minutes=30)
"""Whoever comes back after this long begins a new visit: what came since the end of the last one is new to them."""
NOTED_EVERY = timedelta(minutes=1)
THERE = timedelta(minutes=2)
"""How long a person counts as being on something after they last showed it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the mentions in somebody's inbox today: how many were sorted, by anybody, and how many there were."""

    done: int
    of: int


def visit(session: Session, person_id: int) -> InboxVisit | None:
    """Return a person's place in the inbox, None before their first visit."""
    return session.get(InboxVisit, person_id)


def new_since(found: InboxVisit | None) -> datetime | None:
    """Say since when things are new to whoever looks now; None where they never looked before."""
    if found is None:
        return None
    return found.seen_at if now() - found.seen_at > AWAY else found.since


def look(database: Database, person_id: int, found: InboxVisit | None) -> None:
    """Note that a person looks, at most once a minute, in a short write of its own; a GET's transaction cannot write."""
    if found is not None and now() - found.seen_at < NOTED_EVERY:
        return
    with database.write() as session:
        row = session.get(InboxVisit, person_id, with_for_update=True)
        if row is None:
            session.add(InboxVisit(person_id=person_id))
        else:
            row.since, row.seen_at = new_since(row), now()


def stay(session: Session, person_id: int, improvement_id: int | None) -> None:
    """Note what a person has open just now; it is forgotten by the clock."""
    row = session.get(InboxVisit, person_id) or InboxVisit(person_id=person_id)
    session.add(row)
    row.improvement_id, row.open_at, row.seen_at = improvement_id, now(), now()


def others(session: Session, person_id: int, improvement_ids: list[int]) -> dict[int, list[str]]:
    """Return, by improvement, the names of the others who have it open just now."""
    there = select(InboxVisit.improvement_id, Person.name).join(Person, Person.id == InboxVisit.person_id)
    there = there.where(InboxVisit.improvement_id.in_(improvement_ids), InboxVisit.open_at > now() - THERE)
    found: dict[int, list[str]] = defaultdict(list)
    for improvement_id, name in session.execute(there.where(Person.id != person_id).order_by(Person.name)):
        found[improvement_id or 0].append(name)
    return dict(found)


def progress(scope: Scope, session: Session, waiting: int) -> Progress:
    """Count what was sorted since the organisation's midnight, by whomever, beside what still waits."""
    midnight = datetime.combine(today(session), time(), ZoneInfo(zone_of(session))).astimezone(UTC)
    done = select(func.count()).select_from(Mention).where(Mention.sorted_at >= midnight)
    n = session.scalar(done.where(Mention.service_id.in_(scope.services()))) or 0
    return Progress(n, n + waiting)
