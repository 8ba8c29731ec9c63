"""Customers who asked for something, with a code and, some of them, an address: what the tests of telling begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.answering import codes
from surveyapp.models import Contact, Improvement, Mention, Outcome, Promise, Response, Survey
from tests.conftest import SECRETS
from tests.support import make

KEYS = SECRETS["CODE_KEYS"]
WORDS = "Lovely staff. Please open on Sundays."


def asked_for(
    session: Session,
    survey: Survey,
    improvement: Improvement,
    *,
    email: str = "",
    quotable: bool = False,
    **fields: Any,
) -> Response:
    """A heard response whose last sentence is filed under an improvement; it comes with the code of `code_of`."""
    made = make.response(session, survey, **{"suggestion": WORDS} | fields)
    code = codes.make(KEYS, made.submission_id or "", made.digest or "")
    made.code_hash, made.comments[0].may_quote = codes.hashed(code), quotable
    if email:
        made.contact = Contact(email=email, consent=True)
    comment = made.comments[0]
    session.add(
        Mention(
            comment=comment, start=14, end=len(comment.text), kind="suggestion", improvement=improvement,
            service_id=comment.service_id, day=comment.day, purpose="suggestion",
        )
    )  # fmt: skip
    session.flush()
    made.state = "heard"
    session.flush()
    rollups.apply(session, rollups.counted(session, [made.id]))
    return made


def code_of(response: Response) -> str:
    """The code that the response's customer was given."""
    return codes.grouped(codes.make(KEYS, response.submission_id or "", response.digest or ""))


def done(session: Session, improvement: Improvement, words: str = "Open on Sundays from 10 to 4.") -> Improvement:
    """Mark an improvement done, in effect since 3 May 2026."""
    improvement.state, improvement.in_effect_since = "done", date(2026, 5, 3)
    improvement.outcomes.append(Outcome(state="done", words=words, effective_on=improvement.in_effect_since))
    session.flush()
    return improvement


def promised(session: Session, improvement: Improvement, due_on: date) -> Improvement:
    """Promise an improvement for a day."""
    improvement.promises.append(Promise(due_on=due_on, sentence="We open on Sundays."))
    session.flush()
    return improvement
