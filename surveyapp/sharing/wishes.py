"""Who wants the weekly digest, and the link by which one click ends it (RFC 8058)."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.models import DigestWish, Person

PURPOSE = "heed: no more digests"
LIFETIME = 2 * 365 * 86_400


def wants(session: Session, person: Person) -> bool:
    """Say whether somebody wants the digest; who never said anything does."""
    wish = session.get(DigestWish, person.id)
    return wish is None or wish.wanted


def wish(session: Session, person: Person, *, wanted: bool) -> None:
    """Keep whether somebody wants it."""
    session.merge(DigestWish(person_id=person.id, wanted=wanted))
    record(session, person.id, "digest", person, wanted=wanted)


def ticket(key: str, person_id: int) -> str:
    """Return what a digest's link to leave carries: who leaves, signed for that purpose alone."""
    return URLSafeTimedSerializer(key, salt=PURPOSE).dumps(person_id)


def leaver(session: Session, key: str, token: str) -> Person | None:
    """Return who leaves with a link, or None for one that is not ours or too old."""
    try:
        found = URLSafeTimedSerializer(key, salt=PURPOSE).loads(token, max_age=LIFETIME)
    except BadSignature:
        return None
    return session.get(Person, found) if isinstance(found, int) else None
