"""Were suggestions answered? What was raised in each period, and whether it is done, declined or open by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from surveyapp.models import Improvement
from surveyapp.trends import periods
from surveyapp.trends.frame import Frame
from surveyapp.trends.mentioned import Mentioned


@dataclass(frozen=True, slots=True)
class Answers:
    """Mentions by period raised: those that are done, declined and still open by now add up to all."""

    frame: Frame
    done: list[int]
    declined: list[int]
    open: list[int]
    undated: int

    @property
    def raised(self) -> list[int]:
        """All mentions by period."""
        return [sum(each) for each in zip(self.done, self.declined, self.open, strict=True)]


def of(frame: Frame, mentioned: Mentioned) -> Answers:
    """Sort a frame's mentions by what became of their improvement.

    What was asked again after it was done or declined is open: that answer did not reach this customer's wish.
    """
    shown = frame.periods
    counts = {state: [0] * len(shown) for state in ("done", "declined", "open")}
    for key, series in mentioned.periods.items():
        improvement = mentioned.closed.get(key)
        until = _answered_until(improvement, frame.grain) if improvement else None
        for place, n in enumerate(series):
            answered = improvement is not None and until is not None and shown[place] <= until
            counts[improvement.state if improvement and answered else "open"][place] += n
    return Answers(frame, counts["done"], counts["declined"], counts["open"], mentioned.undated)


def _answered_until(improvement: Improvement, grain: str) -> int | None:
    """Return the last period whose mentions the outcome answers, None for an open improvement. The period in which it took effect
    counts as before, unless it did so on its first day."""
    if improvement.state == "open" or not improvement.outcomes:
        return None
    last = improvement.outcomes[-1]
    day: date = last.effective_on or last.at.date()
    period = periods.number(day, grain)
    return period - (periods.first_day(period, grain) == day)
