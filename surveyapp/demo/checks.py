"""The months in which the story's lead went through check 20, by what its customers really meant; the newest sample waits."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.demo.writer import Truth
from surveyapp.models import Check, Comment
from surveyapp.quality import checking, sampling
from surveyapp.quality.rates import IN

MONTHS = 6
Truths = dict[tuple[int, str], list[Truth]]


def go_through(session: Session, truths: Truths, today: date, *, by: int) -> None:
    """Draw the samples of the last months and check all but the newest."""
    first = today.replace(day=1)
    for _month in range(MONTHS):
        sampling.draw(session, first)
        first = (first - timedelta(days=1)).replace(day=1)
    last = today.replace(day=1) - timedelta(days=1)
    older = select(Check, Comment).join(Check.comment).where(Check.month < last.year * 12 + last.month - 1)
    for check, comment in session.execute(older.order_by(Check.id)):
        meant = truths.get((comment.response_id, comment.purpose or ""), ())
        asks = any(each.kind in IN and each.start < check.end and check.start < each.end for each in meant)
        checking.answer(session, check, "right" if asks == (check.said in IN) else "wrong", by=by)
