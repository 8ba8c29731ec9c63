"""Who the demonstration is about: Tamberry Leisure (invented), its services, and the dated events that its charts carry.

What customers want of it, and what became of each wish, stands in plot.py; how much is said where and when, in tide.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

Effect = Literal["halved", "none", "rose"]
"""What being done did to how often a need is mentioned."""
Fate = Literal["open", "promised", "done", "declined", "merged"]

DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree of services: its key, its name, for a branch its share of the customers and its town, the nodes under it."""

    key: str
    name: str
    size: float = 0.0
    town: str = ""
    children: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryPromise:
    """A date given to customers: when it was given, what it says, why it changed, and the sentence that customers read."""

    made_on: date
    promised_for: date
    reason: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class StoryImprovement:
    """One need of the customers and what the organisation did about it. Dates are days; None where it never happened."""

    key: str
    title: str
    theme: str
    words: tuple[str, ...]
    fate: Fate
    place: str
    owner: str | None = None
    owned_on: date | None = None
    target: date | None = None
    promises: tuple[StoryPromise, ...] = ()
    done_on: date | None = None
    in_effect: date | None = None
    effect: Effect = "none"
    declined_on: date | None = None
    reason: str = ""
    merged_into: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StoryNote:
    """A dated event for the charts, at one node of the tree."""

    place: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A time in which a branch goes wrong: its rating falls by `depth`, stays down and comes back; some needs swell."""

    place: str
    begins: int
    worst: int
    mends: int
    over: int
    depth: float
    swells: dict[str, float] = field(default_factory=dict)


TREE = Place(
    "tamberry",
    "Tamberry Leisure",
    children=(
        Place(
            "dales",
            "Dales",
            children=(
                Place("aldersby", "Aldersby Pool and Gym", 1.25, "Aldersby"),
                Place("kettlemoor", "Kettlemoor Leisure Centre", 0.8, "Kettlemoor"),
                Place("hawthwaite", "Hawthwaite Baths", 0.6, "Hawthwaite"),
            ),
        ),
        Place(
            "coast",
            "Coast",
            children=(
                Place("saltmere", "Saltmere Swim Centre", 1.4, "Saltmere"),
                Place("sandrigg", "Sandrigg Leisure Centre", 0.9, "Sandrigg"),
                Place("portwenna", "Portwenna Sports Hall", 0.55, "Portwenna"),
            ),
        ),
        Place(
            "vale",
            "Vale",
            children=(
                Place("millbeck", "Millbeck Leisure Centre", 1.5, "Millbeck"),
                Place("cottersgreen", "Cotters Green Fitness Centre", 1.0, "Cotters Green"),
            ),
        ),
    ),
)

TROUBLES = (
    # The boiler of Millbeck fails, the manager leaves, and a new one puts it right.
    Trouble(
        "millbeck", 440, 400, 300, 215, 1.35, {"showers": 4, "pooltemp": 3.5, "cleaning": 3, "queue": 2, "phones": 2}
    ),
    # A week of strike on the coast.
    Trouble("saltmere", 252, 250, 246, 240, 0.9, {"notice": 6, "queue": 3, "hours": 2}),
    Trouble("sandrigg", 252, 250, 246, 240, 0.8, {"notice": 6, "lessons": 2}),
    Trouble("portwenna", 252, 250, 246, 240, 0.7, {"notice": 5}),
    # A slow slide at Kettlemoor that nobody has stopped yet.
    Trouble("kettlemoor", 200, 10, -400, -401, 0.45, {"kit": 1.8, "cleaning": 1.6}),
)

_NOTES = (
    ("tamberry", 425, "Prices up by 6 %"),
    ("millbeck", 438, "Boiler failed; temporary boiler for ten weeks"),
    ("millbeck", 312, "New centre manager at Millbeck"),
    ("coast", 250, "Strike: Coast centres closed for five days"),
    ("saltmere", 158, "New changing village opened at Saltmere"),
    ("tamberry", 330, "Kiosks put in at every centre: answers by kiosk begin"),
    ("hawthwaite", 95, "Hawthwaite Baths closed for a week of roof repairs"),
)


def days_ago(today: date, days: int) -> date:
    """The day that lies `days` days before today (after it, when negative)."""
    return today - timedelta(days=days)


def services() -> Place:
    """The tree of services: the organisation, three regions, eight branches."""
    return TREE


def branches() -> tuple[Place, ...]:
    """The eight branches in the order of the tree; only they are rated."""
    return tuple(branch for region in TREE.children for branch in region.children)


def under(key: str) -> frozenset[str]:
    """The keys of the branches at or under a node. Raises KeyError for a node that is not in the tree."""
    for region in TREE.children:
        inside = frozenset(branch.key for branch in region.children)
        if key == region.key:
            return inside
        if key in inside:
            return frozenset({key})
    if key == TREE.key:
        return frozenset(branch.key for branch in branches())
    raise KeyError(key)


def notes(today: date) -> list[StoryNote]:
    """The events that people noted on the charts, oldest first."""
    found = [StoryNote(place, days_ago(today, days), text) for place, days, text in _NOTES]
    return sorted(found, key=lambda note: note.day)
