"""Monthly figures counted elsewhere (income, staff, days of sickness): their measures, and what they are for a node by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.errors import Invalid, NotFound
from surveyapp.models import BETTER, PART, Measure, MonthlyFigure, Person, Service
from surveyapp.trends.frame import Frame

LARGEST = 10**15
"""Thousandths beyond which a figure is taken for a slip: a million million of anything."""


@dataclass(frozen=True, slots=True)
class Known:
    """A measure and what is known of it: how many figures, of which months."""

    measure: Measure
    n: int
    first: int | None
    last: int | None


def measures(session: Session) -> list[Measure]:
    """Return every measure, by name."""
    return list(session.scalars(select(Measure).order_by(func.lower(Measure.name), Measure.id)))


def known(session: Session) -> list[Known]:
    """Return every measure with how many figures are there and of which months."""
    counted = select(
        MonthlyFigure.measure_id, func.count(), func.min(MonthlyFigure.month), func.max(MonthlyFigure.month)
    ).group_by(MonthlyFigure.measure_id)
    counts = {row[0]: row[1:] for row in session.execute(counted)}
    return [Known(each, *counts.get(each.id, (0, None, None))) for each in measures(session)]


def fetch(session: Session, measure_id: int) -> Measure:
    """Fetch a measure. Raises NotFound."""
    found = session.get(Measure, measure_id)
    if found is None:
        raise NotFound(gettext("There is no such measure."))
    return found


def settle(
    session: Session, measure: Measure, *, better: str, adds: bool, explains: bool, standard: str, by: Person
) -> None:
    """Say what a measure means: which way is better, whether branches add up, its standard ("" for none).

    Raises Invalid for a standard that is no number, and for one on a measure that only explains: that is never scored.
    """
    if better not in BETTER:
        raise Invalid(gettext("Choose whether more or less is better, or neither."), field="better")
    if explains and standard.strip():
        raise Invalid(
            gettext("What only explains is not scored, so it has no standard. Leave the standard empty."),
            field="standard",
        )
    measure.better, measure.adds, measure.explains = better, adds, explains
    measure.standard = thousandths(standard) if standard.strip() else None
    record(session, by, "changed measure", measure, standard=measure.standard)


def thousandths(text: str) -> int:
    """Read a number such as "12,345.67" as thousandths. Raises Invalid for what is none, or has too many places."""
    plain = text.strip().replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace("−", "-")
    head, _point, places = plain.partition(".")
    groups = head.lstrip("-").split(",")
    grouped = len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(each) == 3 for each in groups[1:]))
    try:
        value = Decimal(plain.replace(",", "")) if grouped and "," not in places else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or not plain.isascii() or "_" in plain or "e" in plain.lower():
        raise Invalid(
            gettext("“%(text)s” is no number. Write it like 12345.67, with a point before the pence.", text=text[:40])
        )
    if abs(value) * PART >= LARGEST:
        raise Invalid(gettext("“%(text)s” is too large to be true.", text=text[:40]))
    if value * PART != int(value * PART):
        raise Invalid(gettext("“%(text)s” has more than three places after the point.", text=text[:40]))
    return int(value * PART)


def by_month(session: Session, frame: Frame, measure: Measure) -> list[float | None]:
    """Return a measure for a frame's node by month: its own figure, or else what its branches come to.

    A month in which a branch is missing that reported in another month of the frame has no figure: half a sum misleads.
    """
    wanted = (
        select(MonthlyFigure.service_id, MonthlyFigure.month, MonthlyFigure.value)
        .join(Service, Service.id == MonthlyFigure.service_id)
        .where(MonthlyFigure.measure_id == measure.id, MonthlyFigure.month.between(frame.first, frame.last))
        .where(Service.path.like(f"{frame.service.path}%"))
    )
    given: dict[int, dict[int, int]] = defaultdict(dict)
    for service_id, month, value in session.execute(wanted):
        given[service_id][month] = value
    children: dict[int, list[int]] = defaultdict(list)
    for service_id, parent_id in session.execute(select(Service.id, Service.parent_id)):
        children[parent_id or 0].append(service_id)
    reports = {each for under in children.values() for each in under if _reports(each, given, children)}
    return [_value(frame.service.id, month, given, children, reports, adds=measure.adds) for month in frame.months]


def _reports(service_id: int, given: Mapping[int, dict[int, int]], children: Mapping[int, list[int]]) -> bool:
    return service_id in given or any(_reports(each, given, children) for each in children.get(service_id, ()))


def _value(
    service_id: int, month: int, given: Mapping[int, dict[int, int]], children: Mapping[int, list[int]],
    reports: set[int], *, adds: bool,
) -> float | None:  # fmt: skip
    own = given.get(service_id, {}).get(month)
    if own is not None:
        return own / PART
    under = [each for each in children.get(service_id, ()) if each in reports]
    values = [_value(each, month, given, children, reports, adds=adds) for each in under]
    known_values = [value for value in values if value is not None]
    if not values or len(known_values) < len(values):
        return None
    return sum(known_values) if adds else sum(known_values) / len(known_values)
