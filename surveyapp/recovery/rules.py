"""When a follow-up opens and by when it is due: the administrator's rules, or these defaults."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import now
from surveyapp.models import Organisation, RecoveryRule
from surveyapp.recovery.hours import WorkingTime

SCALES = {"1-5": 5, "1-7": 7, "0-10": 11}
"""The scales that there are, and how many points each has."""
PURPOSES = ("csat", "nps", "ces", "value", "expectation", "feeling")
"""The ratings that may open a follow-up. Staff surveys (esat) never do: who answers them is promised to stay unknown."""
WORST_POINTS = {"csat 1-5": 2, "csat 1-7": 2, "csat 0-10": 3, "nps 0-10": 3}
WEEK = {str(day): ["09:00", "17:00"] for day in range(5)}


def read(session: Session) -> RecoveryRule:
    """Return the rules in force; a row that is not in the session where nobody has set any."""
    return session.get(RecoveryRule, 1) or RecoveryRule(
        id=1, worst_points=dict(WORST_POINTS), complaints=True, without_contact=False, recent_days=14, answer_hours=16,
        urgent_hours=2, week=dict(WEEK), holidays=[], currency="£", urgent_to_id=None,
    )  # fmt: skip


def calendar(session: Session, rules: RecoveryRule) -> WorkingTime:
    """Return the working time of the rules in the organisation's time zone. A row that nobody can read counts for nothing."""
    zone = session.scalar(select(Organisation.time_zone).limit(1)) or "UTC"
    week = {int(day): hours for day, span in rules.week.items() if (hours := _hours(span))}
    this_year = now().astimezone(ZoneInfo(zone)).year
    return WorkingTime(
        ZoneInfo(zone), week, frozenset(day for line in rules.holidays for day in days_of(line, this_year))
    )


def is_low(rules: RecoveryRule, purpose: str, scale: str, value: int) -> bool:
    """Say whether a rating is among the worst points that open a follow-up. `scale` is "1-5", or "1-5r" with the good end low."""
    plain = scale.removesuffix("r")
    worst, (low, high) = rules.worst_points.get(f"{purpose} {plain}", 0), map(int, plain.split("-"))
    return value > high - worst if scale.endswith("r") else value < low + worst


def _hours(span: list[str]) -> tuple[time, time] | None:
    try:
        opens, closes = map(time.fromisoformat, span)
    except ValueError:
        return None
    return opens, closes


def days_of(line: str, year: int) -> list[date]:
    """Return the days of one line of the list: "2026-12-25 Christmas" is one, "12-25" that day of this year and the next two.

    A line that names no day has none.
    """
    word = line.split(maxsplit=1)[0] if line.strip() else ""
    texts = [word] if len(word) == 10 else [f"{each}-{word}" for each in range(year, year + 3)]
    return [day for text in texts if (day := _day(text))]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
