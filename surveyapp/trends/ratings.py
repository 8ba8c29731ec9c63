"""Are customers happier? The share of good ratings by month, from the rollups, with the limits of a control chart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Rollup
from surveyapp.trends.frame import Frame

if TYPE_CHECKING:
    from analysis.stats.control_chart import ControlChart

ENOUGH = 12
"""Closed months below which nothing is said about change."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Good answers and all answers by month of a frame, and how many responses there were (whether rated or not)."""

    frame: Frame
    good: list[int]
    n: list[int]
    asked: list[int]

    @property
    def shares(self) -> list[float | None]:
        """The share of good answers by month, None where nobody answered."""
        return [good / n if n else None for good, n in zip(self.good, self.n, strict=True)]

    @property
    def closed(self) -> int:
        """How many closed months have answers."""
        return sum(n > 0 for n in self.n[:-1])


def read(session: Session, frame: Frame) -> Ratings:
    """Read a frame's ratings from the rollups."""
    rated = (
        select(Rollup.month, Rollup.key, func.sum(Rollup.n))
        .where(Rollup.fact == "rating", Rollup.purpose == frame.purpose, Rollup.month.between(frame.first, frame.last))
        .where(Rollup.service_id.in_(frame.services()))
        .group_by(Rollup.month, Rollup.key)
    )
    good: dict[int, int] = defaultdict(int)
    every: dict[int, int] = defaultdict(int)
    for month, key, n in session.execute(rated):
        every[month] += n
        if is_good(key):
            good[month] += n
    asked = dict(_responses(session, frame))
    return Ratings(
        frame,
        [good[m] for m in frame.months],
        [every[m] for m in frame.months],
        [asked.get(m, 0) for m in frame.months],
    )


def is_good(key: str) -> bool:
    """Say whether a rollup's key ("1-5:4") counts as good: the top two of a scale, 9 and 10 of 0 to 10."""
    scale, _colon, value = key.rpartition(":")
    low, high = (int(end) for end in scale.rstrip("r").split("-"))
    return int(value) <= low + 1 if scale.endswith("r") else int(value) >= high - 1


def limits(ratings: Ratings) -> ControlChart | None:
    """Return the control chart of the closed months, None where there are too few to tell.

    Laney's p-prime: the limits follow how many answered, and are not narrower than the months really vary.
    """
    if ratings.closed < ENOUGH:
        return None
    from analysis.stats.control_chart import p_chart  # noqa: PLC0415 - numpy; never on the way to a customer's page

    return p_chart(ratings.good[:-1], ratings.n[:-1], prime=True, improvement="increase")


def _responses(session: Session, frame: Frame) -> list[tuple[int, int]]:
    counted = (
        select(Rollup.month, func.sum(Rollup.n))
        .where(Rollup.fact == "response", Rollup.month.between(frame.first, frame.last))
        .where(Rollup.service_id.in_(frame.services()))
        .group_by(Rollup.month)
    )
    return [(month, n) for month, n in session.execute(counted)]
