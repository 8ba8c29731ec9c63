"""The two ledgers, targets and promises: a new date is a new row with its reason, and nothing is overwritten.

A promise is judged by the first date that customers read: kept, kept early, late (done after that date) or broken (past and
not done, or declined).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Improvement, Promise, Target


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands: the date that it is judged by, the date that holds now, and the word for it."""

    first: date
    due_on: date | None
    word: str  # upcoming, due, kept early, kept, late, broken, withdrawn
    changes: int


def set_target(
    session: Session, improvement: Improvement, due_on: date | None, *, reason: str, by: int, today: date
) -> Target:
    """Set the internal date, or (None) take it away. Raises Invalid for a day that is gone, or a change without a reason."""
    _check(due_on, today, reason, changes=bool(improvement.targets))
    made = Target(improvement_id=improvement.id, due_on=due_on, reason=reason.strip(), by=by)
    improvement.targets.append(made)
    record(session, by, "target", improvement, due_on=due_on)
    return made


def set_promise(
    session: Session, improvement: Improvement, due_on: date | None, *, sentence: str, reason: str, by: int, today: date
) -> Promise:
    """Promise customers a date, change it, or (None) withdraw it, with the sentence that they read.

    Raises Conflict unless the improvement is open; Invalid for a day that is gone, a missing sentence, or a change without reason.
    """
    check_promise(improvement, due_on, sentence=sentence, reason=reason, today=today)
    made = Promise(
        improvement_id=improvement.id, due_on=due_on, sentence=sentence.strip(), reason=reason.strip(), by=by
    )
    improvement.promises.append(made)
    record(session, by, "promise", improvement, due_on=due_on)
    return made


def check_promise(improvement: Improvement, due_on: date | None, *, sentence: str, reason: str, today: date) -> None:
    """Raise what `set_promise` would raise, and store nothing."""
    if improvement.state != "open":
        raise Conflict(f"This improvement is {improvement.state} already: there is nothing left to promise.")
    _check(due_on, today, reason, changes=bool(improvement.promises))
    if due_on is not None and not sentence.strip():
        raise Invalid("Write the sentence that customers will read.", field="sentence")


def standing(improvement: Improvement, today: date) -> Standing | None:
    """Say how an improvement's promise stands, or None where nothing was promised."""
    return judge(improvement.promises, improvement.state, improvement.in_effect_since, today)


def judge(promises: Sequence[Promise], state: str, in_effect_since: date | None, today: date) -> Standing | None:
    """Judge a ledger of promises, oldest first, by the first date that customers read."""
    dated = [promise for promise in promises if promise.due_on is not None]
    if not dated or dated[0].due_on is None:
        return None
    first, last = dated[0].due_on, promises[-1].due_on
    return Standing(first, last, _word(first, last, state, in_effect_since, today), len(promises) - 1)


def _word(first: date, last: date | None, state: str, since: date | None, today: date) -> str:
    if state == "done" and since is not None:
        if since > first:
            return "late"
        return "kept early" if (first - since).days > 7 else "kept"
    if state == "declined" or today > first:
        return "broken"
    if last is None:
        return "withdrawn"
    return "due" if (first - today).days <= 14 else "upcoming"


def _check(due_on: date | None, today: date, reason: str, *, changes: bool) -> None:
    if due_on is not None and due_on < today:
        raise Invalid("That day is gone. Choose today or a later one.", field="due_on")
    if due_on is None and not changes:
        raise Invalid("Choose a day.", field="due_on")
    if changes and not reason.strip():
        raise Invalid("Say why the date changes: the old one stays in the ledger beside it.", field="reason")
