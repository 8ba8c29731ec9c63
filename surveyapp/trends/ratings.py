"""Are customers happier? The share of good ratings by period, from the rollups, with the limits of a control chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from surveyapp.models import TOLD
from surveyapp.trends import counts
from surveyapp.trends.frame import Frame

if TYPE_CHECKING:
    from analysis.stats.control_chart import ControlChart

ENOUGH = 12
"""Closed periods below which nothing is said about change."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Good answers and all answers by period of a frame, and how many responses there were (whether rated or not)."""

    frame: Frame
    good: list[int]
    n: list[int]
    asked: list[int]

    @property
    def shares(self) -> list[float | None]:
        """The share of good answers by period, None where nobody answered."""
        return [good / n if n else None for good, n in zip(self.good, self.n, strict=True)]

    @property
    def closed(self) -> int:
        """How many closed periods have answers."""
        return sum(n > 0 for n in self.n[: self.frame.closed])


def read(session: Session, frame: Frame) -> Ratings:
    """Read a frame's ratings from the rollups."""
    size = len(frame.periods)
    rated = counts.by_period(session, frame, "rating", [frame.purpose])
    good = {key: series for key, series in rated.items() if is_good(key)}
    came = counts.by_period(session, frame, "response")
    asked = counts.total({channel: series for channel, series in came.items() if channel != TOLD}, size)
    return Ratings(frame, counts.total(good, size), counts.total(rated, size), asked)


def is_good(key: str) -> bool:
    """Say whether a rollup's key ("1-5:4") counts as good: the top two of a scale, 9 and 10 of 0 to 10."""
    scale, _colon, value = key.rpartition(":")
    low, high = (int(end) for end in scale.rstrip("r").split("-"))
    return int(value) <= low + 1 if scale.endswith("r") else int(value) >= high - 1


def limits(ratings: Ratings, rebase_at: Iterable[int] = ()) -> ControlChart | None:
    """Return the control chart of the closed periods, None where there are too few to tell.

    Laney's p-prime: the limits follow how many answered, and are not narrower than the months really vary. `rebase_at` has the
    places at which a new level starts.
    """
    if ratings.closed < ENOUGH:
        return None
    from analysis.stats.control_chart import p_chart  # noqa: PLC0415 - numpy; never on the way to a customer's page

    over = slice(ratings.frame.closed)
    return p_chart(ratings.good[over], ratings.n[over], prime=True, rebase_at=rebase_at, improvement="increase")
