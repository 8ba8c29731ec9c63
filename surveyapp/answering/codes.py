"""The customer's code: what they keep, and with which they come back. Only a hash of it is stored.

A code is an HMAC of the submission and its answers, so that sending the same twice gives the same code without a row to look
it up in. It is written in letters and digits that cannot be mistaken for each other: no vowels, and of 0/O/D/Q, 1/I/L,
2/Z, 5/S, 6/G, 8/B and U/V at most one each.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

ALPHABET = "234789CDFGHJKMNPRTVWXY"
LENGTH = 15
"""22 ** 15 is 66 bits; one more character in front names the key."""
MISREAD = str.maketrans("0OQ68BZU", "DDDG" + "8" + "82V")
BLANKS = str.maketrans("", "", " -–—.\t\n\r\u00a0")


def make(keys: Mapping[str, str], submission_id: str, digest: str, version: str | None = None) -> str:
    """Return the code of a submission under one version of the key, by default the newest."""
    version = version or max(keys, key=int)
    seed = hmac.new(keys[version].encode(), f"{submission_id}\0{digest}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(seed, "big")
    letters = [ALPHABET[int(version) % len(ALPHABET)]]
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def matching(keys: Mapping[str, str], submission_id: str, digest: str, code_hash: str) -> str | None:
    """Return the code that was given out for a stored submission, whichever key was in use that day."""
    made = (make(keys, submission_id, digest, version) for version in keys)
    return next((code for code in made if hmac.compare_digest(hashed(code), code_hash)), None)


def parse(typed: str) -> str | None:
    """Return the code that somebody typed in whatever case and spacing, or None for what cannot be one."""
    code = typed[:100].upper().translate(BLANKS).translate(MISREAD)
    if len(code) != LENGTH + 1 or not set(code) <= set(ALPHABET):
        return None
    return code


def grouped(code: str) -> str:
    """Return a code in groups of four, as people read it."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def hashed(code: str) -> str:
    """Return what is stored of a code; it has enough chance in it to need no salt."""
    return hashlib.sha256(code.encode()).hexdigest()
