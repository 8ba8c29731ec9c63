"""What makes two submissions one and the same, and the fingerprint that an erased one leaves behind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from surveyapp.questions import Quotable, Reach, Value


def digest(answers: Mapping[int, Value]) -> str:
    """Return the digest of normalised answers, the same for the same answers in any order."""
    plain = [(question, _plain(value)) for question, value in sorted(answers.items())]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def _plain(value: Value) -> object:
    if isinstance(value, Quotable):  # the same words with the tick are another answer: a consent must not get lost
        return [str(value), "may be quoted"]
    return asdict(value) if isinstance(value, Reach) else value


def of_submission(submission_id: str, digest: str) -> str:
    """Return the fingerprint that a submission leaves when it is erased, so that a resend cannot bring it back."""
    return _fingerprint("form", submission_id, digest)


def of_row(source: str, identity: str) -> str:
    """Return the fingerprint that an imported row leaves, so that a second import cannot bring it back."""
    return _fingerprint("import", source, identity)


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
