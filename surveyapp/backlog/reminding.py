"""Reminders: of promises before they break, to whoever owns them or was handed them; and of what nobody owns for too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, selectinload

from surveyapp.accounts import outbox
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import leaving, listing
from surveyapp.backlog.days import today as local_day
from surveyapp.backlog.ledger import standing
from surveyapp.db import Database, now
from surveyapp.models import Improvement, ImprovementCount, Organisation, Person, Promise, Reminder

STAGES = ((0, "broken"), (4, "days"), (15, "fortnight"))
"""Fewer days left than this, and its name; the first that holds. One letter a stage, person and promise."""


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is due, as the clock does it; return what the page of jobs shows."""
    with database.write() as session:
        if session.scalar(select(Organisation.id)) is None:
            return {"skipped": "not set up yet"}
        base = str(config["PUBLIC_URL"]).rstrip("/")
        day = local_day(session)
        return {"promises": promises(session, base, day), "unowned": unowned(session, base, day)}


def promises(session: Session, base: str, today: date) -> int:
    """Remind of promises that are due or have just broken; return how many letters were written."""
    waiting = select(Improvement).where(Improvement.state == "open", Improvement.merged_into_id.is_(None))
    waiting = waiting.where(Improvement.promises.any()).options(selectinload(Improvement.promises))
    written = 0
    for improvement in session.scalars(waiting.order_by(Improvement.id)):
        promise, stage = _due(improvement, today)
        if promise is None or stage is None or promise.due_on is None:
            continue
        for person in _whose(session, improvement, today):
            if _once(session, "promise", promise.id, stage, person):
                _write(session, person, improvement, (promise.due_on, stage), f"{base}/backlog/{improvement.id}")
                written += 1
    return written


def unowned(session: Session, base: str, today: date) -> int:
    """Tell leads, once a week, how many improvements of theirs nobody has owned for longer than the standard allows."""
    year, week, _day = today.isocalendar()
    days = session.scalar(select(Organisation.owner_days)) or 0
    written = 0
    for person in session.scalars(select(Person).where(Person.active).order_by(Person.id)):
        if "lead" not in person.duties:
            continue
        n = session.scalar(
            select(func.count())
            .select_from(Improvement)
            .where(left_lying(Scope.of(person, session), session, person, days))
        )
        if n and _once(session, "unowned", year * 100 + week, "week", person):
            subject = f"{n} improvements have had no owner for more than {days} days"
            body = f"Customers asked for them, and nobody has taken them on yet.\n\nThe oldest first: {base}/backlog/unowned\n"
            outbox.post(session, to=person.email, subject=subject, body=body)
            written += 1
    return written


def left_lying(scope: Scope, session: Session, person: Person, days: int) -> ColumnElement[bool]:
    """Return which improvements somebody sees that customers ask for and nobody has owned for more than so many days."""
    asked = select(ImprovementCount.improvement_id).where(ImprovementCount.n > 0)
    return and_(
        Improvement.state == "open",
        Improvement.merged_into_id.is_(None),
        Improvement.owner_id.is_(None),
        Improvement.created_at < now() - timedelta(days=days),
        Improvement.id.in_(asked),
        listing.seen_by(scope, session, person),
    )


def _due(improvement: Improvement, today: date) -> tuple[Promise | None, str | None]:
    """Return the promise to remind of: the first date that customers read, or once that is gone the date that holds."""
    stands = standing(improvement, today)
    dated = [each for each in improvement.promises if each.due_on is not None]
    if stands is None or stands.due_on is None:
        return None, None
    promise = dated[0] if stands.first >= today else dated[-1]
    left = ((promise.due_on or today) - today).days
    return promise, next((name for days, name in STAGES if left < days), None)


def _whose(session: Session, improvement: Improvement, today: date) -> Iterator[Person]:
    told = set()
    for person_id in (improvement.owner_id, improvement.handed_to_id):
        if person_id is None:
            continue
        away = leaving.stand_in(session, person_id, today)
        person = session.get_one(Person, away.stand_in_id if away else person_id)
        if person.active and person.id not in told:
            told.add(person.id)
            yield person


def _once(session: Session, about: str, thing: int, stage: str, person: Person) -> bool:
    key = {"about": about, "thing": thing, "stage": stage, "person_id": person.id}
    if session.scalars(select(Reminder.id).filter_by(**key)).first() is not None:
        return False
    session.add(Reminder(**key))
    return True


def _write(session: Session, person: Person, improvement: Improvement, due: tuple[date, str], link: str) -> None:
    day = f"{due[0].day} {due[0]:%B %Y}"
    if due[1] == "broken":
        subject = f"A promise to customers has broken: {day}"
        what = "Customers read this date, and it is gone. Say that it is done, or give them a new date and the reason."
    else:
        subject = f"Promised to customers for {day}"
        what = "Customers read this date. If it cannot be kept, tell them before it breaks."
    outbox.post(session, to=person.email, subject=subject, body=f"{improvement.title}\n\n{what}\n\n{link}\n")
