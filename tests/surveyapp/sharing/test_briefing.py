"""One page a month for the team: what customers said, what was missed, and a question."""

from __future__ import annotations

import io
from datetime import date

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from surveyapp.backlog.days import today
from surveyapp.extensions import database
from surveyapp.models import Person
from surveyapp.pipeline.hear import Hearing
from surveyapp.trends import closing, periods
from tests.support import make
from tests.support.pages import Browser

PRAISE = "The staff were wonderful and so kind to my mother."
COMPLAINT = "The waiting room was filthy and freezing and nobody cared. Ring me on 07700 900123."
OTHER = "The showers were cold and dirty again, it was horrible."


@pytest.fixture
def month(app: Flask) -> date:
    """The first day of the last month that is over."""
    with app.app_context(), database(app).write() as session:
        make.organisation(session)
        return periods.first_day(closing.last_closed(today(session)), "month")


@pytest.fixture
def page(app: Flask, month: date) -> Browser:
    """A lead of the north, where people praised and complained last month; in the south somebody complained too."""
    with database(app).write() as session:
        north, south = (make.service(session, name, make.root(session)) for name in ("North", "South"))
        make.theme(session, "Waiting room", "waiting room")
        survey = make.survey(session)
        secret = make.survey(session, confidential=True)
        day = month.replace(day=9)
        for words in (PRAISE, COMPLAINT, "Bad."):
            make.response(session, survey, at=north, experience=words, day=day)
        make.response(session, survey, at=south, experience=OTHER, day=day)
        make.response(session, secret, at=north, experience="My manager was horrible and rude to me.", day=day)
        lead = make.person(session, "lead", services=[north])
    Hearing(database(app), holder="test").hear_all()
    browser = Browser(app)
    browser.sign_in(lead)
    return browser


def test_a_month_on_a_page(page: Browser, month: date) -> None:
    """Praise, the complaint without the telephone number, nothing of the south or of a confidential survey, and a question."""
    found = page.get("/briefing")
    said = found.said("blockquote")
    assert PRAISE in said
    assert "The waiting room was filthy and freezing and nobody cared. Ring me on [phone]." in said
    assert len(said) == 2, "a single word is nothing to talk about"
    assert "Most complaints were about “Waiting room”." in found


def test_another_month_is_another_page(page: Browser, month: date) -> None:
    """Chosen in the form; an empty one says so; what is no month is explained; the running one is not over."""
    page.get("/briefing")
    assert page.page is not None
    older = page.page.all("#month option")[3]["value"]
    assert "Nothing to talk about" in page.submit("form.filters", month=older)
    assert "“May” is no month. Write it like 2026-05." in page.get("/briefing?month=May", status=422)
    assert PRAISE in page.get("/briefing?month=9999-12").said("blockquote")


def test_only_ones_own_places(app: Flask, page: Browser) -> None:
    """Another's is not there; an administrator sees the whole."""
    with database(app).write() as session:
        admin = make.person(session, "administrator")
        whole = session.scalars(select(Person).where(Person.id == admin.id)).one().services[0].id
    page.get(f"/briefing?service={whole}", status=404)
    everything = Browser(app)
    everything.sign_in(admin)
    assert OTHER in everything.get("/briefing").said("blockquote")


def test_on_paper(page: Browser) -> None:
    """A tagged PDF of one page with the same words."""
    pytest.importorskip("weasyprint")
    page.get("/briefing")
    answer = page.client.get("/briefing.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    reader = PdfReader(io.BytesIO(answer.data))
    assert len(reader.pages) == 1
    assert "wonderful" in reader.pages[0].extract_text()
    assert "07700" not in reader.pages[0].extract_text()
