"""The key of one rollup, and the month of a day."""

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
    """What a rollup counts; see surveyapp.models.rollup.Rollup for the facts."""

    fact: str
    service_id: int
    day: date
    purpose: str
    key: str


def month_of(day: date) -> int:
    """Return year * 12 + month - 1, so that months can be counted with; 0 for what has no day."""
    return 0 if day == UNDATED else day.year * 12 + day.month - 1


def difference(after: Delta, before: Delta) -> Delta:
    """Return what must be added to get from one count to the other; unlike Counter's own minus it keeps what shrinks."""
    delta = Counter(after)
    delta.subtract(before)
    return Counter({key: n for key, n in delta.items() if n})
