"""Leave: while somebody is away, what they own or were handed is their stand-in's to see to as well, and then it is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.errors import Invalid, NotFound
from surveyapp.models import Improvement, Leave, Person

LEADS = frozenset({"lead", "administrator"})


def covered(session: Session, person: Person, day: date) -> list[int]:
    """Return whose things a person sees to on a day: their own, and those of everybody for whom they stand in."""
    away = select(Leave.person_id).where(Leave.stand_in_id == person.id, Leave.since <= day, Leave.until >= day)
    return [person.id, *session.scalars(away.distinct())]


def stand_in(session: Session, person_id: int, day: date) -> Leave | None:
    """Return somebody's leave on a day, or None where they are there."""
    now = select(Leave).where(Leave.person_id == person_id, Leave.since <= day, Leave.until >= day)
    return session.scalars(now.order_by(Leave.until.desc()).limit(1)).first()


def take(session: Session, person: Person, other: Person | None, since: date, until: date, *, today: date) -> Leave:
    """Enter a leave. Raises Invalid for days in the wrong order or gone, and for somebody who cannot stand in."""
    if until < since:
        raise Invalid("The last day lies before the first. Swap them.", field="until")
    if until < today:
        raise Invalid("These days are gone.", field="until")
    if other is None or not other.active or other.id == person.id:
        raise Invalid("Choose a colleague who is there.", field="stand_in")
    if person.duties & LEADS and not other.duties & LEADS:
        raise Invalid(f"{other.name} cannot own improvements: choose somebody who leads a service.", field="stand_in")
    if stand_in(session, other.id, max(since, today)):
        raise Invalid(f"{other.name} is away then too. Choose somebody else.", field="stand_in")
    made = Leave(person_id=person.id, stand_in_id=other.id, since=since, until=until)
    session.add(made)
    record(session, person.id, "leave", made, stand_in=other.id, since=since, until=until)
    return made


def end(session: Session, leave: Leave, *, by: int, today: date) -> None:
    """Come back early: the leave ends yesterday, or has never been where it had not begun."""
    record(session, by, "come back", leave)
    if leave.since >= today:
        session.delete(leave)
    else:
        leave.until = date.fromordinal(today.toordinal() - 1)


def fetch(session: Session, person: Person, leave_id: int) -> Leave:
    """Fetch one's own leave. Raises NotFound for another's."""
    found = session.get(Leave, leave_id)
    if found is None or found.person_id != person.id:
        raise NotFound("There is no such leave of yours.")
    return found


def ahead(session: Session, person: Person, today: date) -> Sequence[Leave]:
    """Return somebody's leaves that are not over, the next one first."""
    mine = select(Leave).where(Leave.person_id == person.id, Leave.until >= today)
    return session.scalars(mine.order_by(Leave.since)).all()


def held(session: Session, person: Person) -> int:
    """Count what would go to a stand-in: open improvements that somebody owns or was handed."""
    theirs = or_(Improvement.owner_id == person.id, Improvement.handed_to_id == person.id)
    open_ones = select(func.count()).where(theirs, Improvement.state == "open", Improvement.merged_into_id.is_(None))
    return session.scalar(open_ones.select_from(Improvement)) or 0
