"""Signatures by which a receiver knows that a post is ours and unchanged, as https://www.standardwebhooks.com describes them.

`webhook-signature` is "v1," and the base64 of HMAC-SHA256 over `id.timestamp.body`, once for each secret that is valid, with spaces
between. A receiver refuses a timestamp that is more than five minutes off, and an id that it has had.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Sequence

PREFIX = "whsec_"
TOLERANCE = 300
"""Seconds by which a receiver's clock may differ from ours."""


def new_secret() -> str:
    """Make a secret of 256 random bits, written as receivers' libraries expect it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(message: str, timestamp: int, body: bytes, keys: Sequence[str]) -> dict[str, str]:
    """Return the three headers of a post; `timestamp` is in seconds since 1970, `keys` are secrets, the newest first."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_sign(message, timestamp, body, key) for key in keys),
    }


def verify(given: dict[str, str], body: bytes, key: str, *, at: int) -> bool:
    """Say whether a post is signed with this secret and its time is near `at`: what a receiver does, for tests and examples."""
    stamp = given.get("webhook-timestamp", "")
    if not (stamp.isascii() and stamp.isdigit()) or abs(int(stamp) - at) > TOLERANCE:
        return False
    expected = _sign(given.get("webhook-id", ""), int(stamp), body, key).encode()
    signatures = given.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected, each.encode("utf-8", "replace")) for each in signatures)


def _sign(message: str, timestamp: int, body: bytes, key: str) -> str:
    signed = hmac.digest(_bytes(key), b".".join((message.encode(), str(timestamp).encode(), body)), "sha256")
    return f"v1,{base64.b64encode(signed).decode()}"


def _bytes(key: str) -> bytes:
    try:
        return base64.b64decode(key.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("a webhook's secret is not base64") from None
