"""Praise by name: found by the machine, confirmed by a lead, passed on once, gone with its comment."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.extensions import database
from surveyapp.models import Comment, Finding, Letter, LetterQuote, Recognition
from surveyapp.pipeline.erase import erase
from surveyapp.pipeline.hear import Hearing
from surveyapp.sharing import recognition
from tests.support import make
from tests.support.pages import Browser

PRAISE = "The queue was long. Maria at the desk was wonderful. Ring me on 07700 900123."
SENTENCE = "Maria at the desk was wonderful."


@pytest.fixture
def page(app: Flask) -> Browser:
    """A lead, signed in; Maria has an account; somebody praised her, somebody else wrote without praise."""
    with database(app).write() as session:
        survey = make.survey(session)
        make.response(session, survey, experience=PRAISE)
        make.response(session, survey, experience="I spoke to Maria about the bill.", suggestion="More chairs.")
        make.person(session, "colleague", name="Maria Moss", email="maria@example.org")
        lead = make.person(session, "lead", name="Ada Lead")
    Hearing(database(app), holder="test").hear_all()
    browser = Browser(app)
    browser.sign_in(lead)
    return browser


def test_a_lead_confirms_and_passes_on(app: Flask, page: Browser) -> None:
    """The sentence is shown, not the telephone number; the colleague of that name is offered; one letter is written."""
    assert "Nobody has been praised by name yet" in page.get("/recognition")
    waiting = page.get("/recognition?view=waiting")
    assert waiting.said("blockquote") == [SENTENCE]
    assert page.page is not None
    assert page.page.one("select[name=person] option[selected]").get_text() == "Maria Moss"
    page.submit("main form", name="Maria Moss")
    shown = page.get("/recognition")
    assert (shown.said("main .card h2"), shown.said("blockquote")) == (["Maria Moss"], [SENTENCE])
    assert "passed on" in page.submit("main .card form")
    with database(app).read() as session:
        letter = session.scalars(select(Letter)).one()
    assert letter.to == "maria@example.org"
    assert SENTENCE in letter.body
    assert "07700" not in letter.body


def test_it_is_passed_on_once_and_then_stays(app: Flask, page: Browser) -> None:
    """A second press, from a page left open, and taking it back afterwards, say so."""
    page.get("/recognition?view=waiting")
    page.submit("main form", name="Maria")
    (praise,) = rows(app)
    page.get("/recognition")
    page.submit(f"/recognition/{praise.id}/pass-on")
    assert "passed on already" in page.post(f"/recognition/{praise.id}/pass-on", status=409)
    page.get("/recognition")
    assert "it stays as it is" in page.post(f"/recognition/{praise.id}/back", status=409)
    with database(app).read() as session:
        assert len(session.scalars(select(Letter)).all()) == 1


def rows(app: Flask) -> list[Recognition]:
    """What is kept of praise by name."""
    with database(app).read() as session:
        return list(session.scalars(select(Recognition)))


def test_what_is_no_colleague_is_set_aside_and_taken_back(app: Flask, page: Browser) -> None:
    """Each decision can be undone until something was passed on."""
    page.get("/recognition?view=waiting")
    (praise,) = rows(app)
    assert "Set aside." in page.submit(f"/recognition/{praise.id}/aside")
    assert "Nothing to confirm" in page.get("/recognition?view=waiting")
    page.get("/recognition?view=aside")
    assert "It waits to be confirmed again" in page.submit(f"/recognition/{praise.id}/back")
    assert page.get("/recognition?view=waiting").said("blockquote") == [SENTENCE]


def test_what_is_known_is_not_proposed_again(app: Flask, page: Browser) -> None:
    """No second row for the same name at the same place, whatever was decided."""
    page.get("/recognition?view=waiting")
    page.submit("main form", name="Maria Moss")
    with database(app).write() as session:
        found = session.scalars(select(Finding)).all()
        assert recognition.propose(session, [(each.comment, each.body) for each in found]) == 0
    assert [each.state for each in rows(app)] == ["confirmed"]


def test_erasing_takes_the_words_out_of_the_letter_too(app: Flask, page: Browser) -> None:
    """The colleague keeps having been praised; the customer's words are gone, sent or not."""
    page.get("/recognition?view=waiting")
    page.submit("main form", name="Maria Moss")
    page.get("/recognition")
    page.submit("main .card form")
    with database(app).write() as session:
        comment = session.scalars(select(Comment).where(Comment.text == PRAISE)).one()
        erase(session, comment.response)
    with database(app).read() as session:
        letter = session.scalars(select(Letter)).one()
        assert session.scalars(select(LetterQuote)).all() == []
        assert session.scalars(select(Recognition)).all() == []
    assert "wonderful" not in letter.body
    assert "(erased by the customer)" in letter.body


def test_colleagues_read_what_was_confirmed_and_no_more(app: Flask, page: Browser) -> None:
    """Neither what waits, nor the whole comment, nor a button."""
    with database(app).write() as session:
        person = make.person(session, "colleague")
    browser = Browser(app)
    browser.sign_in(person)
    assert browser.get("/recognition?view=waiting").said("blockquote") == []
    page.get("/recognition?view=waiting")
    page.submit("main form", name="Maria Moss")
    shown = browser.get("/recognition")
    assert shown.said("blockquote") == [SENTENCE]
    assert shown.all("main form") == []
    assert "the whole comment" not in shown


def test_praise_in_a_confidential_survey_is_not_passed_on(app: Flask) -> None:
    """It would show who wrote it."""
    with database(app).write() as session:
        survey = make.survey(session, confidential=True)
        make.response(session, survey, experience=PRAISE)
    Hearing(database(app), holder="test").hear_all()
    assert rows(app) == []


def test_a_name_is_needed(app: Flask, page: Browser) -> None:
    """An empty one is explained, and nothing is confirmed."""
    page.get("/recognition?view=waiting")
    (praise,) = rows(app)
    assert "Write the name as it should be read." in page.post(
        f"/recognition/{praise.id}/confirm", name=" ", status=422
    )
    assert [each.state for each in rows(app)] == ["proposed"]
