"""Who is the same person for our letters: the same address, kept as a keyed hash that nobody without the key can try names against."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from functools import lru_cache

from itsdangerous import BadSignature, URLSafeTimedSerializer

YEAR = 365 * 86_400
PAGE_LIFETIME, LEAVING_LIFETIME = 2 * YEAR, 10 * YEAR
"""Seconds: a page lives about as long as words are kept; a wish for no more letters can come years later."""


def normalised(address: str) -> str:
    """Return the address by which two people are one: no outer blanks, no capitals."""
    return address.strip().casefold()


def person_of(keys: Mapping[str, str], address: str) -> str:
    """Return the hash under which a person is known, 64 hexadecimal digits.

    The oldest of the code keys makes it: keys are added and stay, so whoever unsubscribed years ago is still known.
    """
    oldest = keys[min(keys, key=int)]
    return hmac.new(oldest.encode(), f"person\0{normalised(address)}".encode(), hashlib.sha256).hexdigest()


def page_ticket(key: str, response_id: int) -> str:
    """Return what a letter's link carries: which response's page it opens, signed for that purpose alone."""
    return _serializer(key, "heed: a letter's page").dumps(response_id)


def response_in(key: str, ticket: str) -> int | None:
    """Return the response that a letter's link opens, or None for one that is not ours or too old."""
    found = _read(key, "heed: a letter's page", ticket, PAGE_LIFETIME)
    return found if isinstance(found, int) else None


def leaving_ticket(key: str, person: str) -> str:
    """Return what the link to unsubscribe carries: the person's hash, never the address."""
    return _serializer(key, "heed: no more letters").dumps(person)


def person_in(key: str, ticket: str) -> str | None:
    """Return who unsubscribes with a link, or None for one that is not ours."""
    found = _read(key, "heed: no more letters", ticket, LEAVING_LIFETIME)
    return found if isinstance(found, str) else None


def _read(key: str, purpose: str, ticket: str, lifetime: int) -> object:
    try:
        return _serializer(key, purpose).loads(ticket, max_age=lifetime)
    except BadSignature:
        return None


@lru_cache(maxsize=8)
def _serializer(key: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt=purpose)
