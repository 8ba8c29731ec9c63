"""Urgent words: a named person is written to at once, the comment stays on top until acknowledged, and is kept until released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts import outbox
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import Database, now
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Duty, FollowUp, Person, Service, UrgentContact
from surveyapp.recovery import rules as rules_of

BANNER = 5
"""How many urgent comments a banner names at most."""


def waiting(scope: Scope, session: Session) -> Sequence[FollowUp]:
    """Return the urgent ones in scope that nobody has acknowledged, the oldest first."""
    unread = FollowUp.urgent_at.is_not(None), FollowUp.acknowledged_at.is_(None), FollowUp.erased_at.is_(None)
    wanted = (
        select(FollowUp)
        .where(*unread)
        .where(FollowUp.service_id.in_(scope.services()))
        .options(joinedload(FollowUp.service))
    )
    return session.scalars(wanted.order_by(FollowUp.urgent_at, FollowUp.id).limit(BANNER)).all()


def held() -> Select[int | None]:
    """Return a query for the ids of responses whose words are kept past their term, because nobody has released them."""
    kept = FollowUp.urgent_at.is_not(None), FollowUp.released_at.is_(None), FollowUp.response_id.is_not(None)
    return select(FollowUp.response_id).where(*kept)


def named(session: Session, service: Service) -> list[Person]:
    """Return who hears of urgent words at a service: the nearest node's person, the organisation's, or every administrator."""
    path = [int(part) for part in service.path.strip("/").split("/")]
    nodes = select(UrgentContact).where(UrgentContact.service_id.in_(path)).options(joinedload(UrgentContact.person))
    by_node = {each.service_id: each.person for each in session.scalars(nodes)}
    for node in reversed(path):
        if node in by_node and by_node[node].active:
            return [by_node[node]]
    of_all = rules_of.read(session).urgent_to_id
    person = session.get(Person, of_all) if of_all else None
    if person is not None and person.active:
        return [person]
    administrators = select(Person).where(Person.active.is_(True), Person.roles.any(Duty.name == "administrator"))
    return list(session.scalars(administrators.order_by(Person.id)))


def acknowledge(session: Session, follow_up: FollowUp, note: str, *, by: int) -> None:
    """Say that somebody has read it and acts. Raises Conflict where somebody has, or it is not urgent, Invalid without words."""
    if not follow_up.waits:
        raise Conflict("Somebody has acknowledged this already. Reload the page to see who, and what they do.")
    if not note.strip():
        raise Invalid("Say in a sentence what you do about it: colleagues read it.", field="doing")
    follow_up.acknowledged_by, follow_up.acknowledged_at = by, now()
    follow_up.acknowledgement = note.strip()
    record(session, by, "acknowledge", follow_up)


def release(session: Session, follow_up: FollowUp, *, by: int) -> None:
    """Let its words go when their time is over. Raises Conflict for what is not held, or has not been acknowledged."""
    if follow_up.urgent_at is None or follow_up.released_at is not None:
        raise Conflict("This is not held: its words go when their time is over.")
    if follow_up.waits:
        raise Conflict("Acknowledge it first: say what is done about it.")
    follow_up.released_by, follow_up.released_at = by, now()
    record(session, by, "release", follow_up)


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Write to the named people about what is new, as the clock does it; return how many letters were posted.

    The letter and the mark that it was written are one transaction, so that none is written twice and none forgotten.
    """
    with database.read() as session:
        if session.scalars(_untold().limit(1)).first() is None:
            return {"told": 0}
    told = 0
    with database.write() as session:
        found = _untold().options(joinedload(FollowUp.service)).order_by(FollowUp.id).limit(200)
        for follow_up in session.scalars(found.with_for_update(of=FollowUp, skip_locked=True)):
            told += _tell(session, follow_up, str(config.get("PUBLIC_URL", "")).rstrip("/"))
    return {"told": told}


def _untold() -> Select[FollowUp]:
    new = and_(FollowUp.urgent_at.is_not(None), FollowUp.told_at.is_(None), FollowUp.erased_at.is_(None))
    erased = and_(FollowUp.urgent_at.is_not(None), FollowUp.erased_at.is_not(None), FollowUp.erasure_told_at.is_(None))
    return select(FollowUp).where(or_(new, erased))


def _tell(session: Session, follow_up: FollowUp, address: str) -> int:
    link, people = f"{address}/follow-ups/{follow_up.id}", named(session, follow_up.service)
    if follow_up.erased_at is None:
        subject, first = "Urgent: please read this now", "A customer wrote something that should be read now:"
        follow_up.told_at = now()
    else:
        subject, first = "Erased: an urgent comment", "The writer of an urgent comment has erased it. What is left:"
        follow_up.erasure_told_at = now()
    for person in people:
        outbox.post(session, to=person.email, subject=subject, body=f"{first}\n\n{link}\n")
    return len(people)
