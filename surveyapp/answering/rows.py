"""The rows under a response: answers, comments and the contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert

from surveyapp.models import Answer, Comment, Contact
from surveyapp.questions import Asked, Edition, Quotable, Reach, Value

MODELS = (Answer, Comment, Contact)
ADD = {model: insert(model) for model in MODELS}
"""Made once, because making a statement costs more than running it."""
Rows = dict[type[Any], list[dict[str, Any]]]
"""What one response's answers become, table by table, without the response's id."""


def rows_of(edition: Edition, answers: Mapping[int, Value], service_id: int, day: date) -> Rows:
    """Lay out one response's normalised answers."""
    rows: Rows = {model: [] for model in MODELS}
    rating = _rating(edition, answers)
    for asked in edition.questions:
        value = answers.get(asked.id)
        if value is None:
            continue
        if isinstance(value, Reach):
            rows[Contact].append({"consent": True, **asdict(value)})
        elif asked.kind == "comment":
            place = {"service_id": service_id, "day": day, "purpose": asked.purpose, "rating": rating}
            rows[Comment].append(
                {"question_id": asked.id, **place, "text": str(value), "may_quote": isinstance(value, Quotable)}
            )
        else:
            rows[Answer].append(_answer(asked, value))
    return rows


def write_rows(connection: Connection, batch: Sequence[tuple[int, Rows]]) -> None:
    """Insert the rows of some responses, each with its id, one statement a table."""
    for model, add in ADD.items():
        found = [{"response_id": response_id, **row} for response_id, rows in batch for row in rows[model]]
        if found:
            connection.execute(add, found)


def _answer(asked: Asked, value: Value) -> dict[str, Any]:
    return {
        "question_id": asked.id,
        "value": value if isinstance(value, int) else None,
        "options": list(value) if isinstance(value, tuple) else None,
        "words": value if isinstance(value, str) else None,
    }


def _rating(edition: Edition, answers: Mapping[int, Value]) -> int | None:
    for asked in edition.questions:
        value = answers.get(asked.id)
        if asked.purpose == "csat" and isinstance(value, int):
            return asked.good_share(value)
    return None
