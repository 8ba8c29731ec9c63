"""How much is said, where and when: the ebb and flow of visits, of moods and of each need over the two years.

Times are `ago`, the days before today, and the month of the year; weights are relative to each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from surveyapp.demo.story import DAYS_A_MONTH, TROUBLES, Effect, StoryImprovement, Trouble, under

EFFECTS: dict[Effect, float] = {"halved": 0.42, "none": 1.0, "rose": 1.4}
WINTER, SUMMER, JANUARY = "winter", "summer", "january"
SEASONS: dict[str, tuple[float, ...]] = {
    #        Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec
    WINTER: (1.7, 1.6, 1.3, 0.9, 0.7, 0.5, 0.4, 0.4, 0.7, 1.1, 1.4, 1.6),
    SUMMER: (0.3, 0.3, 0.4, 0.7, 1.2, 2.0, 2.4, 2.2, 1.2, 0.6, 0.3, 0.3),
    JANUARY: (1.8, 1.5, 1.1, 0.9, 0.9, 0.9, 0.8, 0.7, 1.2, 1.0, 0.9, 0.7),
}
VISITS = (1.35, 1.15, 1.05, 1.0, 0.95, 0.95, 1.05, 1.0, 1.1, 1.05, 0.95, 0.65)
WEEKDAYS = (1.1, 1.0, 1.05, 0.95, 0.8, 1.3, 1.0)
KIOSKS_SINCE = 330
PRICE_RISE = 425


@dataclass(frozen=True, slots=True)
class Current:
    """How a need is mentioned: its weight, its season, how much it grew over two years, and where it is more or less."""

    weight: float
    season: str | None = None
    growth: float = 1.0
    where: dict[str, float] = field(default_factory=dict)


CURRENTS: dict[str, Current] = {
    "showers": Current(9, WINTER, 1.0, {"hawthwaite": 1.6, "cottersgreen": 0.7, "portwenna": 0.7}),
    "lockers": Current(9, None, 1.0, {"saltmere": 1.4, "portwenna": 0.4}),
    "hairdryers": Current(4.5, WINTER, 1.0, {"portwenna": 0.2}),
    "app": Current(10, None, 1.1),
    "music": Current(4.5, None, 1.0, {"cottersgreen": 2.2, "hawthwaite": 0.2}),
    "fountain": Current(4, SUMMER, 1.0, {"aldersby": 1.5}),
    "family": Current(3.5, None, 1.0, {"saltmere": 6.0, "cottersgreen": 0.3, "portwenna": 0.1}),
    "phones": Current(7.5, None, 1.1),
    "cleaning": Current(9, None, 1.1, {"hawthwaite": 1.4}),
    "kit": Current(6, JANUARY, 1.1, {"hawthwaite": 0.2, "cottersgreen": 1.6}),
    "classes": Current(7, JANUARY, 1.1, {"portwenna": 1.4}),
    "bikes": Current(2.5, SUMMER, 1.2, {"aldersby": 2.0}),
    "lessons": Current(8, None, 1.3, {"cottersgreen": 0.1, "portwenna": 0.1, "saltmere": 1.5}),
    "air": Current(6, SUMMER, 1.1, {"cottersgreen": 1.6}),
    "hours": Current(5.5, None, 1.0, {"kettlemoor": 1.6, "hawthwaite": 1.5}),
    "queue": Current(5, JANUARY, 1.3, {"saltmere": 1.6}),
    "women": Current(3, None, 1.5),
    "parking": Current(7.5, None, 1.1, {"millbeck": 1.8, "portwenna": 0.3}),
    "pooltemp": Current(5.5, WINTER, 1.1, {"portwenna": 0.1, "cottersgreen": 0.1}),
    "price": Current(5.5, JANUARY, 1.5),
    "creche": Current(2.5, None, 0.8, {"aldersby": 2.0}),
    "lanes": Current(6.5, None, 1.6, {"portwenna": 0.1, "cottersgreen": 0.1, "aldersby": 1.5}),
    "cancel": Current(4, JANUARY, 1.3),
    "notice": Current(5, None, 1.1),
    "access": Current(3, None, 1.0, {"hawthwaite": 2.2}),
    "cafe": Current(5, None, 1.0, {"hawthwaite": 0.3}),
    "seats": Current(3, None, 1.0, {"saltmere": 1.5, "cottersgreen": 0.3}),
    "signs": Current(1.8, None, 1.0, {"millbeck": 1.8}),
    "timetable_print": Current(2, None, 0.8),
    "early": Current(3.5, None, 1.0, {"aldersby": 1.8}),
}


def visits(ago: int, month: int, weekday: int, months: int) -> float:
    """How many people answer on a day: the season, the day of the week (Monday is 0), and slow growth."""
    return VISITS[month - 1] * WEEKDAYS[weekday] * (1.3 - 0.3 * ago / (months * DAYS_A_MONTH))


def quality(place: str, ago: int, month: int) -> float:
    """How a visit to a branch is on a day, in standard deviations of the rating around a usual one."""
    level = BRANCH_LEVEL[place] + (-0.08 if month in (1, 2) else 0.04)
    if ago < PRICE_RISE - 60:
        level += 0.08
    return level - sum(_deep(trouble, ago) * trouble.depth for trouble in TROUBLES if trouble.place == place)


BRANCH_LEVEL = {
    "aldersby": 0.15,
    "kettlemoor": 0.0,
    "hawthwaite": 0.1,
    "saltmere": 0.05,
    "sandrigg": -0.1,
    "portwenna": 0.2,
    "millbeck": 0.0,
    "cottersgreen": -0.05,
}


def dearness(ago: int) -> float:
    """How much worse value feels after the rise of prices; people get used to it within a year."""
    since = PRICE_RISE - ago
    return 0.0 if since < 0 else 0.5 * max(0.15, 1 - since / 330)


def mentioned(
    wishes: Iterable[StoryImprovement], since: dict[str, int], place: str, ago: int, month: int
) -> list[float]:
    """How often each need comes up at a branch on a day; `since` says how many days ago what was done took effect."""
    weights = []
    for wish in wishes:
        current = CURRENTS[wish.key]
        weight = current.weight * current.where.get(place, 1.0) * (current.growth ** (1 - ago / 730))
        if current.season:
            weight *= SEASONS[current.season][month - 1]
        if wish.key == "price" and ago < PRICE_RISE:
            weight *= 1.0 + 2.0 * dearness(ago)
        if wish.key in since and ago < since[wish.key] and place in under(wish.place):
            weight *= EFFECTS[wish.effect]
        weights.append(weight * _swell(wish.key, place, ago))
    return weights


def _swell(key: str, place: str, ago: int) -> float:
    swell = 1.0
    for trouble in TROUBLES:
        if trouble.place == place and key in trouble.swells:
            swell += (trouble.swells[key] - 1) * _deep(trouble, ago)
    return swell


def _deep(trouble: Trouble, ago: int) -> float:
    """How far into its trouble a branch is, 0 to 1: a slope down, a floor, a slope up."""
    if ago > trouble.begins or ago < trouble.over:
        return 0.0
    if ago > trouble.worst:
        return (trouble.begins - ago) / (trouble.begins - trouble.worst)
    if ago >= trouble.mends:
        return 1.0
    return (ago - trouble.over) / (trouble.mends - trouble.over)
