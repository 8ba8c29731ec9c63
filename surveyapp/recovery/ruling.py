"""Changing the rules of winning back: thresholds, working hours, holidays, named persons, and what may be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import Gesture, Person, RecoveryRule, Service, UrgentContact
from surveyapp.recovery import rules as rules_of


@dataclass(frozen=True, slots=True)
class Values:
    """What an administrator sets. `week` maps weekdays ("0" is Monday) to opening and closing time, both "" for a free day."""

    worst_points: Mapping[str, int]
    complaints: bool
    without_contact: bool
    recent_days: int
    answer_hours: int
    urgent_hours: int
    week: Mapping[str, tuple[str, str]]
    holidays: list[str]
    currency: str
    urgent_to: int | None


def change(session: Session, values: Values, *, by: int) -> RecoveryRule:
    """Set the rules anew. They hold for what is heard from now on. Raises Invalid, naming the field, for what cannot be."""
    rules = session.get(RecoveryRule, 1) or RecoveryRule(id=1)
    rules.worst_points = {key: _points(key, n) for key, n in values.worst_points.items()}
    rules.complaints, rules.without_contact = values.complaints, values.without_contact
    rules.recent_days = _within(values.recent_days, 1, 365, "recent_days")
    rules.answer_hours = _within(values.answer_hours, 1, 400, "answer_hours")
    rules.urgent_hours = _within(values.urgent_hours, 1, 400, "urgent_hours")
    rules.week = {day: [opens, closes] for day, (opens, closes) in values.week.items() if _works(opens, closes)}
    rules.holidays = [_holiday(line) for line in values.holidays]
    rules.currency = values.currency.strip()[:8]
    rules.urgent_to_id = _seeing(session, values.urgent_to, _root(session)).id if values.urgent_to else None
    session.add(rules)
    record(session, by, "change rules", rules, urgent_to=rules.urgent_to_id)
    return rules


def name_for(session: Session, service: Service, person_id: int | None, *, by: int) -> None:
    """Name who hears of urgent words at a node and below it; None takes the node's own person away."""
    there = session.get(UrgentContact, service.id)
    if person_id is None:
        if there is not None:
            session.delete(there)
    elif there is None:
        session.add(UrgentContact(service_id=service.id, person_id=_seeing(session, person_id, service).id))
    else:
        there.person_id = _seeing(session, person_id, service).id
    record(session, by, "name for urgent", service, person=person_id)


def add_gesture(session: Session, name: str, most: int, times: int, *, by: int) -> Gesture:
    """Put something on the list of what may be given without asking; `most` is in hundredths. Raises Conflict for a taken name."""
    name = name.strip()
    if not 0 < len(name) <= 120:
        raise Invalid("Write what may be given, in at most 120 characters.", field="name")
    if session.scalar(select(Gesture.id).where(Gesture.name == name)) is not None:
        raise Conflict(f"“{name}” is on the list already.")
    made = Gesture(name=name, most=most, times=_within(times, 1, 100, "times"))
    session.add(made)
    record(session, by, "add", made, most=most, times=times)
    return made


def offer_gesture(session: Session, gesture_id: int, offered: bool, *, by: int) -> Gesture:
    """Take something off the list, or put it back; what was given of it stays counted."""
    gesture = session.get(Gesture, gesture_id)
    if gesture is None:
        raise NotFound("There is no such thing on the list.")
    gesture.active = offered
    record(session, by, "offer" if offered else "withdraw", gesture)
    return gesture


def _points(key: str, n: int) -> int:
    scale = key.rsplit(" ", 1)[-1]
    return _within(n, 0, rules_of.SCALES[scale] - 1, f"points {key}")


def _within(n: int, low: int, high: int, field: str) -> int:
    if not low <= n <= high:
        raise Invalid(f"Write a whole number from {low} to {high}.", field=field)
    return n


def _works(opens: str, closes: str) -> bool:
    if not opens and not closes:
        return False
    try:
        if time.fromisoformat(opens) < time.fromisoformat(closes):
            return True
    except ValueError:
        pass
    raise Invalid("A working day ends after it begins: write both times, like 09:00 and 17:00.", field="week")


def _holiday(line: str) -> str:
    line = " ".join(line.split())[:120]
    if not rules_of.days_of(line, now().year) and not rules_of.days_of(line, now().year + 2):
        raise Invalid(
            f"“{line[:40]}” names no day. Begin the line like 2026-12-25, or 12-25 for every year.", field="holidays"
        )
    return line


def _seeing(session: Session, person_id: int, service: Service) -> Person:
    person = session.get(Person, person_id)
    if person is None or not person.active or not person.duties & {"lead", "administrator"}:
        raise Invalid("Choose a lead or an administrator whose account is active.", field="urgent_to")
    if not Scope.of(person, session).sees(service):
        raise Invalid(
            f"{person.name} does not see {service.name}, and could not open what the letter leads to.",
            field="urgent_to",
        )
    return person


def _root(session: Session) -> Service:
    return session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).one()
