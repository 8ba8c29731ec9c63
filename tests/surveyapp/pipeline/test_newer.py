"""A newer analyser marks itself: once, of the earliest day it read, and no more when it has read everything."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from surveyapp.backlog.days import today
from surveyapp.db import Database
from surveyapp.listening.analysers import Analysers
from surveyapp.models import Comment, Note, Survey
from surveyapp.pipeline.again import Again
from surveyapp.pipeline.hear import Hearing
from tests.support import make

TODAY = date.today()  # noqa: DTZ011 - the clock's own today


@pytest.fixture
def survey(database: Database) -> int:
    with database.write() as session:
        return make.survey(session).id


def reads(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Let another version read from now on."""
    read = Analysers.body
    monkeypatch.setattr(Analysers, "body", lambda self, comment: read(self, comment) | {"analyser": version})


def hear(database: Database, survey: int, *, day: date = TODAY) -> None:
    """One more comment arrives and is heard, by a process that has just begun."""
    with database.write() as session:
        make.response(session, session.get_one(Survey, survey), suggestion="Please open earlier.", day=day)
    Hearing(database, holder="a").hear_all()


def noted(database: Database) -> list[tuple[str, date]]:
    """The notes that stand, with their day."""
    with database.read() as session:
        return [(each.text, each.day) for each in session.scalars(select(Note).order_by(Note.id))]


def test_the_first_analyser_is_no_news_and_the_second_is_noted_once(
    database: Database, survey: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it reads afterwards, and also when it fails in between."""
    hear(database, survey)
    hear(database, survey)
    assert noted(database) == []
    reads(monkeypatch, "newer")
    hear(database, survey)
    with database.read() as session:
        assert noted(database) == [("newer", today(session))]
    reads(monkeypatch, "failed: ValueError")
    hear(database, survey)
    reads(monkeypatch, "newer")
    hear(database, survey)
    assert [text for text, _day in noted(database)] == ["newer"]


def test_read_again_it_marks_the_first_day_or_nothing(
    database: Database, survey: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first day read again on; where everything was read again, nothing is left to compare across."""
    since = TODAY - timedelta(days=20)
    hear(database, survey, day=since)
    reads(monkeypatch, "newer")
    hear(database, survey)
    assert Again(database, since=since).all() == 2
    assert noted(database) == [("newer", since)]
    assert Again(database).all() == 2
    assert noted(database) == []


def test_a_comment_nobody_could_read_says_nothing_of_a_version(
    database: Database, survey: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken analyser before a whole one is not another version."""

    def broken(_self: Analysers, _comment: Comment) -> dict[str, Any]:
        return {"language": None, "sentiment": None, "analyser": "failed: ValueError"}

    with monkeypatch.context() as patch:
        patch.setattr(Analysers, "body", broken)
        hear(database, survey)
    hear(database, survey)
    assert noted(database) == []
