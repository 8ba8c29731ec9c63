"""The import itself: everything is checked, what can be stored is stored in one transaction, and the report adds up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.answering import intake
from surveyapp.db import UNDATED, now
from surveyapp.importing import home, table
from surveyapp.importing.dates import Column
from surveyapp.importing.mapping import Mapping, Rating
from surveyapp.importing.records import Record, joined, parts
from surveyapp.models import ImportRun
from surveyapp.questions import Value, Wrong
from surveyapp.questions.reading import checked

BATCH = 1_000
WHOLE = re.compile("[0-9]{1,3}")
Progress = Callable[[int], object]


@dataclass(slots=True)
class Report:
    """What became of every row: rows_read = rows_stored + rows_there_already + rows_without_answer + len(refused rows)."""

    rows_read: int = 0
    rows_stored: int = 0
    rows_there_already: int = 0
    rows_without_answer: int = 0
    rows_refused: int = 0
    responses_stored: int = 0
    comments_stored: int = 0
    undated: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, lines: Iterable[int], reason: str) -> None:
        """Count rows that cannot be stored, each with its line and the reason."""
        for line in lines:
            self.refused.append((line, reason))
            self.rows_refused += 1

    def check(self) -> None:
        """Raise ArithmeticError unless every row is accounted for."""
        parts = self.rows_stored + self.rows_there_already + self.rows_without_answer + self.rows_refused
        if parts != self.rows_read:
            raise ArithmeticError(f"{self.rows_read} rows read, {parts} accounted for")


class Bad(Exception):
    """A record that cannot be stored, and why."""


def run(
    session: Session,
    path: Path,
    mapping: Mapping,
    *,
    dry: bool = False,
    by: int | None = None,
    progress: Progress = lambda _n: None,
) -> Report:
    """Import a file. The caller commits; with `dry` the caller undoes, and the report is the same.

    Raises Invalid for a file or mapping that cannot be read; nothing is stored then.
    """
    rows = list(parts(table.rows(path, mapping), mapping))
    days = Column((row.date for row in rows), mapping.date_formats)
    found = list(joined(rows, mapping, days.day))
    survey, edition, ids = home.edition(session, mapping)
    services, report = home.Services(session), Report()
    for some in _batches(found):
        report.rows_read += sum(len(record.lines) for record in some)
        fresh = _fresh(session, some, mapping, report)
        arrivals = []
        for record in fresh:
            try:
                day, answers = _day(record, mapping, days), checked(edition, _answers(record, mapping, ids))
            except (Bad, Wrong) as bad:
                report.refuse(record.lines, str(bad))
                continue
            place = services.at(record.service)
            arrivals.append(
                intake.Arrival(
                    edition,
                    place.id,
                    "import",
                    answers,
                    day or UNDATED,
                    source=mapping.source,
                    identity=record.identity,
                )
            )
            _count(report, record, day)
        intake.store(session, arrivals)
        progress(sum(len(record.lines) for record in some))
    report.check()
    if not dry:
        session.add(
            ImportRun(
                source=mapping.source, file_name=path.name[:255], survey_id=survey.id, by=by, report=_kept(report)
            )
        )
    return report


def _fresh(session: Session, some: list[Record], mapping: Mapping, report: Report) -> list[Record]:
    """Leave out what is refused, empty or there already, and count it."""
    there = intake.known(session, mapping.source, [record.identity for record in some])
    fresh = []
    for record in some:
        if record.refused:
            report.refuse(record.lines, record.refused)
        elif record.identity in there:
            report.rows_there_already += len(record.lines)
        elif not record.comments and not mapping.rates(record.rating):
            report.rows_without_answer += len(record.lines)
        else:
            there.add(record.identity)
            fresh.append(record)
    return fresh


def _count(report: Report, record: Record, day: date | None) -> None:
    report.rows_stored += len(record.lines)
    report.responses_stored += 1
    report.comments_stored += len(record.comments)
    report.undated += day is None


def _day(record: Record, mapping: Mapping, days: Column) -> date | None:
    if mapping.is_none(record.date):
        return None
    day = days.day(record.date)
    if day is None:
        raise Bad(f"the date “{record.date[:40]}” fits none of the mapping's formats")
    if day > now().date() + timedelta(days=1):  # a day's grace: somewhere it is tomorrow already
        raise Bad(f"the date “{record.date[:40]}” lies in the future")
    return day


def _answers(record: Record, mapping: Mapping, ids: dict[str, int]) -> dict[int, Value]:
    answers: dict[int, Value] = {ids[name]: text for name, text in record.comments.items()}
    answers |= {ids[column]: text[:1000] for column, text in record.segments.items()}
    if mapping.rating and mapping.rates(record.rating):
        answers[ids[mapping.rating.column]] = _value(record.rating, mapping.rating)
    return answers


def _value(text: str, rating: Rating) -> int:
    if not WHOLE.fullmatch(text) or not rating.low <= int(text) <= rating.high:
        raise Bad(f"the rating “{text[:40]}” is not one of {rating.low} to {rating.high}, nor a code for none")
    return int(text)


def _batches(found: list[Record]) -> Iterator[list[Record]]:
    left = iter(found)
    while some := list(islice(left, BATCH)):
        yield some


def _kept(report: Report) -> dict[str, Any]:
    """Return a report for the database: every figure, and the first thousand refusals."""
    return asdict(report) | {"refused": report.refused[:1000]}
