"""The weekly digest: once a week, to leads who want it, about their own services, and one click ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.backlog import outcomes
from surveyapp.backlog.days import beginning
from surveyapp.db import Database, now
from surveyapp.extensions import database
from surveyapp.models import (
    Digest,
    DigestWish,
    Letter,
    LetterQuote,
    Person,
    Promise,
    Service,
    Team,
    team_person,
    team_theme,
)
from surveyapp.pipeline.erase import erase
from surveyapp.pipeline.hear import Hearing
from surveyapp.sharing import digests, weekly
from tests.support import make
from tests.support.pages import Browser

BASE, KEY = "https://heed.example.org", "a key"
PRAISE = "The staff were wonderful and so kind to my mother."


@pytest.fixture
def today() -> date:
    """A Wednesday, so that last week is over."""
    return weekly.monday(now().date()) + timedelta(days=2)


@pytest.fixture
def heard(database: Database, today: date) -> Database:
    """Two branches; last week somebody in the north asked for chairs and somebody praised, and in the south for a ramp."""
    last = today - timedelta(days=5)
    with database.write() as session:
        north, south = (make.service(session, name, make.root(session)) for name in ("North", "South"))
        theme = make.theme(session, "Waiting room", "chairs")
        survey = make.survey(session)
        make.response(session, survey, at=north, suggestion="Please put more chairs in the waiting room.", day=last)
        make.response(session, survey, at=north, experience=PRAISE, day=last)
        make.response(session, survey, at=south, suggestion="Please add a ramp at the door.", day=last)
        make.response(session, survey, at=north, suggestion="Please open earlier.", day=last - timedelta(days=30))
        ada = make.person(session, "lead", name="Ada", email="ada@example.org", services=[north])
        make.person(session, "executive", name="Erin")
        team = Team(name="Front of house")
        session.add(team)
        session.flush()
        session.execute(team_person.insert().values(team_id=team.id, person_id=ada.id))
        session.execute(team_theme.insert().values(team_id=team.id, theme_id=theme.id))
    Hearing(database, holder="test").hear_all()
    return database


def letters(session: Session) -> list[Letter]:
    """The letters there are."""
    return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_a_lead_hears_of_their_own_week(heard: Database, today: date, app: Flask) -> None:
    """One new comment, the theme of her team, the praise; nothing of the south, nothing of last month, nothing to executives."""
    with app.app_context(), heard.write() as session:
        assert digests.write(session, BASE, KEY, today) == 1
        (letter,) = letters(session)
    assert letter.to == "ada@example.org"
    assert f"1 new comment asks for something: {BASE}/backlog/inbox" in letter.body
    assert "1 comment on Waiting room" in letter.body
    assert PRAISE in letter.body
    assert "ramp" not in letter.body
    assert letter.unsubscribe.startswith(f"{BASE}/digest/stop/")


def test_no_week_is_told_twice(heard: Database, today: date, app: Flask) -> None:
    """The clock comes by every few hours; the next week is another letter."""
    with app.app_context(), heard.write() as session:
        assert [digests.write(session, BASE, KEY, today + timedelta(days=n)) for n in (0, 1, 4)] == [1, 0, 0]
        assert digests.write(session, BASE, KEY, today + timedelta(days=7)) == 0, (
            "a week in which nothing was is no letter"
        )
        assert len(session.scalars(select(Digest)).all()) == 2


def test_promises_and_what_was_done(heard: Database, today: date, app: Flask) -> None:
    """What is due, what broke last week, what was done last week; each with the place to act."""
    last = today - timedelta(days=5)
    with app.app_context(), heard.write() as session:
        ada = session.scalars(select(Person).where(Person.name == "Ada")).one()
        north = ada.services[0]
        for title, due in (
            ("A ramp", today + timedelta(days=5)),
            ("A lift", last),
            ("A bench", last - timedelta(days=60)),
        ):
            made = make.improvement(session, title, service=north)
            made.promises.append(Promise(due_on=due, sentence=title, by=ada.id))
        done = make.improvement(session, "A clock", service=north)
        outcomes.done(session, done, what="It hangs there.", by=ada.id, since=last)
        done.outcomes[-1].at = now() - timedelta(days=5 + (now().date() - today).days)
        session.flush()
        digests.write(session, BASE, KEY, today)
        (letter,) = letters(session)
    before, _colon, after = letter.body.partition("Due within a fortnight:")
    assert "- A lift:" in before
    assert "A bench" not in letter.body
    assert "- A ramp:" in after


def test_one_click_ends_it_and_a_look_does_not(app: Flask, heard: Database, today: date) -> None:
    """GET shows a button, for programs that open every link; POST, as mail programs send it, needs no sign-in."""
    with app.app_context(), heard.write() as session:
        digests.write(session, "http://localhost", str(app.config["SECRET_KEY"]), today)
        (letter,) = letters(session)
    path = letter.unsubscribe.removeprefix("http://localhost")
    browser = Browser(app)
    assert "Send me no more digests" in browser.get(path)
    with heard.read() as session:
        assert session.scalars(select(DigestWish)).all() == []
    assert app.test_client().post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with app.app_context(), heard.write() as session:
        assert not session.scalars(select(DigestWish)).one().wanted
        assert digests.write(session, BASE, KEY, today + timedelta(days=7)) == 0
    assert "not complete" in browser.get(f"{path}x", status=404)


def test_the_page_shows_it_and_keeps_the_wish(app: Flask, heard: Database) -> None:
    """What the letter says stands on the page; unticking is enough."""
    with database(app).read() as session:
        ada = session.scalars(select(Person).where(Person.name == "Ada")).one()
    browser = Browser(app)
    browser.sign_in(ada)
    browser.get("/digest")
    assert "Saved." in browser.submit("main form.card", wanted=None)
    assert browser.page is not None
    assert not browser.page.all("input[name=wanted][checked]")


def test_erasing_takes_praise_out_of_the_digest(heard: Database, today: date, app: Flask) -> None:
    """Sent or not: the customer's words go."""
    with app.app_context(), heard.write() as session:
        digests.write(session, BASE, KEY, today)
        session.flush()
        quote = session.scalars(select(LetterQuote)).one()
        from surveyapp.models import Comment

        erase(session, session.get_one(Comment, quote.comment_id).response)
        (letter,) = letters(session)
        assert PRAISE not in letter.body
        assert "(erased by the customer)" in letter.body


