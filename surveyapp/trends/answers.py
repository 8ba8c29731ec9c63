"""Were suggestions answered? What was raised in each month, and whether it is done, declined or open by now."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.models import Improvement
from surveyapp.rollups import month_of
from surveyapp.trends.frame import Frame
from surveyapp.trends.mentioned import Mentioned


@dataclass(frozen=True, slots=True)
class Answers:
    """Mentions by month raised: those that are done, declined and still open by now add up to all."""

    frame: Frame
    done: list[int]
    declined: list[int]
    open: list[int]
    undated: int

    @property
    def raised(self) -> list[int]:
        """All mentions by month."""
        return [sum(each) for each in zip(self.done, self.declined, self.open, strict=True)]


def of(frame: Frame, mentioned: Mentioned) -> Answers:
    """Sort a frame's mentions by what became of their improvement.

    What was asked again after it was done or declined is open: that answer did not reach this customer's wish.
    """
    counts = {state: [0] * len(frame.months) for state in ("done", "declined", "open")}
    for key, months in mentioned.months.items():
        improvement = mentioned.closed.get(key)
        until = _answered_until(improvement) if improvement else None
        for month, n in months.items():
            if frame.first <= month <= frame.last:
                state = improvement.state if improvement and until is not None and month <= until else "open"
                counts[state][month - frame.first] += n
    return Answers(frame, counts["done"], counts["declined"], counts["open"], mentioned.undated)


def _answered_until(improvement: Improvement) -> int | None:
    """Return the last month whose mentions the outcome answers, None for an open improvement. The month in which it took effect
    counts as before, unless it did so on the first."""
    if improvement.state == "open" or not improvement.outcomes:
        return None
    last = improvement.outcomes[-1]
    day = last.effective_on or last.at.date()
    return month_of(day) - (day.day == 1)
