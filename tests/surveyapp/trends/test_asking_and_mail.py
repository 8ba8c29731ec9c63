"""Ask about a chart and read the answer under it; have the page mailed once a month; print it for everybody."""

from __future__ import annotations

import io
from datetime import date

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.extensions import database
from surveyapp.models import Enquiry, Letter, Person, Subscription
from surveyapp.trends import closing, monthly, printing, registry
from surveyapp.trends.frame import Frame
from tests.support import make
from tests.support.pages import Browser

TODAY = date.today()  # noqa: DTZ011 - the page's own today


def ago(months: int, day: int = 10) -> date:
    """A day some months before the running one."""
    month = TODAY.year * 12 + TODAY.month - 1 - months
    return date(month // 12, month % 12 + 1, day)


@pytest.fixture
def people(app: Flask) -> tuple[Person, Person]:
    """An executive and a lead of an organisation with fifteen months of ratings."""
    with database(app).write() as session:
        survey = make.survey(session)
        for months in range(1, 16):
            for number in range(12):
                make.response(session, survey, day=ago(months), rating=5 if number < 8 else 2, state="heard")
        rollups.rebuild(session)
        executive = make.person(session, "executive", name="Erin", email="erin@example.org")
        return executive, make.person(session, "lead", name="Ada", email="ada@example.org")


def letters(app: Flask) -> dict[str, Letter]:
    """The outbox by address."""
    with database(app).read() as session:
        return {each.to: each for each in session.scalars(select(Letter))}


def signed_in(app: Flask, person: Person) -> Browser:
    """A browser with somebody signed in."""
    browser = Browser(app)
    browser.sign_in(person)
    return browser


def test_a_question_goes_to_the_lead_with_its_view_and_the_answer_stands_under_the_chart(
    app: Flask, people: tuple[Person, Person]
) -> None:
    """Asked of the last twelve months; the lead follows the letter, answers; the executive reads it and has it by mail."""
    executive, lead = people
    erin, ada = signed_in(app, executive), signed_in(app, lead)
    erin.get("/trends?span=12")
    erin.submit("/trends/rating/ask", words="Why so low in May?")
    letter = letters(app)["ada@example.org"]
    assert "Why so low in May?" in letter.body
    assert "/trends?service=1&span=12&purpose=csat#rating" in letter.body
    ada.get("/trends?service=1&span=12&purpose=csat")
    answered = ada.submit("#rating .asked form", words="The lift was out.")
    assert "The lift was out." in answered.said("#rating .asked")[0]
    assert "The lift was out." in letters(app)["erin@example.org"].body
    page = erin.get("/trends?span=24")
    assert "Why so low in May?" in page.said("#rating .asked")[0]
    assert "The view that was asked about" in page
    assert not page.all("#answered .asked")


def test_what_cannot_be_asked_or_answered(app: Flask, people: tuple[Person, Person]) -> None:
    """No words, no such chart, an answer by somebody who does not lead, a second answer."""
    executive, lead = people
    erin, ada = signed_in(app, executive), signed_in(app, lead)
    erin.get("/trends")
    erin.post("/trends/rating/ask", words="  ", status=422)
    erin.get("/trends")
    erin.post("/trends/nonsense/ask", words="Why?", status=404)
    erin.get("/trends")
    erin.submit("/trends/where/ask", words="Why?")
    with database(app).read() as session:
        asked = session.scalars(select(Enquiry)).one()
    erin.post(f"/trends/questions/{asked.id}/answer", words="Me.", status=403)
    ada.get("/trends")
    ada.post(f"/trends/questions/{asked.id}/answer", words="Because.")
    ada.post(f"/trends/questions/{asked.id}/answer", words="Again.", status=409)


def test_the_page_is_mailed_once_a_month_to_whoever_asked(app: Flask, people: tuple[Person, Person]) -> None:
    """Nothing for the month in which they asked; the next first working day, once; nothing after they stopped."""
    executive, _lead = people
    erin = signed_in(app, executive)
    erin.get("/trends")
    assert "by mail on the first working day" in erin.submit("/trends/subscription")
    following = date(TODAY.year + (TODAY.month == 12), TODAY.month % 12 + 1, 1)
    due = closing.first_working_day(following.year * 12 + following.month - 1)
    with database(app).write() as session:
        assert monthly.send(session, TODAY, "https://heed.example") == 0
        assert monthly.send(session, due, "https://heed.example") == 1
        assert monthly.send(session, due, "https://heed.example") == 0
    body = letters(app)["erin@example.org"].body
    assert "% of customers were happy with the service" in body
    assert "https://heed.example/trends?service=1" in body
    assert "https://heed.example/trends.pdf?service=1" in body
    erin.get("/trends")
    erin.submit("/trends/subscription")
    with database(app).read() as session:
        assert session.scalars(select(Subscription)).all() == []


def test_who_may_not_see_the_page_gets_no_letter(unit: Session) -> None:
    """Of so few people nothing is said; whoever lost the branch, or the account, gets none."""
    make.organisation(unit)
    root = make.root(unit)
    quay = make.service(unit, "Quay", root)
    moved = make.person(unit, "executive", services=[root])
    gone = make.person(unit, "executive", active=False)
    few = make.person(unit, "executive", email="few@example.org")
    for person in (moved, gone, few):
        unit.add(
            Subscription(person_id=person.id, service_id=root.id if person is not moved else quay.id, sent_month=0)
        )
    moved.services = []
    unit.flush()
    assert monthly.send(unit, date(2026, 11, 23), "https://heed.example") == 1
    letter = unit.scalars(select(Letter)).one()
    assert letter.to == "few@example.org"
    assert "figures would point at them" in letter.body


def test_subscribing_twice_is_subscribing_once(unit: Session) -> None:
    """Only the span changes."""
    make.organisation(unit)
    person = make.person(unit, "executive")
    root = make.root(unit)
    monthly.subscribe(unit, person, Frame(root, date(2026, 11, 23), 24))
    monthly.subscribe(unit, person, Frame(root, date(2026, 11, 23), 12))
    assert unit.scalars(select(Subscription.span)).all() == [12]


def test_the_pdf_is_tagged_titled_and_has_words_for_its_pictures(app: Flask, people: tuple[Person, Person]) -> None:
    """PDF/UA: marked, in a language, with a title that viewers show, headings, and alternative text for every figure."""
    erin = signed_in(app, people[0])
    answer = erin.client.get("/trends.pdf?span=12")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    reader = PdfReader(io.BytesIO(answer.data))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF's own kind of true
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata.title.startswith("Trends of Harbour Libraries")
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    tags: list[tuple[str, str]] = []
    _walk(root["/StructTreeRoot"], tags)
    kinds = [kind for kind, _alt in tags]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(registry.CHARTS)
    shown = len(erin.get("/trends?span=12&more=1").said("img.chart"))
    assert kinds.count("/Figure") == shown > 1, "as on the page: no picture of nothing"
    assert all(alt for kind, alt in tags if kind == "/Figure")


def _walk(node: object, tags: list[tuple[str, str]]) -> None:
    found = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(found, dict):
        return
    if "/S" in found:
        tags.append((str(found["/S"]), str(found.get("/Alt", ""))))
    children = found.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    for child in children if isinstance(children, list) else [children]:
        _walk(child, tags)


@pytest.mark.parametrize("url", ["https://example.org/a.png", "file:///etc/hostname", "chart:another", "data:,x"])
def test_nothing_but_our_pictures_is_fetched(url: str) -> None:
    """Neither the network nor the disk."""
    with pytest.raises(ValueError, match="not one of this page's pictures"):
        printing.fetcher({}).fetch(url)


def test_the_way_back_leads_only_to_trends(app: Flask, people: tuple[Person, Person]) -> None:
    """From a chart's comments back to the chart; not to anywhere else."""
    ada = signed_in(app, people[1])
    ada.get("/comments?back=%2Ftrends%3Fspan%3D12%23where")
    assert ada.follow("Back to the chart").path == "/trends"
    for given in ("https://example.org", "//example.org", "/trendsetters", "javascript:alert(1)"):
        assert "Back to the chart" not in ada.get(f"/comments?back={given}")
