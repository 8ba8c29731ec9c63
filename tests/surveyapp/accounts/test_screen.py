"""What pages say: where a duty begins, days in words, addresses from the configuration."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from surveyapp.accounts import screen
from surveyapp.db import UNDATED
from surveyapp.extensions import database
from tests.support import make
from tests.support.pages import Browser


@pytest.mark.parametrize(
    ("duties", "path"),
    [
        (("administrator", "lead"), "/admin"),
        (("builder",), "/surveys"),
        (("lead",), "/backlog/inbox"),
        (("colleague",), "/backlog"),
        (("executive",), "/trends"),
        (("executive", "lead"), "/backlog/inbox"),
        ((), "/"),
    ],
)
def test_each_duty_lands_on_its_own_page(app, unit, duties, path):
    make.organisation(unit)
    somebody = make.person(unit, *duties)
    unit.commit()
    assert Browser(app).sign_in(somebody).path == path


def test_somebody_without_a_duty_is_told_what_to_do(app, unit):
    make.organisation(unit)
    somebody = make.person(unit)
    unit.commit()
    assert "Ask an administrator" in Browser(app).sign_in(somebody)


def test_the_room_one_stands_in_is_marked(app, unit):
    make.organisation(unit)
    lead = make.person(unit, "lead")
    unit.commit()
    page = Browser(app).sign_in(lead)
    assert page.said(".rooms a[aria-current=page]") == ["Inbox"]
    assert "Admin" not in page.said(".rooms a")


def test_days_are_said_in_words_in_the_organisations_time_zone(app, unit):
    make.organisation(unit, time_zone="Pacific/Auckland")
    unit.commit()
    with app.test_request_context("/"):
        assert screen.day(date(2026, 5, 4)) == "4 May 2026"
        assert screen.day(datetime(2026, 5, 4, 20, tzinfo=UTC)) == "5 May 2026"
        assert screen.moment(datetime(2026, 5, 4, 20, 7, tzinfo=UTC)) == "5 May 2026, 08:07"
        assert screen.day(UNDATED) == screen.day(None) == "no date"
        assert screen.moment(None) == "never"


def test_addresses_for_letters_come_from_the_configuration(app):
    app.config["PUBLIC_URL"] = "https://heed.example/feedback/"
    with app.test_request_context("/", base_url="http://127.0.0.1"):
        assert screen.public_url("security.login") == "https://heed.example/feedback/login"


def test_words_are_escaped_wherever_they_stand(app, unit):
    make.organisation(unit, name="<b>Harbour</b>")
    lead = make.person(unit, "lead", name="<i>Ada</i>", email="ada@example.org")
    unit.commit()
    page = Browser(app).sign_in(lead)
    assert page.all("b, i") == [] and "<i>Ada</i>" in page


def test_many_rooms_are_folded_and_few_are_not(app: Flask) -> None:
    """Who may enter everything finds the last rooms under "More"; who has few sees them all."""
    with database(app).write() as session:
        many = make.person(session, "lead", "administrator", "builder", "executive")
        few = make.person(session, "executive")
    browser = Browser(app)
    browser.sign_in(many)
    page = browser.get("/backlog")
    assert page.said(".rooms > a") + page.said(".rooms .menu a") == page.said(".rooms a")
    assert "Admin" in page.said(".rooms .menu a")
    assert page.said(".rooms summary") == ["More"]
    assert browser.get("/admin").said(".rooms summary") == ["Admin"], "where one stands is not hidden"
    other = Browser(app)
    assert other.sign_in(few).all(".rooms summary") == []
