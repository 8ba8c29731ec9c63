"""The keys of rollups, by day and by month or week, and the numbers of months and weeks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from surveyapp.db import UNDATED

Delta = Counter["Key"]
"""How much each rollup grows (or, below zero, shrinks)."""


POOR = 25
"""How good a rating is at most, in hundredths from the worst to the best end of its scale, to be called poor."""


class Key(NamedTuple):
    """What a rollup counts; see surveyapp.models.rollup.Rollup for the facts. `segment` is "" for everybody, or the group of customers
    ("question line:option") that is counted once more by itself; a response in two groups is counted in each."""

    fact: str
    service_id: int
    day: date
    purpose: str
    key: str
    segment: str = ""


class PeriodKey(NamedTuple):
    """What a sum over a month or a week counts; see surveyapp.models.rollup.PeriodRollup."""

    fact: str
    grain: str
    segment: str
    purpose: str
    service_id: int
    period: int
    key: str


OPTION_LIMIT = 80
"""Characters by which groups of customers are told apart, where they come as words; see `Key.segment`."""


def month_of(day: date) -> int:
    """Return year * 12 + month - 1, so that months can be counted with; 0 for what has no day."""
    return 0 if day == UNDATED else day.year * 12 + day.month - 1


def week_of(day: date) -> int:
    """Return the number of the week, which begins on a Monday, so that weeks can be counted with; 0 for what has no day."""
    return (day.toordinal() - 1) // 7


def summed(delta: Delta) -> Counter[PeriodKey]:
    """Return what a delta adds to each month and to each week."""
    found: Counter[PeriodKey] = Counter()
    for key, n in delta.items():
        what = (key.segment, key.purpose, key.service_id)
        found[PeriodKey(key.fact, "month", *what, month_of(key.day), key.key)] += n
        found[PeriodKey(key.fact, "week", *what, week_of(key.day), key.key)] += n
    return found


def difference(after: Delta, before: Delta) -> Delta:
    """Return what must be added to get from one count to the other; unlike Counter's own minus it keeps what shrinks."""
    delta = Counter(after)
    delta.subtract(before)
    return Counter({key: n for key, n in delta.items() if n})
