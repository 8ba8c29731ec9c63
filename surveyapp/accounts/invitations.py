"""Invitations: a link that works once, for a week, with which somebody chooses their password."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.accounts import audit, outbox
from surveyapp.accounts.tokens import hash_token, new_token
from surveyapp.db import now
from surveyapp.errors import Conflict, NotFound
from surveyapp.models import Invitation, Person

LIFETIME = timedelta(days=7)
UNNAMED = "administrator@first.invalid"
"""The address of the first administrator until they have given their own; no such address can exist."""


def invite(session: Session, by: Person | None, person: Person) -> str:
    """Make an invitation, which ends earlier ones; return the token for its link, which is stored nowhere else."""
    session.flush()
    session.execute(
        update(Invitation).where(Invitation.person_id == person.id, Invitation.used_at.is_(None)).values(used_at=now())
    )
    token = new_token()
    session.add(Invitation(person_id=person.id, token_hash=hash_token(token), expires_at=now() + LIFETIME))
    audit.record(session, by, "invited", person)
    return token


def find(session: Session, token: str) -> Person:
    """Return whom a link invites. Raises NotFound for one that was used, has expired or never was; the three look alike."""
    person = session.scalar(
        select(Person)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(
            Invitation.token_hash == hash_token(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > now(),
            Person.active.is_(True),
        )
    )
    if person is None:
        raise NotFound(
            gettext("This invitation has been used or has expired. Ask whoever invited you for a new one, or sign in.")
        )
    return person


def accept(session: Session, token: str, *, password_hash: str, name: str = "", email: str = "") -> Person:
    """Use an invitation up: give the person their password and, to the first administrator, a name and an address.

    Raises NotFound like `find`, Conflict where the address has an account.
    """
    person = find(session, token)
    if person.email == UNNAMED:
        _introduce(session, person, name.strip(), email.strip().lower())
    session.execute(update(Invitation).where(Invitation.token_hash == hash_token(token)).values(used_at=now()))
    person.password = password_hash
    audit.record(session, person, "accepted the invitation", person)
    return person


def write(session: Session, person: Person, link: str, *, organisation: str, days: int = LIFETIME.days) -> None:
    """Put the letter that carries the link into the outbox."""
    lines = (
        gettext("Hello %(name)s,", name=person.name),
        gettext("you have an account at %(organisation)s now. Choose your password here:", organisation=organisation),
        link,
        gettext("The link works once, for %(n)d days.", n=days),
    )
    subject = gettext("Your account at %(organisation)s", organisation=organisation)
    outbox.post(session, to=person.email, subject=subject, body="\n\n".join(lines) + "\n")


def _introduce(session: Session, person: Person, name: str, email: str) -> None:
    if session.scalar(select(Person.id).where(Person.email == email, Person.id != person.id)) is not None:
        raise Conflict(gettext("That address has an account already."))
    person.name, person.email = name, email
