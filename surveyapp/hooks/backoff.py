"""When to try again: soon at first, then ever later, never all at the same moment."""

from __future__ import annotations

import random
from datetime import timedelta

MOST_TRIES = 10
"""After which a delivery is given up: about two days after the first try."""
FIRST, FACTOR, LONGEST = timedelta(minutes=1), 3, timedelta(hours=12)
SPREAD = 0.25
"""Share by which each wait is made longer or shorter by chance, so that what failed together does not come back together."""


def wait(tries: int, chance: random.Random | None = None, *, at_least: int = 0) -> timedelta:
    """Return how long to wait after so many tries (from 1) that all failed; `at_least` is what the receiver asked for, in seconds."""
    steps = min(tries - 1, MOST_TRIES)
    plain = min(FIRST * FACTOR**steps, LONGEST)
    spread = (chance or random.SystemRandom()).uniform(1 - SPREAD, 1 + SPREAD)
    return max(plain * spread, timedelta(seconds=at_least))
