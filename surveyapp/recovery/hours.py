"""Working time: by when something is due that may take so many working hours, where the organisation is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FURTHEST = 400
"""Days after which a calendar without enough working hours is given up on."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Opening and closing time by weekday (Monday is 0) in a time zone, and the days on which nobody works."""

    zone: ZoneInfo
    week: Mapping[int, tuple[time, time]]
    holidays: frozenset[date]

    def due(self, since: datetime, hours: float) -> datetime:
        """Return the moment (UTC) at which `hours` working hours have passed since a moment.

        Hours are those that really pass: a day on which the clocks change is an hour longer or shorter where people work
        through it. In a calendar in which nobody ever works, hours count round the clock.
        """
        left, day = timedelta(hours=hours), since.astimezone(self.zone).date()
        for _each in range(FURTHEST):
            opens, closes = self.open_on(day) or (since, since)
            begins = max(opens, since)
            if closes > begins:
                if begins + left <= closes:
                    return begins + left
                left -= closes - begins
            day += timedelta(days=1)
        return since.astimezone(UTC) + timedelta(hours=hours)

    def open_on(self, day: date) -> tuple[datetime, datetime] | None:
        """Return when work begins and ends on a local day, in UTC; None where nobody works."""
        hours = self.week.get(day.weekday())
        if hours is None or day in self.holidays:
            return None
        opens = datetime.combine(day, hours[0], self.zone).astimezone(UTC)
        closes = datetime.combine(day, hours[1].replace(fold=1), self.zone).astimezone(UTC)
        return (opens, closes) if closes > opens else None
