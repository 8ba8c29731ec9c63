"""What tests of winning back share: a house with a survey, and responses as they come in today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from surveyapp.db import Database
from surveyapp.models import Contact, Survey
from surveyapp.pipeline.hear import Hearing
from tests.support import make

COMPLAINT = "The queue was awful and the staff were rude. I will never come back."
URGENT = "There was a needle on the floor of the changing room, somebody could get hurt."
Arrive = Callable[..., int]


@pytest.fixture
def house(database: Database) -> dict[str, int]:
    """The ids of an organisation's branch, its lead and its survey."""
    with database.write() as session:
        make.organisation(session)
        north = make.service(session, "North", make.root(session))
        lead = make.person(session, "lead", name="Nora", services=[north], email="nora@example.org")
        boss = make.person(session, "administrator", name="Abe", email="abe@example.org")
        survey = make.survey(session, north)
        return {"north": north.id, "lead": lead.id, "administrator": boss.id, "survey": survey.id}


@pytest.fixture
def arrive(database: Database, house: dict[str, int]) -> Arrive:
    """`arrive(words, rating=..., phone=..., email=..., day=...)` stores and hears a response; returns its id."""

    def come(words: str = "", *, rating: int | None = 4, phone: str = "", email: str = "", **fields: Any) -> int:
        fields = {"day": datetime.now(UTC).date()} | fields
        with database.write() as session:
            of = session.get_one(Survey, fields.pop("survey", house["survey"]))
            made = make.response(session, of, rating=rating, experience=words, **fields)
            if phone or email:
                session.add(Contact(response_id=made.id, name="Mia", phone=phone, email=email, consent=True))
            number = made.id
        Hearing(database, holder="test").hear_all()
        return number

    return come
