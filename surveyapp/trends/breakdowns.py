"""A frame's figures broken down: ratings by branch and by level, comments by theme; from the rollups."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Service
from surveyapp.trends import counts, movers, ratings
from surveyapp.trends.frame import Frame
from surveyapp.trends.mentioned import PURPOSES


@dataclass(frozen=True, slots=True)
class Branch:
    """A service that is rated itself: how many answered in the closed months, and how many of them well."""

    service: Service
    good: int
    n: int


def branches(session: Session, frame: Frame) -> list[Branch]:
    """Return every service at or under a frame's node that was rated itself in what is over, in the order of the tree."""
    found = []
    nodes = select(Service).where(Service.path.like(f"{frame.service.path}%")).order_by(Service.path)
    below = {each.parent_id for each in session.scalars(nodes)}
    for node in session.scalars(nodes):
        if node.id in below:
            continue  # not a branch: its own branches stand here
        read = ratings.read(session, replace(frame, service=node))
        n = sum(read.n[: frame.closed])
        if n:
            found.append(Branch(node, sum(read.good[: frame.closed]), n))
    return found


def enough(found: list[Branch], least: int) -> list[Branch]:
    """Leave out branches with fewer than `least` answers; and where what is left out could be had by subtracting the rest from the
    whole, the smallest of the rest too."""
    shown = [each for each in found if each.n >= least]
    hidden = sum(each.n for each in found) - sum(each.n for each in shown)
    if 0 < hidden < least and shown:
        shown.remove(min(shown, key=lambda each: each.n))
    return shown


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
    """Return how many ratings of each of LEVELS there were by period."""
    found = {each: [0] * len(frame.periods) for each in LEVELS}
    for key, series in counts.by_period(session, frame, "rating", [frame.purpose]).items():
        found[level(key)] = [a + b for a, b in zip(found[level(key)], series, strict=True)]
    return found


@dataclass(frozen=True, slots=True)
class Themed:
    """A theme and how many comments of each period are about it."""

    theme_id: int
    name: str
    n: list[int]


def themes(session: Session, frame: Frame) -> list[Themed]:
    """Return the active themes that came up in a frame, the most frequent first."""
    names = movers.names(session)
    found: dict[int, list[int]] = {}
    for key, series in counts.by_period(session, frame, "theme", PURPOSES).items():
        theme = int(key.partition(":")[0])
        if theme in names:
            before = found.get(theme, [0] * len(series))
            found[theme] = [a + b for a, b in zip(before, series, strict=True)]
    order = sorted(found, key=lambda each: (-sum(found[each]), names[each]))
    return [Themed(each, names[each], found[each]) for each in order]
