"""Going through a sample: the next sentence, what a person finds, and taking it back."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import Check, Comment
from surveyapp.models.check import VERDICTS


def waiting(scope: Scope, session: Session) -> Check | None:
    """Return the next sentence to check in somebody's scope, oldest month first; None when all are done."""
    found = _mine(scope).where(Check.verdict.is_(None)).order_by(Check.month, Check.place).limit(1)
    whole = joinedload(Check.comment).options(joinedload(Comment.service), joinedload(Comment.question))
    return session.scalars(found.options(whole)).first()


def progress(scope: Scope, session: Session, month: int) -> tuple[int, int]:
    """Return how many of a month's sentences in scope have been checked, and how many there are."""
    mine = _mine(scope).where(Check.month == month).subquery()
    done, drawn = session.execute(select(func.count(mine.c.verdict), func.count())).one()
    return done, drawn


def fetch(scope: Scope, session: Session, check_id: int) -> Check:
    """Fetch a drawn sentence. Raises NotFound for one that is not there, is erased or is not in scope."""
    found = session.scalars(_mine(scope).where(Check.id == check_id)).first()
    if found is None:
        raise NotFound("That sentence is not in your sample, or its customer has erased it.")
    return found


def answer(session: Session, check: Check, verdict: str, *, by: int) -> None:
    """Keep what a person found. Raises Invalid for another word, and Conflict where somebody was quicker."""
    if verdict not in VERDICTS:
        raise Invalid("Answer right or wrong.")
    if check.verdict is not None and check.by != by:
        raise Conflict("Somebody else has just checked this sentence. Go on with the next one.")
    check.verdict, check.by, check.answered_at = verdict, by, now()
    record(session, by, "checked", check)


def take_back(session: Session, check: Check, *, by: int) -> None:
    """Let a sentence wait again. Only whoever answered may: raises Conflict for another."""
    if check.by != by:
        raise Conflict("Somebody else has checked this sentence since. It stays as they found it.")
    check.verdict, check.by, check.answered_at = None, None, None
    record(session, by, "took back a check", check)


def _mine(scope: Scope) -> Select[Check]:
    return select(Check).join(Check.comment).where(Comment.service_id.in_(scope.services()))
