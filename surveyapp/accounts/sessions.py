"""Signed-in browsers: each is a row that can be revoked, found by the hash of the token in its cookie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.accounts.tokens import hash_token, new_token
from surveyapp.db import Database, now
from surveyapp.errors import NotFound
from surveyapp.models import LoginSession, Organisation, Person

IDLE = timedelta(days=14)
LONGEST = timedelta(days=60)
SEEN_EVERY = timedelta(minutes=1)


def begin(session: Session, person: Person) -> str:
    """Note a new signed-in browser; return the token for its cookie, which is stored nowhere else."""
    token = new_token()
    session.add(LoginSession(person_id=person.id, token_hash=hash_token(token)))
    return token


def find(session: Session, token: str) -> tuple[LoginSession, Person] | None:
    """Return the living session of a token and its person, or None: revoked, too old, idle too long, or no longer active.

    A demo account is nobody outside a demo database.
    """
    found = session.execute(
        select(LoginSession, Person)
        .join(Person, Person.id == LoginSession.person_id)
        .where(
            LoginSession.token_hash == hash_token(token),
            LoginSession.revoked_at.is_(None),
            LoginSession.last_seen_at > now() - IDLE,
            LoginSession.created_at > now() - LONGEST,
            Person.active.is_(True),
        )
    ).one_or_none()
    if found is None or not may_sign_in(session, found[1]):
        return None
    return found[0], found[1]


def may_sign_in(session: Session, person: Person) -> bool:
    """Say whether an account may be used here: a demo account only where the organisation is a demo."""
    return not person.demo or bool(session.scalar(select(Organisation.demo).limit(1)))


def touch(database: Database, row: LoginSession) -> None:
    """Note that the browser was seen, at most once a minute, in a short write of its own; a GET's transaction cannot write."""
    if now() - row.last_seen_at < SEEN_EVERY:
        return
    with database.write() as writing:
        writing.execute(update(LoginSession).where(LoginSession.id == row.id).values(last_seen_at=now()))


def end(session: Session, token: str) -> None:
    """Revoke the session of a token, so that a copy of its cookie is dead from now on."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.token_hash == hash_token(token), LoginSession.revoked_at.is_(None))
        .values(revoked_at=now())
    )


def of(session: Session, person: Person) -> Sequence[LoginSession]:
    """Return the person's living sessions, the one last seen first."""
    return session.scalars(
        select(LoginSession)
        .where(
            LoginSession.person_id == person.id,
            LoginSession.revoked_at.is_(None),
            LoginSession.last_seen_at > now() - IDLE,
        )
        .order_by(LoginSession.last_seen_at.desc())
    ).all()


def revoke(session: Session, person: Person, session_id: int) -> None:
    """Revoke one of the person's own sessions. Raises NotFound for another's."""
    row = session.get(LoginSession, session_id)
    if row is None or row.person_id != person.id:
        raise NotFound("There is no such session, or it is not one of yours.")
    row.revoked_at = row.revoked_at or now()


def revoke_all(session: Session, person: Person, *, but: str | None = None) -> int:
    """Revoke every session of a person, except the one of the token `but`; return how many."""
    kept = hash_token(but) if but else ""
    others = [row for row in of(session, person) if row.token_hash != kept]
    for row in others:
        row.revoked_at = now()
    return len(others)