def test_a_day_begins_where_the_organisation_is(unit: Session) -> None:
    """Done at one in the morning on Monday in Auckland is this week's, though it is Sunday in Greenwich."""
    make.organisation(unit, time_zone="Pacific/Auckland")
    monday = date(2026, 6, 1)
    assert beginning(unit, monday).isoformat() == "2026-05-31T12:00:00+00:00"
    done = make.improvement(unit, "A clock")
    outcomes.done(unit, done, what="It hangs there.", by=None, since=date(2026, 5, 1))
    done.outcomes[-1].at = datetime(2026, 5, 31, 13, tzinfo=UTC)
    unit.flush()
    lead = make.person(unit, "lead")
    weeks = [weekly.of(unit, lead, start, monday) for start in (monday - timedelta(days=7), monday)]
    assert [len(each.done) for each in weeks] == [0, 1]


def test_a_colleague_hears_of_what_was_handed_to_them(heard: Database, today: date, app: Flask) -> None:
    """What is due, with the best praise; never how many comments came in, which they do not read. In a week without, no letter."""
    with heard.write() as session:
        north = session.scalars(select(Service).where(Service.name == "North")).one()
        ben = make.person(session, "colleague", name="Ben", email="ben@example.org", services=[north])
        make.person(session, "colleague", name="Cara", email="cara@example.org", services=[north])
        chairs = make.improvement(session, "More chairs", handed_to_id=ben.id)
        due = today + timedelta(days=5)
        session.add(Promise(improvement_id=chairs.id, due_on=due, reason="", sentence="Chairs.", by=ben.id))
    with heard.write() as session, app.test_request_context():
        digests.write(session, BASE, KEY, today)
    with heard.read() as session:
        found = {each.to: each.body for each in letters(session)}
    assert "More chairs" in found["ben@example.org"]
    assert PRAISE in found["ben@example.org"]
    assert "new comment" not in found["ben@example.org"]
    assert "because things were handed to you" in found["ben@example.org"]
    assert "cara@example.org" not in found
