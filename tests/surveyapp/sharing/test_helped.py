"""Whoever did an improvement hears that it helped: once, with what customers had asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import mentions, outcomes
from surveyapp.db import Database
from surveyapp.models import Finding, Improvement, Letter, Response
from surveyapp.sharing import helped
from tests.support import make

BASE, TODAY = "https://heed.example.org", date(2026, 2, 20)
ACTED = date(2025, 3, 1)


@pytest.fixture
def done(unit: Session) -> Improvement:
    """Chairs, asked for eight times a month until they came a year ago, among doors that are asked for all the time."""
    survey = make.survey(unit)
    owner = make.person(unit, "lead", name="Ada", email="ada@example.org")
    chairs, doors = make.improvement(unit, "More chairs"), make.improvement(unit, "Wider doors")
    for number in range(24):
        month = date(2024 + (number + 2) // 12, (number + 2) % 12 + 1, 5)
        wishes = [(doors, "Wider doors.")] * 6 + [(chairs, "More chairs, ring me on 07700 900123.")] * (
            8 if month < ACTED else 0
        )
        for improvement, words in wishes:
            say(unit, survey, improvement, words, month)
        for _other in range(20):
            make.response(unit, survey, suggestion="Nothing.", day=month, state="heard")
    outcomes.done(unit, chairs, what="Twelve chairs.", by=owner.id, since=ACTED)
    chairs.owner_id, chairs.in_effect_since = owner.id, ACTED
    unit.flush()
    rollups.rebuild(unit)
    return chairs


def say(session: Session, survey, improvement: Improvement, words: str, day: date) -> None:  # type: ignore[no-untyped-def]
    """Somebody asks for it on a day."""
    comment = make.response(session, survey, suggestion=words, day=day, state="heard").comments[0]
    body = {"personal": [{"start": 24, "end": 36, "type": "phone"}]} if "07700" in words else {}
    session.add(Finding(comment_id=comment.id, analyser="test", body=body))
    session.flush()
    mentions.add(session, comment, 0, 11, improvement, kind="suggestion", by=None)


def test_the_owner_is_told_once(app: Flask, unit: Session, done: Improvement) -> None:
    """With three comments, personal data covered; the second round is silent."""
    with app.app_context():
        assert helped.tell(unit, BASE, TODAY) == 1
        assert helped.tell(unit, BASE, TODAY + timedelta(days=1)) == 0
    letter = unit.scalars(select(Letter)).one()
    assert (letter.to, letter.subject) == ("ada@example.org", "It helped: More chairs")
    assert letter.body.count("“More chairs, ring me on [phone].”") == 3
    assert "07700" not in letter.body
    assert "in effect since 1 March 2025" in letter.body


def test_what_did_not_help_is_no_news(app: Flask, unit: Session, done: Improvement) -> None:
    """As often asked for after as before: nobody is congratulated."""
    survey = unit.scalars(select(Response)).first()
    assert survey is not None
    for number in range(12):
        month = date(2025 + (number + 2) // 12, (number + 2) % 12 + 1, 6)
        for _each in range(8):
            say(unit, survey.survey, done, "More chairs.", month)
    unit.flush()
    rollups.rebuild(unit)
    with app.app_context():
        assert helped.tell(unit, BASE, TODAY) == 0


def test_without_an_organisation_there_is_nothing(database: Database) -> None:
    """The clock may come by before setup."""
    assert helped.run(database, {"PUBLIC_URL": BASE}) == {"letters": 0}
