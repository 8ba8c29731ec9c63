"""What the rollups count for a frame, by period: the one way in which a chart comes by whole numbers.

Where the frame is guarded (`frame.least`), only what points at nobody is added up: see `surveyapp.trends.released`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import PeriodRollup
from surveyapp.rollups import month_of
from surveyapp.trends import periods, released
from surveyapp.trends.frame import PURPOSES, Frame
from surveyapp.trends.pooling import Cell

Series = dict[str, list[int]]
"""Counts by the rollups' key (an option, a label, "1-5:4", an improvement's id), an element for each period of the frame."""
Place = tuple[str, int]
"""A key and the number of a period."""


def by_period(session: Session, frame: Frame, fact: str, purposes: Iterable[str] | None = None) -> Series:
    """Return how often each key of a fact came up in each period of the frame; `purposes` None takes every one.

    See `surveyapp.models.rollup.Rollup` for the facts and their keys. Months and weeks are summed already, so this reads as many rows
    however many responses there were.
    """
    first, size = frame.periods[0], len(frame.periods)
    months = frame.grain != "week"
    ends = (frame.first, periods.number(frame.until, "month")) if months else (first, first + size - 1)
    found: Series = defaultdict(lambda: [0] * size)
    those = _those(frame, fact, purposes, "month" if months else "week")
    counted = _counted(session, frame, fact, purposes, [*those, PeriodRollup.period.between(*ends)])
    for (key, period), n in counted.items():
        place = (period // 3 if frame.grain == "quarter" else period) - first
        found[key][place] += n
    return dict(found)


def by_month(session: Session, frame: Frame, fact: str, purposes: Iterable[str]) -> dict[tuple[str, int], int]:
    """Return how often each key came up in each month that is shown or judged by (month 0: without a date), whatever the grain."""
    shown = PeriodRollup.period.between(frame.judged_months.start, frame.last) | (PeriodRollup.period == 0)
    those = [*_those(frame, fact, purposes, "month"), shown]
    return _counted(session, replace(frame, grain="month"), fact, purposes, those)


def rated(session: Session, frame: Frame) -> set[str]:
    """Return the purposes for which anything under the node was ever rated."""
    found = set()
    for purpose in PURPOSES:
        there = select(PeriodRollup.n).where(*_those(frame, "rating", [purpose], "month")).limit(1)
        if session.scalar(there) is not None:
            found.add(purpose)
    return found


def _counted(
    session: Session, frame: Frame, fact: str, purposes: Iterable[str] | None, those: list[Any]
) -> Counter[Place]:
    """Return the sums by key and period of what meets the conditions `those`, without what is held back from a guarded reader."""
    if frame.least:
        those = [*those, PeriodRollup.period < month_of(frame.today)]
    what = (PeriodRollup.key, PeriodRollup.period)
    summed = select(*what, func.sum(PeriodRollup.n)).where(*those).group_by(*what)
    found: Counter[Place] = Counter({(key, period): n for key, period, n in session.execute(summed)})
    if frame.least:
        _hold_back(session, found, released.held_back(session, frame, fact, purposes), those)
    if frame.least and frame.running:
        now = frame.last
        found.update({(key, now): n for key, n in released.running(session, frame, fact, purposes).items()})
    return +found


def _hold_back(session: Session, found: Counter[Place], held: Collection[Cell], those: list[Any]) -> None:
    """Take out of the sums what was counted in cells that are held back."""
    where = PeriodRollup.service_id.in_({service for service, _month in held})
    what = (PeriodRollup.key, PeriodRollup.period, PeriodRollup.service_id, PeriodRollup.n)
    for key, period, service, n in session.execute(select(*what).where(*those, where)):
        if (service, period) in held:
            found[key, period] -= n


def _those(frame: Frame, fact: str, purposes: Iterable[str] | None, grain: str) -> list[Any]:
    assert grain == "month" or not frame.least, "weeks less months would be a few days: nobody is guarded by the week"
    segment = frame.segment.key if frame.segment else ""
    those = [PeriodRollup.fact == fact, PeriodRollup.grain == grain, PeriodRollup.segment == segment]
    if purposes is not None:
        those.append(PeriodRollup.purpose.in_(list(purposes)))
    return [*those, PeriodRollup.service_id.in_(frame.services())]


def total(series: Series, size: int) -> list[int]:
    """Return the sum of every key's counts by period."""
    return [sum(each) for each in zip(*series.values(), strict=True)] if series else [0] * size
