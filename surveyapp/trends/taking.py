"""Taking monthly figures in from a CSV file: all of it or nothing, and every fault named by its row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from babel.numbers import list_currencies
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.errors import HeedError, Invalid
from surveyapp.models import LateChange, Measure, MonthlyFigure, Person, Service
from surveyapp.rollups import month_of
from surveyapp.trends.figures import thousandths

COLUMNS = ("measure", "service", "month", "value", "unit")
MOST_ROWS, MOST_FAULTS = 20_000, 20
Place = tuple[str, int, int]
"""A measure's name in small letters, a service, a month."""


class Untidy(HeedError):
    """A file that cannot be taken in; `faults` name row, column and remedy."""

    status = 422

    def __init__(self, faults: list[str]) -> None:
        super().__init__(gettext("Nothing was taken in. %(first)s", first=faults[0]))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a file, read."""

    number: int
    measure: str
    service: Service
    month: int
    value: int
    unit: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: figures that are new, that changed, and that were there already."""

    new: int
    changed: int
    same: int


def take_in(session: Session, scope: Scope, data: bytes, *, by: Person, today: date, why: str) -> Taken:
    """Take a file's figures in. Raises Untidy, having taken in nothing, where anything in it is wrong.

    A figure of a month that is over and was there before is changed, and the change is kept with `why`.
    """
    rows = _Reader(session, scope, today).read(data)
    known = {each.name.lower(): each for each in session.scalars(select(Measure))}
    for row in rows:
        if row.measure.lower() not in known:
            known[row.measure.lower()] = _measure(session, row, by)
    session.flush()
    counts = {"new": 0, "changed": 0, "same": 0}
    for row in rows:
        counts[_store(session, known[row.measure.lower()], row, by=by, today=today, why=why)] += 1
    return Taken(**counts)


def _measure(session: Session, row: Row, by: Person) -> Measure:
    money = row.unit in list_currencies()
    made = Measure(name=row.measure, unit=row.unit, better="more" if money else "neither", adds="%" not in row.unit)
    session.add(made)
    record(session, by, "new measure", made)
    return made


def _store(session: Session, measure: Measure, row: Row, *, by: Person, today: date, why: str) -> str:
    found = session.get(MonthlyFigure, (measure.id, row.service.id, row.month))
    if found is None:
        key = {"measure_id": measure.id, "service_id": row.service.id, "month": row.month}
        session.add(MonthlyFigure(**key, value=row.value, by=by.id))
        return "new"
    if found.value == row.value:
        return "same"
    if row.month < month_of(today):
        change = {"service_id": row.service.id, "month": row.month, "figure": f"measure:{measure.id}"}
        session.add(LateChange(**change, before=found.value, after=row.value, why=why))
    found.value, found.by = row.value, by.id
    return "changed"


