"""The rows under a response: answers, comments and the contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from surveyapp.models import Answer, Comment, Contact
from surveyapp.questions import Asked, Edition, Reach, Value

ADD_ANSWERS, ADD_COMMENTS, ADD_CONTACTS = (insert(model) for model in (Answer, Comment, Contact))
"""Made once, because making a statement costs more than running it."""


@dataclass(slots=True)
class Rows:
    """What one response's answers become, table by table."""

    answers: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)


def rows_of(edition: Edition, answers: Mapping[int, Value], response_id: int, service_id: int, day: date) -> Rows:
    """Lay out one response's normalised answers."""
    rows = Rows()
    rating = _rating(edition, answers)
    for asked in edition.questions:
        value = answers.get(asked.id)
        if value is None:
            continue
        if isinstance(value, Reach):
            rows.contacts.append({"response_id": response_id, "consent": True, **asdict(value)})
        elif asked.kind == "comment":
            place = {"service_id": service_id, "day": day, "purpose": asked.purpose, "rating": rating}
            rows.comments.append({"response_id": response_id, "question_id": asked.id, **place, "text": value})
        else:
            rows.answers.append(_answer(asked, value, response_id))
    return rows


def write_rows(session: Session, batch: Sequence[Rows]) -> None:
    """Insert the rows of some responses, one statement a table."""
    connection = session.connection()
    for add, found in (
        (ADD_ANSWERS, [row for rows in batch for row in rows.answers]),
        (ADD_COMMENTS, [row for rows in batch for row in rows.comments]),
        (ADD_CONTACTS, [row for rows in batch for row in rows.contacts]),
    ):
        if found:
            connection.execute(add, found)


def _answer(asked: Asked, value: Value, response_id: int) -> dict[str, Any]:
    return {
        "response_id": response_id,
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
