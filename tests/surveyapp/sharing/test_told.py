"""A customer told me: what colleagues heard is read like every comment and counts in no rating and no rate."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.extensions import database
from surveyapp.models import Act, Comment, Mention, PeriodRollup, Response, Survey
from surveyapp.pipeline.hear import Hearing
from tests.support import make
from tests.support.pages import Browser

WORDS = "Please put more chairs in the waiting room."


@pytest.fixture
def page(app: Flask) -> Browser:
    """A colleague of the north, signed in."""
    with database(app).write() as session:
        make.organisation(session)
        north = make.service(session, "North", make.root(session))
        make.service(session, "South", make.root(session))
        person = make.person(session, "colleague", services=[north])
    browser = Browser(app)
    browser.sign_in(person)
    return browser


def test_it_is_kept_as_a_comment_of_its_own_channel(app: Flask, page: Browser) -> None:
    """Heard like any other, it founds an improvement; nothing that was asked of customers is counted."""
    page.get("/told")
    assert "It will be read like every comment" in page.submit(words=WORDS)
    page.get("/told")
    page.submit(words="Another one said the same: more chairs.")
    Hearing(database(app), holder="test").hear_all()
    with database(app).read() as session:
        kept = session.scalars(select(Comment).order_by(Comment.id)).all()
        assert [each.text for each in kept] == [WORDS, "Another one said the same: more chairs."]
        assert {each.response.channel for each in kept} == {"told-to-us"}
        assert {each.service.name for each in kept} == {"North"}
        assert len(session.scalars(select(Survey)).all()) == 1, "one survey holds them all"
        assert len(session.scalars(select(Mention)).all()) == 2
        counted = session.scalars(select(PeriodRollup).where(PeriodRollup.fact.in_(["comment", "mention", "rating"])))
        assert {each.purpose for each in counted} == {""}, "rates count what was asked: experience and suggestion"


def test_who_told_it_stands_in_the_audit_alone(app: Flask, page: Browser) -> None:
    """The comment names nobody; the act names the colleague and no word."""
    page.get("/told")
    page.submit(words=WORDS)
    with database(app).read() as session:
        act = session.scalars(select(Act).where(Act.verb == "told")).one()
        assert WORDS not in str(act.fields)
        assert session.scalars(select(Response)).one().source == "told-to-us"


@pytest.mark.parametrize("words", ["", "   ", "ok"])
def test_nothing_is_nothing(app: Flask, page: Browser, words: str) -> None:
    """It says what is missing, and keeps nothing."""
    page.get("/told")
    assert "Write down what the customer said." in page.submit(words=words, status=422)
    with database(app).read() as session:
        assert session.scalars(select(Response)).all() == []


def test_only_ones_own_services_can_be_named(app: Flask, page: Browser) -> None:
    """Another branch is not in the list, and cannot be forged into it."""
    found = page.get("/told")
    assert [each.strip() for each in found.said("#service option")] == ["North"]
    assert page.page is not None
    page.post("/told", words=WORDS, service="3", status=422)
    with database(app).read() as session:
        assert session.scalars(select(Response)).all() == []


def test_without_a_service_there_is_no_form(app: Flask) -> None:
    """And a sentence that says whom to ask."""
    with database(app).write() as session:
        make.organisation(session)
        person = make.person(session, "builder", services=[])
    browser = Browser(app)
    browser.sign_in(person)
    assert "Ask an administrator to give you the services" in browser.get("/told")
