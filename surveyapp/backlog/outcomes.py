"""Outcomes: done, declined, re-opened. Each is a row that stays, with the words that customers read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Improvement, Outcome, Service

EARLIEST = 2000
"""An earlier year in "in effect since" is a slip of the keyboard, and the charts would count a century of months for it."""


def done(
    session: Session,
    improvement: Improvement,
    *,
    what: str,
    since: date,
    by: int | None,
    serves: Sequence[Service] = (),
) -> Outcome:
    """Mark an improvement done, in effect since a day on which customers could feel it, at the services whom it serves.

    Raises Conflict unless it is open and not merged, Invalid without words or with a day to come.
    """
    _open(improvement)
    if not what.strip():
        raise Invalid("Say in a sentence what was done: customers read it.", field="what")
    if since > now().date():
        raise Invalid(
            "It cannot be in effect since a day to come. Mark it done when customers can feel it.", field="since"
        )
    if since.year < EARLIEST:
        raise Invalid(f"Check the year: nothing can have been in effect since {since.year}.", field="since")
    improvement.in_effect_since = since
    made = _turn(session, improvement, "done", what, by=by, effective_on=since, serves=[each.id for each in serves])
    made.services = list(serves)
    return made


def decline(session: Session, improvement: Improvement, *, reason: str, by: int | None) -> Outcome:
    """Decline an improvement with a reason that customers read. Raises Conflict unless it is open, Invalid without a reason."""
    _open(improvement)
    if not reason.strip():
        raise Invalid("Give the reason: customers who asked for this will read it.", field="reason")
    return _turn(session, improvement, "declined", reason, by=by)


def keep_declined(session: Session, improvement: Improvement, *, reason: str, by: int | None) -> Outcome:
    """Decline once more what is asked for all the same. Raises Conflict unless it is declined, Invalid without a reason."""
    if improvement.state != "declined" or improvement.merged_into_id is not None:
        raise Conflict("This improvement is not declined any more. Somebody has looked at it already.")
    if not reason.strip():
        raise Invalid("Give the reason: customers who asked for this will read it.", field="reason")
    return _turn(session, improvement, "declined", reason, by=by, verb="keep declined")


def reopen(session: Session, improvement: Improvement, *, reason: str, by: int | None) -> Outcome:
    """Open a done or declined improvement again. Raises Conflict where it is open."""
    if improvement.state == "open":
        raise Conflict("This improvement is open already. Somebody may have opened it while you were reading.")
    improvement.in_effect_since = None
    return _turn(session, improvement, "open", reason, by=by)


def _open(improvement: Improvement) -> None:
    if improvement.merged_into_id is not None:
        raise Conflict("This improvement has been merged into another: decide about that one.")
    if improvement.state != "open":
        raise Conflict(f"This improvement is {improvement.state} already. Open it again first.")


def _turn(
    session: Session,
    improvement: Improvement,
    state: str,
    words: str,
    *,
    by: int | None,
    effective_on: date | None = None,
    verb: str = "",
    **fields: list[int],
) -> Outcome:
    made = Outcome(improvement_id=improvement.id, state=state, words=words.strip(), by=by, effective_on=effective_on)
    improvement.state = state
    improvement.outcomes.append(made)
    verb = verb or {"open": "reopen"}.get(state, state)
    record(session, by, verb, improvement, in_effect_since=effective_on, **fields)
    return made
