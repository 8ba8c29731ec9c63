"""The pages of winning back, as a lead, a colleague, a customer and an administrator use them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.db import Database
from surveyapp.models import Act, FollowUp, Gesture, Person, RecoveryRule, Service
from tests.support import make
from tests.support.pages import Browser
from tests.surveyapp.recovery.conftest import COMPLAINT, URGENT, Arrive

THINGS = ("follow_up", "attempt", "given")


def enter(app: Flask, database: Database, number: int) -> Browser:
    browser = Browser(app)
    with database.read() as session:
        person = session.get_one(Person, number)
    browser.sign_in(person)
    return browser


@pytest.fixture
def nora(app: Flask, database: Database, house: dict) -> Browser:
    return enter(app, database, house["lead"])


def test_nothing_to_do_teaches_when_there_will_be(nora: Browser) -> None:
    page = nora.get("/follow-ups")
    assert "Nobody to win back just now" in page
    assert "low rating or a serious complaint" in page


def test_from_due_to_closed(nora: Browser, database: Database, house: dict, arrive: Arrive) -> None:
    """Called twice, gave something, heard how it went, closed: the whole way of one customer."""
    with database.write() as session:
        session.add(Gesture(name="A free visit", most=1200, times=1))
    arrive(COMPLAINT, rating=1, phone="020 7946 0000")
    assert "serious complaint" in nora.get("/follow-ups")
    page = nora.follow("North")
    assert "020 7946 0000" in page and "call them" in page and "whose: Nora" in page
    nora.submit("/follow-ups/1/attempt", how="phone", result="no answer", note="")
    page = nora.submit("/follow-ups/1/attempt", how="phone", result="spoke", note="She wants to come back.")
    assert [each.split("· ")[1][:20] for each in page.said(".log li")] == [
        "Nora: by phone, no a",
        "Nora: by phone, spok",
    ]
    page = nora.submit("/follow-ups/1/give", cost="20", status=422)
    assert "more than may be given" in page
    nora.get("/follow-ups/1")
    assert "A free visit, £11.50" in nora.submit("/follow-ups/1/give", cost="11,50")
    assert "as often as the list allows" in nora.submit("/follow-ups/1/give", cost="1", status=422)
    nora.get("/follow-ups/1")
    assert "Partly · taken down by a colleague" in nora.submit("/follow-ups/1/verdict", verdict="partly")
    page = nora.submit("/follow-ups/1/close", outcome="won back", words="She comes on Sunday.")
    assert "Won back. She comes on Sunday." in page
    page = nora.get("/follow-ups?view=closed")
    assert "1 / 1 won back" in page and "£11.50 given" in page and "0 / 1 content" in page
    with database.read() as session:
        verbs = list(session.scalars(select(Act.verb).where(Act.thing.in_(THINGS)).order_by(Act.id)))
    assert verbs == ["attempt", "attempt", "give", "verdict", "close"]


def test_what_is_due_first_stands_first_and_overdue_is_marked(
    nora: Browser, database: Database, arrive: Arrive
) -> None:
    """Urgent and not acknowledged comes before everything."""
    late, soon, urgent = arrive(rating=1, phone="1 2345"), arrive(rating=2, phone="1 2345"), arrive(URGENT)
    with database.write() as session:
        for number, days in ((late, -1), (soon, 1), (urgent, 5)):
            found = session.scalars(select(FollowUp).where(FollowUp.response_id == number)).one()
            found.due_at = datetime.now(UTC) + timedelta(days=days)
    page = nora.get("/follow-ups")
    said = page.said("li.follow-up .facts")
    assert [text.split()[0] for text in said] == ["urgent:", "low", "low"]
    assert ["overdue" in text for text in said] == [False, True, False]
    assert "3 open, 1 overdue" in page


def test_the_banner_on_comments_and_backlog_until_acknowledged(nora: Browser, arrive: Arrive) -> None:
    arrive(URGENT)
    for path in ("/comments", "/backlog", "/follow-ups"):
        assert "danger, at North" in nora.get(path), path
    assert "danger" not in nora.get("/trends").said(".urgent")
    nora.get("/backlog")
    nora.follow("danger, at North")
    assert nora.submit("/follow-ups/1/acknowledge", doing="", status=422)
    page = nora.submit("/follow-ups/1/acknowledge", doing="The room is shut.")
    assert "Nora: The room is shut." in page
    assert nora.get("/comments").all(".urgent") == []


def test_a_colleague_sees_what_is_theirs_and_nothing_else(
    app: Flask, database: Database, house: dict, arrive: Arrive
) -> None:
    arrive(rating=1, phone="020 7946 0000")
    arrive(rating=1, phone="020 7946 1111")
    with database.write() as session:
        ben = make.person(session, "colleague", name="Ben", services=[session.get_one(Service, house["north"])])
        session.get_one(FollowUp, 2).owner_id = ben.id
        number = ben.id
    browser = enter(app, database, number)
    assert len(browser.get("/follow-ups").all("li.follow-up")) == 1
    browser.get("/follow-ups/1", status=404)
    assert "020 7946 1111" in browser.get("/follow-ups/2")
    assert "Put it in the log" in browser.page.said("button")
    assert "in the log" in browser.submit("/follow-ups/2/attempt", how="e-mail", result="message left")
    browser.post("/follow-ups/2/own", owner=number, status=403)


def test_a_lead_hands_it_to_a_colleague_of_the_service_only(
    nora: Browser, database: Database, house: dict, arrive: Arrive
) -> None:
    arrive(rating=1, phone="020 7946 0000")
    with database.write() as session:
        ben = make.person(session, "colleague", name="Ben", services=[session.get_one(Service, house["north"])])
        stranger = make.person(
            session, "colleague", name="Sam", services=[make.service(session, "South", make.root(session))]
        )
        numbers = ben.id, stranger.id
    names = nora.get("/follow-ups/1").said("select[name=owner] option")
    assert "Ben" in names and "Sam" not in names
    assert "whose: Ben" in nora.submit("/follow-ups/1/own", owner=numbers[0])
    assert nora.post("/follow-ups/1/own", owner=numbers[1], status=422)


def test_two_who_act_at_once_are_told(
    nora: Browser, app: Flask, database: Database, house: dict, arrive: Arrive
) -> None:
    """Whoever closes after somebody else has reached the customer is asked to look first; nothing is lost."""
    arrive(rating=1, phone="020 7946 0000")
    other = enter(app, database, house["administrator"])
    nora.get("/follow-ups/1")
    other.get("/follow-ups/1")
    other.submit("/follow-ups/1/own", owner=0)
    assert "while you were reading" in nora.submit("/follow-ups/1/close", outcome="not reached", status=409)
    nora.get("/follow-ups/1")
    nora.submit("/follow-ups/1/close", outcome="not reached")
    assert "while you were reading" in other.submit("/follow-ups/1/close", outcome="won back", status=409)
    other.get("/follow-ups/1")
    other.post("/follow-ups/1/attempt", how="phone", result="spoke", status=409)


def test_a_mistake_is_opened_again(nora: Browser, arrive: Arrive) -> None:
    arrive(rating=1, phone="020 7946 0000")
    nora.get("/follow-ups/1")
    nora.submit("/follow-ups/1/close", outcome="nothing to do")
    assert nora.submit("/follow-ups/1/reopen").all("form[action='/follow-ups/1/attempt']")


class TestTheCustomersVerdict:
    """The one question, where their code leads."""

    @pytest.fixture
    def code(self, app: Flask, database: Database, house: dict) -> str:
        from surveyapp.pipeline.hear import Hearing

        phone = Browser(app)
        form = phone.get(f"/s/link-{house['survey']}")
        rating, words = str(form.all("[type=radio]")[0]["name"]), str(form.all("textarea")[0]["name"])
        code = phone.submit("form[data-survey]", **{rating: "1", words: URGENT}).one("output").get_text()
        Hearing(database, holder="t").hear_all()
        return code

    def test_is_asked_once_somebody_has_tried(self, app: Flask, nora: Browser, code: str) -> None:
        phone = Browser(app)
        assert "Are you content" not in phone.get(f"/r/{code}")
        phone.post(f"/r/{code}/content", verdict="yes", status=404)
        nora.get("/follow-ups/1")
        nora.submit("/follow-ups/1/attempt", how="in person", result="spoke")
        assert "Are you content" in phone.get(f"/r/{code}")
        phone.page.one(f"form[action='/r/{code}/content']")
        page = phone.post(f"/r/{code}/content", verdict="no")
        assert "You said: No" in page
        assert "the customer's own answer" in nora.get("/follow-ups/1")

    def test_stands_against_what_a_colleague_takes_down(self, app: Flask, nora: Browser, code: str) -> None:
        nora.get("/follow-ups/1")
        nora.submit("/follow-ups/1/attempt", how="in person", result="spoke")
        phone = Browser(app)
        phone.get(f"/r/{code}")
        phone.post(f"/r/{code}/content", verdict="maybe", status=422)
        phone.post(f"/r/{code}/content", verdict="partly")
        assert "own answer stands" in nora.submit("/follow-ups/1/verdict", verdict="yes", status=409)


class TestRules:
    """The administrator's page."""

    @pytest.fixture
    def abe(self, app: Flask, database: Database, house: dict) -> Browser:
        browser = enter(app, database, house["administrator"])
        browser.get("/follow-ups/rules")
        return browser

    def test_are_set_and_kept(self, abe: Browser, database: Database, house: dict) -> None:
        page = abe.submit(
            "/follow-ups/rules", **{"points csat 1-5": "1", "points nps 0-10": "7", "opens 5": "10:00", "closes 5": "13:00"},
            holidays="2026-12-25 Christmas\n01-01", currency="€", urgent_to=str(house["administrator"]), answer_hours="8",
        )  # fmt: skip
        assert "Saved" in page
        with database.read() as session:
            kept = session.get_one(RecoveryRule, 1)
            assert (kept.worst_points["csat 1-5"], kept.worst_points["nps 0-10"], kept.answer_hours) == (1, 7, 8)
            assert kept.week["5"] == ["10:00", "13:00"] and "6" not in kept.week
            assert (kept.currency, kept.holidays) == ("€", ["2026-12-25 Christmas", "01-01"])
            assert kept.urgent_to_id == house["administrator"]

    @pytest.mark.parametrize(("field", "value", "said"), [
        ("points csat 1-5", "9", "from 0 to 4"), ("closes 0", "08:00", "ends after it begins"), ("holidays", "soon", "names no day"),
        ("recent_days", "0", "from 1 to 365"), ("urgent_hours", "x", "from 1 to 400"),
    ])  # fmt: skip
    def test_that_cannot_be_are_refused_and_the_page_keeps_them(
        self, abe: Browser, database: Database, field: str, value: str, said: str
    ) -> None:
        page = abe.submit("/follow-ups/rules", status=422, **{field: value})
        assert said in page
        assert value in page.html
        with database.read() as session:
            assert session.get(RecoveryRule, 1) is None

    def test_somebody_who_could_not_open_the_link_is_not_named(
        self, abe: Browser, database: Database, house: dict
    ) -> None:
        assert "does not see" in abe.submit("/follow-ups/rules", status=422, urgent_to=str(house["lead"]))
        abe.get("/follow-ups/rules")
        assert "North: Nora" in abe.submit(
            "/follow-ups/rules/named", service=str(house["north"]), person=str(house["lead"])
        )
        abe.submit("form[action='/follow-ups/rules/named']")
        assert "North: Nora" not in abe.page

    def test_the_list_of_what_may_be_given(self, abe: Browser) -> None:
        assert "A coffee: up to £3.50, once a customer" in abe.submit(
            "/follow-ups/rules/gestures", name="A coffee", most="3.50"
        )
        assert "on the list already" in abe.submit("/follow-ups/rules/gestures", name="A coffee", most="3.50")
        assert "Write an amount" in abe.submit("/follow-ups/rules/gestures", name="Tea", most="-1")
        assert "not offered" in abe.submit("/follow-ups/rules/gestures/1/withdraw")


def test_the_surveys_foot_says_when_comments_are_read_and_what_to_do_in_an_emergency(
    app: Flask, database: Database, house: dict
) -> None:
    with database.write() as session:
        organisation = make.organisation(session)
        organisation.read_when, organisation.in_emergency = "We read on weekdays.", "In an emergency call 112."
    page = Browser(app).get(f"/s/link-{house['survey']}")
    assert "We read on weekdays." in page and "In an emergency call 112." in page
