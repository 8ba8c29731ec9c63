"""`flask analyse --again`: a newer analyser reads once more, and nothing that people said, placed or published moves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp import rollups
from surveyapp.backlog import mentions
from surveyapp.db import UNDATED, Database
from surveyapp.listening.analysers import Analysers
from surveyapp.models import Comment, Correction, Finding, Improvement, Mention, Survey
from surveyapp.pipeline import correct
from surveyapp.pipeline.again import Again, open_since
from surveyapp.pipeline.hear import Hearing
from surveyapp.trends import closing
from tests.support import make

TEXT = "Please open earlier."


@pytest.fixture
def survey(database: Database) -> int:
    with database.write() as session:
        return make.survey(session).id


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """An analyser that finds nothing to ask for any more."""
    read = Analysers.body

    def body(self: Analysers, comment: Comment) -> dict[str, Any]:
        found = read(self, comment) | {"suggestions": [], "analyser": "newer"}
        found["sentences"] = [each | {"kind": "other"} for each in found["sentences"]]
        return found

    monkeypatch.setattr(Analysers, "body", body)


def arrive(database: Database, survey: int, day: date, text: str = TEXT) -> int:
    with database.write() as session:
        made = make.response(session, session.get_one(Survey, survey), suggestion=text, day=day)
        return made.id


def analysers_by_day(database: Database) -> dict[date, str]:
    with database.read() as session:
        return {
            comment.day: finding.body["analyser"]
            for comment, finding in session.execute(
                select(Comment, Finding).join(Finding, Finding.comment_id == Comment.id)
            )
        }


@pytest.fixture
def months(database: Database, survey: int) -> tuple[date, date]:
    """The last day that is closed and the first that is open, with a heard response on each and one without a day."""
    with database.read() as session:
        first = open_since(session)
    days = first - timedelta(days=1), first
    for day in (*days, UNDATED):
        arrive(database, survey, day)
    Hearing(database, holder="a").hear_all()
    return days


def test_the_first_open_month_follows_the_last_closed_one(database: Database) -> None:
    with database.read() as session:
        first = open_since(session)
    assert first.day == 1
    assert closing.last_closed(date(2026, 3, 2)) == 2026 * 12 + 1  # a Monday: February is mailed, and closed


def test_closed_months_stay_as_published(database: Database, months: tuple[date, date], newer: None) -> None:
    closed, running = months
    with database.read() as session:
        again = Again(database, since=open_since(session))
    assert again.waiting() == 2
    steps: list[int] = []
    assert again.all(steps.append) == 2 == sum(steps)
    said = analysers_by_day(database)
    assert said[running] == said[UNDATED] == "newer" != said[closed]
    with database.read() as session:
        assert [each.day for each in session.scalars(select(Mention))] == [closed]
        assert rollups.differences(session) == {}


def test_closed_months_are_read_again_when_asked(database: Database, months: tuple[date, date], newer: None) -> None:
    assert Again(database).all() == 3
    assert set(analysers_by_day(database).values()) == {"newer"}
    with database.read() as session:
        assert session.scalars(select(Mention)).all() == []
        assert rollups.differences(session) == {}


def test_corrections_and_what_people_placed_stand(
    database: Database, survey: int, request: pytest.FixtureRequest
) -> None:
    texts = ["It was a grey day.", "We came by bus.", TEXT]
    for number, text in enumerate(texts):
        arrive(database, survey, date(2026, 5, 1 + number), text)
    Hearing(database, holder="a").hear_all()
    request.getfixturevalue("newer")
    with database.write() as session:
        lead = make.person(session, "lead").id
        said, placed, voted = session.scalars(select(Comment).order_by(Comment.id))
        correct.say_sentiment(session, said, "negative", by=lead)
        correct.say_kind(session, said, 0, len(said.text), "complaint", by=lead)
        home = session.scalars(select(Improvement)).first()
        assert home is not None
        mentions.add(session, placed, 0, 5, home, kind="suggestion", by=lead)
        correct.vote(session, session.scalars(select(Mention).where(Mention.comment_id == voted.id)).one(), "yes")
    Again(database).all()
    with database.read() as session:
        finding = session.scalars(select(Finding).order_by(Finding.comment_id)).first()
        assert finding is not None and finding.label == "negative" and finding.body["analyser"] == "newer"
        assert len(session.scalars(select(Correction)).all()) == 2
        kept = session.scalars(select(Mention).order_by(Mention.comment_id)).all()
        assert [(each.comment.text, each.state, each.customer_says) for each in kept] == [
            (texts[0], "filed", None), (texts[1], "filed", None), (texts[2], "filed", "yes"),
        ]  # fmt: skip
        assert rollups.differences(session) == {}


def test_twice_is_once(database: Database, months: tuple[date, date]) -> None:
    def filed() -> list[tuple[int, int]]:
        with database.read() as session:
            return sorted((each.id, each.improvement_id) for each in session.scalars(select(Mention)))

    before = filed()
    Again(database).all()
    Again(database).all()
    assert filed() == before


def test_the_command_says_what_it_left_and_what_it_needs(
    app: Flask, database: Database, months: tuple[date, date]
) -> None:
    run = app.test_cli_runner().invoke
    assert "2 responses analysed again. 1 of closed months stay as they are" in run(args=["analyse", "--again"]).output
    assert "3 responses analysed again." in run(args=["analyse", "--again", "--closed-months"]).output
    assert "--closed-months goes with --again" in run(args=["analyse", "--closed-months"]).output
