"""When and where people answer: opening hours, days of the week, seasons, the size of a branch and its channels."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from surveyapp.demo import tide
from surveyapp.demo.story import DAYS_A_MONTH, branches, days_ago

HOME = ZoneInfo("Europe/London")
WEEKDAY_HOURS = dict(zip(range(7, 22), (3, 3, 5, 5, 4, 5, 3, 2, 3, 6, 9, 10, 8, 5, 3), strict=True))
WEEKEND_HOURS = dict(zip(range(8, 18), (3, 8, 10, 10, 8, 5, 6, 6, 5, 3), strict=True))
"""How many people answer in each hour of the day, relative to each other."""
CHANNELS = {"web": 30, "qr": 34, "email": 26, "kiosk": 22}


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody answers: at which branch, when (UTC), by which channel, and how many days before today."""

    place: str
    at: datetime
    channel: str
    ago: int


def visits(today: date, rng: random.Random, *, months: int, total: int) -> list[Visit]:
    """Draw `total` visits of the `months` before today, oldest first. The centres are closed at Christmas and New Year."""
    days = [days_ago(today, ago) for ago in range(round(months * DAYS_A_MONTH), 0, -1)]
    weights = [_busy(day, today, months) for day in days]
    drawn = sorted(rng.choices(days, weights, k=total))
    places = rng.choices([branch.key for branch in branches()], [branch.size for branch in branches()], k=total)
    found = [_visit(day, place, (today - day).days, rng) for day, place in zip(drawn, places, strict=True)]
    return sorted(found, key=lambda visit: visit.at)


def _busy(day: date, today: date, months: int) -> float:
    if (day.month, day.day) in ((12, 25), (12, 26), (1, 1)):
        return 0.0
    return tide.visits((today - day).days, day.month, day.weekday(), months)


def _visit(day: date, place: str, ago: int, rng: random.Random) -> Visit:
    hours = WEEKDAY_HOURS if day.weekday() < 5 else WEEKEND_HOURS
    hour = rng.choices(list(hours), list(hours.values()))[0]
    local = datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), HOME)
    names = [name for name in CHANNELS if name != "kiosk" or ago <= tide.KIOSKS_SINCE]
    channel = rng.choices(names, [CHANNELS[name] for name in names])[0]
    later = timedelta(hours=rng.randrange(2)) if channel in ("web", "email") else timedelta()
    return Visit(place, (local + later).astimezone(UTC), channel, ago)
