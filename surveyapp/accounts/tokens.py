"""One-time and session tokens: the bearer holds the token, the database its hash, so a stolen database opens no door."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Make a token of 256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is stored of a token: 64 hexadecimal digits. A plain hash is enough, since nobody can guess 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()
