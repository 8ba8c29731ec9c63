"""What the rollups count for a frame, by period: the one way in which a chart comes by whole numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import PeriodRollup
from surveyapp.trends import periods
from surveyapp.trends.frame import PURPOSES, Frame

Series = dict[str, list[int]]
"""Counts by the rollups' key (an option, a label, "1-5:4", an improvement's id), an element for each period of the frame."""


def by_period(session: Session, frame: Frame, fact: str, purposes: Iterable[str] | None = None) -> Series:
    """Return how often each key of a fact came up in each period of the frame; `purposes` None takes every one.

    See `surveyapp.models.rollup.Rollup` for the facts and their keys. Months and weeks are summed already, so this reads as many rows
    however many responses there were.
    """
    first, size = frame.periods[0], len(frame.periods)
    months = frame.grain != "week"
    ends = (frame.first, periods.number(frame.until, "month")) if months else (first, first + size - 1)
    found: Series = defaultdict(lambda: [0] * size)
    counted = _summed(frame, fact, purposes, "month" if months else "week").where(PeriodRollup.period.between(*ends))
    for key, period, n in session.execute(counted):
        place = (period // 3 if frame.grain == "quarter" else period) - first
        found[key][place] += n
    return dict(found)


def by_month(session: Session, frame: Frame, fact: str, purposes: Iterable[str]) -> dict[tuple[str, int], int]:
    """Return how often each key came up in each month of the frame (month 0: without a date), whatever the grain."""
    shown = PeriodRollup.period.between(frame.first, frame.last) | (PeriodRollup.period == 0)
    return {(key, month): n for key, month, n in session.execute(_summed(frame, fact, purposes, "month").where(shown))}


def rated(session: Session, frame: Frame) -> set[str]:
    """Return the purposes for which anything under the node was ever rated."""
    found = set()
    for purpose in PURPOSES:
        there = select(PeriodRollup.n).where(*_those(frame, "rating", [purpose], "month")).limit(1)
        if session.scalar(there) is not None:
            found.add(purpose)
    return found


def _summed(frame: Frame, fact: str, purposes: Iterable[str] | None, grain: str) -> Any:
    what = (PeriodRollup.key, PeriodRollup.period)
    return select(*what, func.sum(PeriodRollup.n)).where(*_those(frame, fact, purposes, grain)).group_by(*what)


def _those(frame: Frame, fact: str, purposes: Iterable[str] | None, grain: str) -> list[Any]:
    segment = frame.segment.key if frame.segment else ""
    those = [PeriodRollup.fact == fact, PeriodRollup.grain == grain, PeriodRollup.segment == segment]
    if purposes is not None:
        those.append(PeriodRollup.purpose.in_(list(purposes)))
    return [*those, PeriodRollup.service_id.in_(frame.services())]


def total(series: Series, size: int) -> list[int]:
    """Return the sum of every key's counts by period."""
    return [sum(each) for each in zip(*series.values(), strict=True)] if series else [0] * size
