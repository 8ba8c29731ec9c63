"""What an executive sees: sentences that the data bear out, pictures, tables, and nothing of too small a group."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import mentions, outcomes
from surveyapp.db import UNDATED
from surveyapp.extensions import database
from surveyapp.models import Answer, Improvement, Person
from surveyapp.trends import pictures
from tests.support import make
from tests.support.pages import Browser

TODAY = date.today()  # noqa: DTZ011 - the page's own today


def ago(months: int, day: int = 10) -> date:
    """A day some months before the running one."""
    month = TODAY.year * 12 + TODAY.month - 1 - months
    return date(month // 12, month % 12 + 1, day)


def said(session: Session, survey: object, it: Improvement, day: date) -> None:
    """A heard response that asks for an improvement."""
    comment = make.response(session, survey, day=day, rating=None, suggestion="More chairs.", state="heard").comments[0]
    mentions.add(session, comment, 0, 12, it, kind="suggestion", by=None)


@pytest.fixture
def executive(app: Flask) -> Person:
    """An executive of an organisation with fifteen months of ratings, one improvement done and one declined."""
    with database(app).write() as session:
        survey = make.survey(session)
        chairs, ramp = make.improvement(session, "More chairs"), make.improvement(session, "A ramp")
        for months in range(1, 16):
            for number in range(20):
                make.response(session, survey, day=ago(months), rating=5 if number < 14 else 2, state="heard")
            for _each in range(4 if months > 6 else 1):
                said(session, survey, chairs, ago(months))
        said(session, survey, ramp, ago(3))
        for _each in range(10):
            said(session, survey, ramp, UNDATED)
        lead = make.person(session, "lead")
        outcomes.done(session, chairs, what="Chairs bought.", since=ago(6, 1), by=lead.id)
        outcomes.decline(session, ramp, reason="The house is listed.", by=lead.id)
        rollups.rebuild(session)
        return make.person(session, "executive", name="Erin")


@pytest.fixture
def page(app: Flask, executive: Person) -> Browser:
    """A browser with the executive signed in."""
    browser = Browser(app)
    browser.sign_in(executive)
    return browser


def test_three_sentences_from_the_data(page: Browser) -> None:
    """Happy customers, what was answered, what helped: each in words and with its figures."""
    found = page.get("/trends")
    happier, answered, helped = found.said(".headline p")
    assert "% of customers were happy with the service" in happier
    assert "no more than chance" in happier
    assert answered == "Of 43 comments that asked for something, 36 are done, 1 declined with a reason, and 6 are open."
    assert helped.startswith("1 change was made, and it cannot be judged yet.")


def test_asked_and_answered_and_undated_are_said(page: Browser) -> None:
    """ "How do we know?" names what the figures rest on, and what they leave out."""
    found = page.get("/trends")
    assert "responses in this time answered the question" in found
    assert "10 more have no date" in found


@pytest.mark.parametrize("name", ["rating", "answered", "helped"])
def test_pictures_are_drawn_once_for_the_same_data(page: Browser, name: str) -> None:
    """The same bytes every time, and a browser that has them is told so."""
    first = page.client.get(f"/trends/{name}.svg")
    assert first.mimetype == "image/svg+xml"
    assert b"<svg" in first.data
    assert page.client.get(f"/trends/{name}.svg").data == first.data
    assert page.client.get(f"/trends/{name}.svg?dark=1").data != first.data
    again = page.client.get(f"/trends/{name}.svg", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert page.client.get(f"/trends/{name}.png").data.startswith(b"\x89PNG")


def test_figures_can_be_taken_out(page: Browser) -> None:
    """The CSV holds the table of the page."""
    rows = list(
        csv.reader(io.StringIO(page.client.get("/trends/answered.csv").get_data(as_text=True).lstrip("\ufeff")))
    )
    assert rows[0] == ["Raised in", "Raised", "Done", "Declined", "Open"]
    assert sum(int(row[1]) for row in rows[1:]) == 43
    assert all(int(row[1]) == sum(map(int, row[2:])) for row in rows[1:])


def test_too_few_are_not_shown(app: Flask) -> None:
    """An executive learns nothing of nine people; whoever reads the comments anyway is not hindered."""
    with database(app).write() as session:
        survey = make.survey(session)
        for _each in range(9):
            make.response(session, survey, day=ago(1), rating=1, state="heard")
        rollups.rebuild(session)
        executive, lead = make.person(session, "executive"), make.person(session, "lead")
    browser = Browser(app)
    browser.sign_in(executive)
    assert "Too few answers to show" in browser.get("/trends")
    assert browser.client.get("/trends/rating.csv").status_code == 404
    other = Browser(app)
    other.sign_in(lead)
    assert "Are customers happier?" in other.get("/trends")


def test_notes_stand_on_the_charts_and_can_go(app: Flask, executive: Person) -> None:
    """A lead enters what happened; an executive reads it."""
    with database(app).write() as session:
        lead = make.person(session, "lead")
    browser = Browser(app)
    browser.sign_in(lead)
    browser.get("/trends")
    noted = browser.submit("section[aria-labelledby=notes-title] form.filters", day=ago(2).isoformat(), text="Strike")
    assert "Strike" in " ".join(noted.said(".legend li"))
    gone = browser.submit("section[aria-labelledby=notes-title] li form")
    assert gone.said(".legend li") and "Strike" not in " ".join(gone.said(".legend li"))


@pytest.mark.parametrize(
    "address", ["/trends?service=99999", "/trends/nonsense.svg", "/trends/rating.svg?service=99999"]
)
def test_what_is_not_there(page: Browser, address: str) -> None:
    """Another's node and an unknown chart are not found."""
    page.get(address, status=404)


