"""The signed ticket in a survey's form: which version it shows, since when, and the id of the submission to come."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

SALT = "heed: the form of a survey"
LIFETIME = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a form says of itself; `expired` where it was left open for more than half a day."""

    survey_id: int
    version_id: int
    submission_id: str
    expired: bool = False


def issue(key: str, survey_id: int, version_id: int) -> str:
    """Return a new signed ticket."""
    return _serializer(key).dumps([survey_id, version_id, secrets.token_urlsafe(16)])


def read(key: str, signed: str, lifetime: int = LIFETIME) -> Ticket | None:
    """Return what a signed ticket says, or None where we did not write it."""
    try:
        return _ticket(_serializer(key).loads(signed, max_age=lifetime))
    except SignatureExpired as late:
        return _ticket(_serializer(key).load_payload(late.payload or b""), expired=True)
    except BadSignature:
        return None


def _ticket(fields: tuple[int, int, str], *, expired: bool = False) -> Ticket:
    survey_id, version_id, submission_id = fields
    return Ticket(survey_id, version_id, submission_id, expired)


@lru_cache(maxsize=4)
def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt=SALT)