class _Reader:
    """Reads a file row by row and gathers what is wrong with it."""

    def __init__(self, session: Session, scope: Scope, today: date) -> None:
        self.running = month_of(today)
        self.units = {each.name.lower(): each.unit for each in session.scalars(select(Measure))}
        self.services: dict[str, list[Service]] = {}
        for service in scope.tree(session):
            for name in (service.name.lower(), f"#{service.id}"):
                self.services.setdefault(name, []).append(service)
        self.faults: list[str] = []
        self.seen: dict[Place, int] = {}

    def read(self, data: bytes) -> list[Row]:
        """Return every row, or raise Untidy with what is wrong."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Untidy([gettext("The file is not UTF-8. Save it as “CSV UTF-8” and send it again.")]) from None
        lines = csv.reader(io.StringIO(text.replace("\0", " ")), delimiter=_delimiter(text))
        try:
            head = [name.strip().lower() for name in next(lines, [])]
            if missing := [name for name in COLUMNS if name not in head]:
                raise Untidy([_columns(missing)])
            rows = self._rows(head, lines)
        except csv.Error as error:
            raise Untidy([gettext("Row %(n)d cannot be read: %(error)s.", n=lines.line_num, error=error)]) from None
        if self.faults:
            raise Untidy(self.faults)
        if not rows:
            raise Untidy([gettext("The file has no figures under its head.")])
        return rows

    def _rows(self, head: list[str], lines: Iterable[list[str]]) -> list[Row]:
        rows = []
        for number, cells in enumerate(lines, start=2):
            if number > MOST_ROWS:
                raise Untidy([gettext("More than %(n)d rows. Split the file.", n=MOST_ROWS)])
            if not any(cell.strip() for cell in cells):
                continue
            given = dict(zip(head, (cell.strip() for cell in cells), strict=False))
            row = self._row(number, {name: given.get(name, "") for name in COLUMNS})
            if row is not None:
                rows.append(row)
            if len(self.faults) >= MOST_FAULTS:
                break
        return rows

    def _row(self, number: int, given: dict[str, str]) -> Row | None:
        before = len(self.faults)
        read = {
            name: self._cell(number, name, given[name], reader)
            for name, reader in (
                ("measure", _name), ("service", self._service), ("month", self._month), ("value", thousandths),
                ("unit", lambda text: self._unit(text, given["measure"])),
            )
        }  # fmt: skip
        if len(self.faults) > before:
            return None
        row = Row(number, **read)  # type: ignore[arg-type]
        place = (row.measure.lower(), row.service.id, row.month)
        if place in self.seen:
            self._fault(number, "month", gettext("row %(n)d says the same month already.", n=self.seen[place]))
            return None
        self.seen[place] = number
        return row

    def _cell(self, number: int, column: str, text: str, reader: Callable[[str], object]) -> object:
        try:
            if not text:
                raise Invalid(gettext("it is empty."))
            return reader(text)
        except Invalid as error:
            self._fault(number, column, str(error))
            return None

    def _fault(self, number: int, column: str, words: str) -> None:
        self.faults.append(gettext("Row %(row)d, column %(column)s: %(words)s", row=number, column=column, words=words))

    def _service(self, text: str) -> Service:
        found = self.services.get(text.lower(), [])
        if not found:
            raise Invalid(gettext("no service of yours is called “%(name)s”.", name=text[:80]))
        if len(found) > 1:
            numbers = ", ".join(f"#{each.id}" for each in found)
            raise Invalid(gettext("several are called so. Write one of %(numbers)s instead.", numbers=numbers))
        return found[0]

    def _month(self, text: str) -> int:
        try:
            year, month = (int(part) for part in text.split("-")[:2])
            found = month_of(date(year, month, 1))
        except ValueError:
            raise Invalid(gettext("“%(text)s” is no month. Write it like 2026-10.", text=text[:40])) from None
        if found > self.running:
            raise Invalid(gettext("“%(text)s” has not begun yet.", text=text[:40]))
        return found

    def _unit(self, text: str, measure: str) -> str:
        if len(text) > 20:
            raise Invalid(gettext("a unit has at most 20 characters."))
        if len(text) == 3 and text.isalpha() and text.upper() == text and text not in list_currencies():
            raise Invalid(gettext("“%(text)s” is no currency. Write its ISO code, such as GBP or EUR.", text=text))
        usual = self.units.setdefault(measure.lower(), text)
        if usual != text:
            raise Invalid(
                gettext("“%(measure)s” is counted in %(usual)s. Give another unit another name.",
                        measure=measure[:80], usual=usual)
            )  # fmt: skip
        return text


def _name(text: str) -> str:
    if len(text) > 80:
        raise Invalid(gettext("a name has at most 80 characters."))
    return text


def _columns(missing: list[str]) -> str:
    return gettext(
        "Row 1: no column %(missing)s. The head must name %(columns)s.",
        missing=", ".join(missing), columns=", ".join(COLUMNS),
    )  # fmt: skip


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)
