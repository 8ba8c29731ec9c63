"""How often each improvement was mentioned in each month, from the rollups; merges are resolved here, when read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from surveyapp.models import Improvement, Rollup
from surveyapp.trends.frame import Frame

PURPOSES = ("experience", "suggestion")
"""The purposes of questions whose comments are counted, above and below the line alike."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Mentions by improvement that speaks for itself and month; those improvements that are done or declined; comments by month."""

    months: dict[int, dict[int, int]]
    closed: dict[int, Improvement]
    comments: list[int]
    undated: int


def read(session: Session, frame: Frame) -> Mentioned:
    """Read a frame's mentions and comments, and the improvements that something was decided about."""
    counted = (
        select(Rollup.key, Rollup.month, func.sum(Rollup.n))
        .where(Rollup.fact == "mention", Rollup.purpose.in_(PURPOSES), Rollup.service_id.in_(frame.services()))
        .where((Rollup.month >= frame.first) | (Rollup.month == 0))
        .group_by(Rollup.key, Rollup.month)
    )
    up = _roots(session)
    months: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    undated = 0
    for key, month, n in session.execute(counted):
        if month == 0:
            undated += n
        elif month <= frame.last:
            months[up.get(int(key), int(key))][month] += n
    decided = select(Improvement).where(Improvement.merged_into_id.is_(None), Improvement.state != "open")
    closed = {each.id: each for each in session.scalars(decided.options(selectinload(Improvement.outcomes)))}
    return Mentioned({key: dict(row) for key, row in months.items()}, closed, _comments(session, frame), undated)


def _roots(session: Session) -> dict[int, int]:
    merged = select(Improvement.id, Improvement.merged_into_id).where(Improvement.merged_into_id.is_not(None))
    into: dict[int, int] = {source: target for source, target in session.execute(merged) if target is not None}
    found = {}
    for source, target in into.items():
        top = target
        while top in into:
            top = into[top]
        found[source] = top
    return found


def _comments(session: Session, frame: Frame) -> list[int]:
    counted = (
        select(Rollup.month, func.sum(Rollup.n))
        .where(Rollup.fact == "comment", Rollup.purpose.in_(PURPOSES), Rollup.service_id.in_(frame.services()))
        .where(Rollup.month.between(frame.first, frame.last))
        .group_by(Rollup.month)
    )
    found = dict(session.execute(counted).all())
    return [found.get(month, 0) for month in frame.months]
