"""What the rollups count for a frame, by period: the one way in which a chart comes by whole numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Rollup
from surveyapp.trends import periods
from surveyapp.trends.frame import Frame

Series = dict[str, list[int]]
"""Counts by the rollups' key (an option, a label, "1-5:4", an improvement's id), an element for each period of the frame."""


def by_period(session: Session, frame: Frame, fact: str, purposes: Iterable[str] | None = None) -> Series:
    """Return how often each key of a fact came up in each period of the frame; `purposes` None takes every one.

    See `surveyapp.models.rollup.Rollup` for the facts and their keys.
    """
    first, size = frame.periods[0], len(frame.periods)
    found: Series = defaultdict(lambda: [0] * size)
    column = Rollup.day if frame.grain == "week" else Rollup.month
    counted = select(Rollup.key, column, func.sum(Rollup.n)).where(Rollup.fact == fact)
    counted = counted.where(Rollup.month.between(*_months(frame)), Rollup.service_id.in_(frame.services()))
    if purposes is not None:
        counted = counted.where(Rollup.purpose.in_(list(purposes)))
    for key, when, n in session.execute(counted.group_by(Rollup.key, column)):
        place = _period(when, frame) - first
        if 0 <= place < size:
            found[key][place] += n
    return dict(found)


def by_month(session: Session, frame: Frame, fact: str, purposes: Iterable[str]) -> dict[tuple[str, int], int]:
    """Return how often each key came up in each month of the frame (month 0: without a date), whatever the grain."""
    counted = select(Rollup.key, Rollup.month, func.sum(Rollup.n)).where(Rollup.fact == fact)
    counted = counted.where(Rollup.purpose.in_(list(purposes)), Rollup.service_id.in_(frame.services()))
    counted = counted.where(Rollup.month.between(frame.first, frame.last) | (Rollup.month == 0))
    return {(key, month): n for key, month, n in session.execute(counted.group_by(Rollup.key, Rollup.month))}


def total(series: Series, size: int) -> list[int]:
    """Return the sum of every key's counts by period."""
    return [sum(each) for each in zip(*series.values(), strict=True)] if series else [0] * size


def _months(frame: Frame) -> tuple[int, int]:
    return frame.first, periods.number(frame.until, "month")


def _period(when: object, frame: Frame) -> int:
    """Return the number of the period of a day (by week) or a month's number."""
    if frame.grain == "week":
        return periods.week_of(when)  # type: ignore[arg-type]
    return int(when) // 3 if frame.grain == "quarter" else int(when)  # type: ignore[call-overload]
