"""Errors that a person can read, raised by services and turned into pages in one place."""

from __future__ import annotations


class HeedError(Exception):
    """Something the person can put right; the message says what and how."""

    status = 400


class NotFound(HeedError):
    """The thing does not exist, or it is outside what this person may see; from outside the two look the same."""

    status = 404


class Refused(HeedError):
    """The person may see this but not do it."""

    status = 403


class Conflict(HeedError):
    """Somebody else changed the thing in the meantime; nothing of this attempt was kept."""

    status = 409


class Invalid(HeedError):
    """A value is wrong; `field` names which one."""

    status = 422

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
