"""What a chart says of an impact, in the words of the screen: helped, got worse, no real change, or why not yet."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.stats.impact import MONTHS_AFTER, Impact

Word = Literal["Helped", "Got worse", "No real change", "Can't tell: too few comments", "Too early"]

HARDLY = (0.8, 1.25)  # an interval inside says that nothing worth acting on changed
NOTICEABLE = (0.5, 2.0)  # what acting is hoped to do, or feared: halved or doubled
MANY = 50.0  # mentions, expected and seen, from which going on as before can be said
FEW = 5.0  # mentions, expected or seen, below which no word is ventured even if luck would be a rare excuse


@dataclass(frozen=True)
class Reading:
    """The word for the screen; `look_again` is the first day of the month in which to look, if it is too early."""

    word: Word
    look_again: date | None = None


def reading(impact: Impact | None, effective: date) -> Reading:
    """Return what to say of an improvement that has been in effect since the first day of month `effective`.

    No real change needs an interval inside 0.8 to 1.25, even where the fall or rise is beyond luck; or fifty mentions
    expected and seen, a ratio in that range, and an interval that rules out halved and doubled. An interval that allows
    both real help and none is "Can't tell". None, with nothing to compare with, is so too.
    """
    if impact is None:
        return Reading("Can't tell: too few comments")
    if impact.verdict == "too early":
        return Reading("Too early", _months_later(effective, MONTHS_AFTER))
    if max(impact.expected, impact.observed) < FEW:
        return Reading("Can't tell: too few comments")
    if _within(impact.low, impact.high, HARDLY) or _as_before(impact):
        return Reading("No real change")
    if impact.verdict == "fell":
        return Reading("Helped")
    return Reading("Got worse" if impact.verdict == "rose" else "Can't tell: too few comments")


def _as_before(impact: Impact) -> bool:
    many = min(impact.expected, impact.observed) >= MANY and impact.verdict == "no clear change"
    return many and _within(impact.ratio, impact.ratio, HARDLY) and _within(impact.low, impact.high, NOTICEABLE)


def _within(low: float, high: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] < low and high < bounds[1]


def by_luck(judged: int) -> int:
    """Return about how many of the improvements judged look helpful by luck alone (2.5 %), rounded."""
    return round(judged * 0.025)


def _months_later(day: date, months: int) -> date:
    """Return the first day of the month `months` after; a month is judged when it has ended."""
    ahead = day.year * 12 + day.month - 1 + months
    return date(ahead // 12, ahead % 12 + 1, 1)
