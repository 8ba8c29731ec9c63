"""What moved beyond luck this week? A CUSUM over weekly counts, at most one false alarm a year and series.

A theme's share of comments, or a sentiment's, is compared week by week with what its own past leads to expect; small
surpluses that keep coming add up until they pass a threshold. See docs/early-warning.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Direction = Literal["more", "less"]

PAST = 20  # weeks that say what is usual
GAP = 2  # weeks between these and the week judged, so that a slow rise does not become usual
ENOUGH = 10  # weeks with comments in the past, fewer are too few to tell
SLACK = 0.5  # standard deviations a week that are let pass (half of the shift worth finding)
THRESHOLD = 5.4  # standard deviations gathered before anybody is told (bench/early_warning_scenarios.py)
LARGEST = 3.5  # one week counts no more than this: two odd weeks speak, one alone only if it is truly odd
SIGNS: dict[Direction, float] = {"more": 1.0, "less": -1.0}
LEAST = 5  # mentions in the weeks of the alarm, fewer are no news


@dataclass(frozen=True)
class Alarm:
    """A series that moved: `week` (index) in which it was noticed, `since` the first week of the move.

    `observed` mentions in these weeks against `expected` from the past, out of `comments`.
    """

    week: int
    since: int
    direction: Direction
    observed: int
    expected: float
    comments: int


def alarms(counts: Sequence[int] | npt.NDArray[Any], comments: Sequence[int] | npt.NDArray[Any]) -> list[Alarm]:
    """Return every alarm of one series, oldest first; after an alarm the new level counts as usual.

    `counts` and `comments` are whole weeks in order of time: how many of that week's comments are of the theme or
    sentiment. The running week is left out by the caller. Weeks without comments neither add nor forget. Raises
    ValueError where the lengths differ, a number is negative, or there are more mentions than comments.
    """
    series = _Series(*_checked(counts, comments))
    found = [series.judge(week) for week in range(series.seen.size)]
    return [alarm for alarm in found if alarm]


def noticed(counts: Sequence[int] | npt.NDArray[Any], comments: Sequence[int] | npt.NDArray[Any]) -> Alarm | None:
    """Return the alarm of the last week of the series, None when there is nothing new to tell."""
    found = alarms(counts, comments)
    return found[-1] if found and found[-1].week == len(counts) - 1 else None


def _checked(
    counts: Sequence[int] | npt.NDArray[Any], comments: Sequence[int] | npt.NDArray[Any]
) -> tuple[Floats, Floats]:
    seen, of = np.asarray(counts, dtype=np.float64), np.asarray(comments, dtype=np.float64)
    if seen.shape != of.shape or seen.ndim != 1:
        raise ValueError("counts and comments differ in length")
    if not (np.all(seen >= 0) and np.all(seen <= of)):
        raise ValueError("there are between none and as many mentions as comments")
    return seen, of


class _Series:
    """A series read week by week: what has gathered each way, since when, and the week from which all is usual."""

    def __init__(self, seen: Floats, of: Floats) -> None:
        self.seen, self.of = seen, of
        self.gathered: dict[Direction, float] = {"more": 0.0, "less": 0.0}
        self.begun: dict[Direction, int] = {"more": 0, "less": 0}
        self.usual = 0

    def judge(self, week: int) -> Alarm | None:
        """Add a week to both sums and return the alarm it raises, if any."""
        surprise = self._surprise(week)
        if surprise is None:
            return None
        for direction, sign in SIGNS.items():
            if self.gathered[direction] == 0:
                self.begun[direction] = week
            self.gathered[direction] = max(0.0, self.gathered[direction] + min(sign * surprise, LARGEST) - SLACK)
        alarm = self._alarm(week)
        if alarm:
            self.gathered, self.usual = {"more": 0.0, "less": 0.0}, alarm.since
        return alarm

    def _past(self, week: int) -> slice:
        """Return the weeks that say what is usual in this week, none before the last move."""
        return slice(max(self.usual, week - GAP - PAST), max(self.usual, week - GAP))

    def _surprise(self, week: int) -> float | None:
        """Return how many standard deviations the week lies from its past, None where nothing can be said.

        The deviation holds the week's own luck, how much weeks differ beyond luck, and how little the past tells. On
        the scale of square roots low counts are nearly normal (Anscombe).
        """
        past = self._past(week)
        known = self.of[past] > 0
        if self.of[week] == 0 or known.sum() < ENOUGH:
            return None
        before, exposed = self.seen[past][known], self.of[past][known]
        share = (before.sum() + 0.5) / (exposed.sum() + 1.0)
        expected = self.of[week] * share
        doubt = _dispersion(before, exposed * share, share) * (1 + self.of[week] / exposed.sum()) * (1 - share)
        return float(2 * (np.sqrt(self.seen[week] + 0.375) - np.sqrt(expected + 0.375 * doubt)) / np.sqrt(doubt))

    def _alarm(self, week: int) -> Alarm | None:
        """Return the alarm of the direction that has gathered more, when that is enough and no trifle."""
        direction: Direction = "more" if self.gathered["more"] >= self.gathered["less"] else "less"
        if self.gathered[direction] < THRESHOLD:
            return None
        since = self.begun[direction]
        weeks, past = slice(since, week + 1), self._past(since)
        comments, observed = float(self.of[weeks].sum()), float(self.seen[weeks].sum())
        expected = comments * float(self.seen[past].sum()) / max(float(self.of[past].sum()), 1.0)
        if max(observed, expected) < LEAST:
            return None
        return Alarm(week, since, direction, int(observed), expected, int(comments))


def _dispersion(before: Floats, expected: Floats, share: float) -> float:
    """Return by which factor weeks differ more than by luck, at least 1; good or bad weeks that last count double."""
    odd = (before - expected) / np.sqrt(np.maximum(expected * (1 - share), 0.25))
    plain = float(odd @ odd) / (odd.size - 1)
    lasting = float(odd[1:] @ odd[:-1]) / (odd.size - 1)
    return max(1.0, plain, plain + 2 * lasting)
