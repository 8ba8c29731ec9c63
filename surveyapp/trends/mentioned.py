"""How often each improvement was mentioned, by month and by period, from the rollups; merges are resolved here, when read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveyapp.models import Improvement
from surveyapp.trends import counts
from surveyapp.trends.frame import Frame

PURPOSES = ("experience", "suggestion")
"""The purposes of questions whose comments are counted, above and below the line alike."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Mentions by improvement that speaks for itself: by month shown or judged by (a dict each) and by period of the frame (a list
    each); those improvements that are done or declined; comments by period, and by month."""

    months: dict[int, dict[int, int]]
    periods: dict[int, list[int]]
    closed: dict[int, Improvement]
    comments: list[int]
    comments_by_month: dict[int, int]
    undated: int


def read(session: Session, frame: Frame) -> Mentioned:
    """Read a frame's mentions and comments, and the improvements that something was decided about."""
    up = roots(session)
    months: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    undated = 0
    for (key, month), n in counts.by_month(session, frame, "mention", PURPOSES).items():
        if month == 0:
            undated += n
        else:
            months[up.get(int(key), int(key))][month] += n
    decided = select(Improvement).where(Improvement.merged_into_id.is_(None), Improvement.state != "open")
    closed = {each.id: each for each in session.scalars(decided.options(selectinload(Improvement.outcomes)))}
    return Mentioned(
        {key: dict(row) for key, row in months.items()}, _periods(session, frame, up), closed,
        counts.total(counts.by_period(session, frame, "comment", PURPOSES), len(frame.periods)),
        _comments(session, frame), undated,
    )  # fmt: skip


def _periods(session: Session, frame: Frame, up: dict[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, series in counts.by_period(session, frame, "mention", PURPOSES).items():
        root = up.get(int(key), int(key))
        found[root] = [a + b for a, b in zip(found[root], series, strict=True)] if root in found else series
    return found


def roots(session: Session) -> dict[int, int]:
    """Return, for every improvement that was merged, the one that speaks for it."""
    merged = select(Improvement.id, Improvement.merged_into_id).where(Improvement.merged_into_id.is_not(None))
    into: dict[int, int] = {source: target for source, target in session.execute(merged) if target is not None}
    found = {}
    for source, target in into.items():
        top = target
        while top in into:
            top = into[top]
        found[source] = top
    return found


def _comments(session: Session, frame: Frame) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for (_label, month), n in counts.by_month(session, frame, "comment", PURPOSES).items():
        found[month] += n
    return dict(found)