def test_an_empty_organisation_is_not_an_error(app: Flask) -> None:
    """No data: plain sentences, and no empty pictures on the page; whoever asks for one still gets it."""
    with database(app).write() as session:
        make.organisation(session)
        lead = make.person(session, "lead")
    browser = Browser(app)
    browser.sign_in(lead)
    page = browser.get("/trends?span=12&purpose=nps&more=1")
    assert "Nobody has answered yet." in page
    assert 'class="chart"' not in page
    for name in ("rating", "answered", "helped"):
        assert browser.client.get(f"/trends/{name}.svg").status_code == 200


def test_the_first_whole_month_after_an_effect() -> None:
    """In effect on the first of a month, that month counts; later, the next one does."""
    from surveyapp.trends.helping import first_whole_month

    assert first_whole_month(date(2026, 3, 1)) == 2026 * 12 + 2
    assert first_whole_month(date(2026, 3, 2)) == 2026 * 12 + 3
    assert first_whole_month(date(2025, 12, 31) + timedelta(days=0)) == 2026 * 12


def test_by_week_and_quarter_and_the_span_before(page: Browser) -> None:
    """The same answers, cut differently, add up to the same; the span before is another page."""
    sums = {}
    for grain in ("month", "week", "quarter"):
        rows = list(
            csv.reader(io.StringIO(page.client.get(f"/trends/rating.csv?grain={grain}").get_data(as_text=True)))
        )
        sums[grain] = sum(int(row[1]) for row in rows[1:])
        assert page.client.get(f"/trends/rating.svg?grain={grain}").status_code == 200
        assert page.client.get(f"/trends/helped.svg?grain={grain}").status_code == 200
    assert sums == {"month": 300, "week": 300, "quarter": 300}
    page.get("/trends?span=12")
    before = page.follow("The 12 months before")
    assert "The 12 months after" in before
    assert page.client.get("/trends/rating.csv?span=12&back=1").get_data(as_text=True).count("\n") == 13
    assert "The span before:" in page.get("/trends?span=12&compare=1")


def test_a_workbook_has_real_dates_and_numbers(page: Browser) -> None:
    """XLSX: a month is a date, a count a number, a title text whatever it begins with; the same bytes twice."""
    first = page.client.get("/trends/rating.xlsx").data
    assert first == page.client.get("/trends/rating.xlsx").data
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    row = re.search(r'<row r="24".*?</row>', sheet, re.DOTALL)
    assert row and "t=" not in row[0]  # neither text nor formula
    cells = re.findall(r"<v>(.*?)</v>", row[0])
    assert date(1899, 12, 30) + timedelta(days=int(cells[0])) == ago(2, 1)
    assert [float(each) for each in cells[1:]] == [20, 14, 70]


def test_a_picture_is_drawn_once_for_all_processes(tmp_path: Path) -> None:
    """Whoever comes second takes what the first one drew, even while it is drawing; another version clears the folder."""
    drawn: list[str] = []
    begun, go_on = Event(), Event()

    def slow() -> bytes:
        drawn.append("slow")
        begun.set()
        go_on.wait(10)
        return b"picture"

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(pictures.kept, tmp_path, "1.1.1", "ab", slow)
        begun.wait(10)
        other = pool.submit(pictures.kept, tmp_path, "1.1.1", "ab", lambda: b"another")
        go_on.set()
        assert (one.result(), other.result(), drawn) == (b"picture", b"picture", ["slow"])
    assert pictures.kept(tmp_path, "1.1.2", "ab", lambda: b"newer") == b"newer"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["1.1.2-ab"]


def test_a_group_is_charted_by_itself_and_not_for_executives(app: Flask) -> None:
    """A lead narrows the figures to who came by bus; an executive, with whom no question's groups are shared, may not."""
    asked = {
        "kind": "choice",
        "purpose": "segment",
        "settings": {"options": ["bus", "car"]},
        "texts": {"en": {"label": "How?"}},
    }
    with database(app).write() as session:
        survey = make.survey(session, questions=(*make.QUESTIONS, asked))
        came = survey.published.questions[-1]
        for number in range(30):
            made = make.response(session, survey, day=ago(2), rating=5 if number < 12 else 1, state="heard")
            made.answers.append(Answer(question=came, options=["bus" if number < 12 else "car"]))
        session.flush()
        rollups.rebuild(session)
        people = make.person(session, "lead"), make.person(session, "executive")
        line = came.line
    lead, executive = Browser(app), Browser(app)
    for browser, person in zip((lead, executive), people, strict=True):
        browser.sign_in(person)
    shown = {}
    for key in ("", f"{line}:bus", f"{line}:car"):
        text = lead.client.get(f"/trends/rating.csv?segment={key}").get_data(as_text=True)
        rows = list(csv.reader(io.StringIO(text)))[1:]
        shown[key.rpartition(":")[2]] = tuple(sum(int(row[place]) for row in rows) for place in (1, 2))
    assert shown == {"": (30, 12), "bus": (12, 12), "car": (18, 0)}
    assert executive.client.get(f"/trends/rating.csv?segment={line}:bus").status_code == 404
    assert lead.client.get("/trends/rating.csv?segment=nonsense:bus").status_code == 404
