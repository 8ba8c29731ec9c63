"""Stretches of time as numbers that can be counted with: months, weeks and quarters, their first days and their names."""

from __future__ import annotations

from calendar import month_abbr, month_name
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext

from surveyapp.rollups import month_of, week_of

GRAINS = ("month", "week", "quarter")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stretch of time in a table: words on the screen, a real date (its first day) in files."""

    day: date
    text: str

    def __str__(self) -> str:
        return self.text


def number(day: date, grain: str) -> int:
    """Return the number of the month, week or quarter in which a day lies; that of the next one is one more."""
    if grain == "week":
        return week_of(day)
    return month_of(day) // 3 if grain == "quarter" else month_of(day)


def first_day(period: int, grain: str = "month") -> date:
    """Return the first day of a month, week or quarter by its number."""
    if grain == "week":
        return date.fromordinal(7 * period + 1)
    month = 3 * period if grain == "quarter" else period
    return date(month // 12, month % 12 + 1, 1)


def last_day(period: int, grain: str = "month") -> date:
    """Return the last day of a month, week or quarter."""
    return first_day(period + 1, grain) - timedelta(days=1)


def long(period: int, grain: str = "month") -> str:
    """Name a period in a sentence: "March 2026", "the week of 2 March 2026", "the first quarter of 2026"."""
    day = first_day(period, grain)
    if grain == "week":
        return gettext("the week of %(day)s", day=f"{day.day} {month_name[day.month]} {day.year}")
    if grain == "quarter":
        which = (gettext("first"), gettext("second"), gettext("third"), gettext("fourth"))[(day.month - 1) // 3]
        return gettext("the %(which)s quarter of %(year)d", which=which, year=day.year)
    return f"{month_name[day.month]} {day.year}"


def short(period: int, grain: str = "month") -> str:
    """Name a period under an axis: "Mar 26", "2 Mar 26", "Q1 26"."""
    day = first_day(period, grain)
    year = f"{day.year % 100:02d}"
    if grain == "quarter":
        return f"Q{(day.month - 1) // 3 + 1} {year}"
    name = f"{month_abbr[day.month]} {year}"
    return f"{day.day} {name}" if grain == "week" else name


def middle(period: int, grain: str = "month") -> str:
    """Name a period in a table: "March 2026", "2 March 2026" (a week's Monday), "Q1 2026"."""
    day = first_day(period, grain)
    if grain == "quarter":
        return f"Q{(day.month - 1) // 3 + 1} {day.year}"
    name = f"{month_name[day.month]} {day.year}"
    return f"{day.day} {name}" if grain == "week" else name
