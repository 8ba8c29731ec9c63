"""What a standard can be measured by: its name, how its level is written and read, and what a level may be."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext

from surveyapp.errors import Invalid
from surveyapp.models import PART, Measure, StandardVersion
from surveyapp.trends.figures import thousandths
from surveyapp.trends.level_charts import writer

MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Gauge:
    """One way of measuring. `of_people` says that answers of few would point at them; `waits` that it counts "within N days"."""

    name: str
    unit: str = "%"
    low: int = 0
    high: int = 100
    step: int = PART
    purpose: str = ""
    of_people: bool = False
    waits: bool = False


KINDS: dict[str, Gauge] = {
    "csat": Gauge(lazy_gettext("Customers happy: the share of good ratings"), purpose="csat", of_people=True),
    "rating": Gauge(lazy_gettext("Mean rating, from 1 to 5"), "", 1, 5, PART // 10, purpose="csat", of_people=True),
    "esat": Gauge(lazy_gettext("Staff happy: the share of good ratings"), purpose="esat", of_people=True),
    "nps": Gauge(lazy_gettext("Would recommend us: points from -100 to 100"), "points", -100, purpose="nps", of_people=True),
    "promises": Gauge(lazy_gettext("Promises to customers kept")),
    "answered": Gauge(lazy_gettext("Suggestions and complaints answered within some days"), waits=True),
    "read": Gauge(lazy_gettext("Suggestions and complaints read by a person within some days"), waits=True),
    "figure": Gauge(lazy_gettext("A monthly figure that is brought in"), "", -(10**9), 10**9),
}  # fmt: skip
"""Every gauge by its name, in the order in which they are offered; see surveyapp.standards.reading for how each is counted."""


def name_of(gauge: str, measure: Measure | None) -> str:
    """Name what is measured."""
    return f"{measure.name}, {measure.unit}" if measure is not None else str(KINDS[gauge].name)


def write(value: int, gauge: str, measure: Measure | None) -> str:
    """Write thousandths with their unit: "90 %", "4.2", "35 points", "£400,000"."""
    if measure is not None:
        return writer(measure.unit)(value / PART)
    unit = KINDS[gauge].unit
    return f"{value / PART:.10g}" + (f"\u00a0{unit}" if unit else "")


def rounded(value: int, gauge: str, measure: Measure | None) -> str:
    """Write what was counted to the precision of a step, for whoever is not to work back to single answers."""
    return write(to_step(value, gauge, measure), gauge, measure)


def to_step(value: int, gauge: str, measure: Measure | None) -> int:
    """Round thousandths to a step of the gauge; a figure that was brought in stays as it is."""
    step = 1 if measure is not None else KINDS[gauge].step
    return (value + step // 2) // step * step


def aim(version: StandardVersion, gauge: str, measure: Measure | None) -> str:
    """Say what a version aims at: "at least 90 % within 60 days"."""
    words = gettext("at most %(level)s") if version.at_most else gettext("at least %(level)s")
    said = words % {"level": write(version.level, gauge, measure)}
    return said + (gettext(" within %(n)d days", n=version.days) if version.days else "")


def level_of(text: str, gauge: str) -> int:
    """Read a level as thousandths; a per cent sign may follow. Raises Invalid for what is no number, or cannot be reached."""
    kind = KINDS[gauge]
    try:
        level = thousandths(text.replace("%", "").strip())
    except Invalid as error:
        raise Invalid(str(error), field="level") from None
    if not kind.low * PART <= level <= kind.high * PART or (gauge != "figure" and level == kind.low * PART):
        raise Invalid(
            gettext("A level lies between %(low)s and %(high)s.", low=kind.low, high=kind.high), field="level"
        )
    return level


def days_of(days: int | None, gauge: str) -> int | None:
    """Return how many days may pass, None for a gauge that does not wait. Raises Invalid without a sensible number."""
    if not KINDS[gauge].waits:
        return None
    if days is None or not 1 <= days <= MOST_DAYS:
        raise Invalid(gettext("Say within how many days, from 1 to %(most)d.", most=MOST_DAYS), field="days")
    return days
