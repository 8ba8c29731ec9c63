"""A frame's figures broken down: ratings by branch and by level, comments by theme; from the rollups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Rollup, Service
from surveyapp.trends import movers
from surveyapp.trends.frame import Frame
from surveyapp.trends.mentioned import PURPOSES
from surveyapp.trends.ratings import is_good


@dataclass(frozen=True, slots=True)
class Branch:
    """A service that is rated itself: how many answered in the closed months, and how many of them well."""

    service: Service
    good: int
    n: int


def branches(session: Session, frame: Frame) -> list[Branch]:
    """Return every service at or under a frame's node that was rated itself, in the order of the tree."""
    rated = (
        select(Rollup.service_id, Rollup.key, func.sum(Rollup.n))
        .where(Rollup.fact == "rating", Rollup.purpose == frame.purpose)
        .where(Rollup.month.between(frame.first, frame.last - 1), Rollup.service_id.in_(frame.services()))
        .group_by(Rollup.service_id, Rollup.key)
    )
    good: dict[int, int] = defaultdict(int)
    every: dict[int, int] = defaultdict(int)
    for service_id, key, n in session.execute(rated):
        every[service_id] += n
        good[service_id] += n if is_good(key) else 0
    services = session.scalars(select(Service).where(Service.id.in_(every)).order_by(Service.path))
    return [Branch(each, good[each.id], every[each.id]) for each in services]


LEVELS = ("great", "good", "poor")


def level(key: str) -> str:
    """Return the level of a rollup's key ("1-5:4"): the best point is great and the next good; of 0 to 10, 9 and 10 are great,
    7 and 8 good; of 1 to 7, 7 is great, 5 and 6 good; the rest is poor."""
    scale, _colon, value = key.rpartition(":")
    low, high = (int(end) for end in scale.rstrip("r").split("-"))
    down = int(value) - low if scale.endswith("r") else high - int(value)  # steps from the best point
    great, good = (1, 3) if high - low == 10 else (0, 2) if high - low == 6 else (0, 1)
    return "great" if down <= great else "good" if down <= good else "poor"


def levels(session: Session, frame: Frame) -> dict[str, list[int]]:
    """Return how many ratings of each of LEVELS there were by month."""
    rated = (
        select(Rollup.month, Rollup.key, func.sum(Rollup.n))
        .where(Rollup.fact == "rating", Rollup.purpose == frame.purpose)
        .where(Rollup.month.between(frame.first, frame.last), Rollup.service_id.in_(frame.services()))
        .group_by(Rollup.month, Rollup.key)
    )
    found = {each: [0] * len(frame.months) for each in LEVELS}
    for month, key, n in session.execute(rated):
        found[level(key)][month - frame.first] += n
    return found


@dataclass(frozen=True, slots=True)
class Themed:
    """A theme and how many comments of each month are about it."""

    theme_id: int
    name: str
    n: list[int]


def themes(session: Session, frame: Frame) -> list[Themed]:
    """Return the active themes that came up in a frame, the most frequent first."""
    counted = (
        select(Rollup.month, Rollup.key, func.sum(Rollup.n))
        .where(Rollup.fact == "theme", Rollup.purpose.in_(PURPOSES), Rollup.service_id.in_(frame.services()))
        .where(Rollup.month.between(frame.first, frame.last))
        .group_by(Rollup.month, Rollup.key)
    )
    names = movers.names(session)
    found: dict[int, list[int]] = defaultdict(lambda: [0] * len(frame.months))
    for month, key, n in session.execute(counted):
        theme = int(key.partition(":")[0])
        if theme in names:
            found[theme][month - frame.first] += n
    order = sorted(found, key=lambda each: (-sum(found[each]), names[each]))
    return [Themed(each, names[each], found[each]) for each in order]
