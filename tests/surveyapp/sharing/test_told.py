"""What customers tell colleagues: taken down by anybody, read like every comment, and left out of ratings and rates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.scope import Scope
from surveyapp.db import Database
from surveyapp.errors import Invalid, NotFound
from surveyapp.models import TOLD, Act, Comment, Mention, Person, Response, Service, Survey
from surveyapp.pipeline import wiring
from surveyapp.pipeline.hear import Hearing
from surveyapp.sharing import told
from surveyapp.trends import mentioned, ratings
from surveyapp.trends.frame import Frame
from tests.support import make
from tests.support.pages import Browser

TODAY = date(2026, 3, 10)
WISH = "Please put a bench beside the bus stop."


@pytest.fixture
def ben(unit: Session) -> Person:
    """A colleague of the branch North; there is a South, too."""
    make.organisation(unit)
    north, _south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    return make.person(unit, "colleague", name="Ben", services=[north])


def tell(session: Session, by: Person, words: str = WISH, *, key: str = "a", **fields: object) -> int | None:
    said = told.Told(**{"service_id": by.services[0].id, "day": TODAY, "words": words, "key": key} | fields)  # type: ignore[arg-type]
    return told.keep(session, Scope.of(by, session), said, by=by, today=TODAY)


def test_it_is_a_comment_of_its_own_channel(unit: Session, ben: Person) -> None:
    kept = unit.get_one(Response, tell(unit, ben))
    (comment,) = kept.comments
    assert (kept.channel, kept.state, kept.day, kept.service.name) == (TOLD, "pending", TODAY, "North")
    assert (comment.text, comment.purpose, comment.rating, comment.may_quote) == (WISH, None, None, False)
    assert kept.answers == [] and kept.contact is None and kept.code_hash is None


def test_who_was_told_is_among_the_acts_without_a_word(unit: Session, ben: Person) -> None:
    number = tell(unit, ben)
    act = unit.scalars(select(Act)).one()
    assert (act.by, act.verb, act.thing, act.thing_id) == (ben.id, "told", "response", number)
    assert WISH not in str(act.fields)


def test_all_share_one_survey_that_nobody_can_answer(unit: Session, ben: Person) -> None:
    tell(unit, ben)
    tell(unit, ben, "The lift smells of smoke.", key="b")
    survey = unit.scalars(select(Survey)).one()
    assert survey.state == "closed" and survey.links == []


def test_one_form_counts_once_also_when_erased_meanwhile(unit: Session, ben: Person) -> None:
    first = tell(unit, ben)
    assert tell(unit, ben) is None
    wiring.erase(unit, unit.get_one(Response, first))
    assert tell(unit, ben) is None
    assert unit.scalar(select(func.count()).select_from(Comment)) == 0


def test_a_card_number_is_cut_like_a_customers_own(unit: Session, ben: Person) -> None:
    kept = unit.get_one(Response, tell(unit, ben, "She read me her card, 4111 1111 1111 1111, over the counter."))
    assert "4111" not in kept.comments[0].text


def test_what_cannot_be_is_refused(unit: Session, ben: Person) -> None:
    with pytest.raises(Invalid, match="lies ahead"):
        tell(unit, ben, day=TODAY + timedelta(days=1))
    with pytest.raises(Invalid, match="Write down"):
        tell(unit, ben, " \n ")
    south = unit.scalars(select(Service).where(Service.name == "South")).one()
    with pytest.raises(NotFound):
        tell(unit, ben, service_id=south.id)
    ben.services[0].closed_at = datetime.now(UTC)
    with pytest.raises(Invalid, match="has closed"):
        tell(unit, ben)
    assert told.places(unit, Scope.of(ben, unit)) == []


def test_it_is_mentioned_but_moves_no_rating_and_no_rate(database: Database) -> None:
    """Beside a customer's own answer; what is told founds an improvement, and every figure stays the customer's alone."""
    with database.write() as session:
        make.organisation(session)
        root = make.root(session)
        ben = make.person(session, "colleague", name="Ben")
        make.response(
            session, make.survey(session, root), rating=5, suggestion="Longer opening hours, please.", day=TODAY
        )
    figures = []
    for words in ("", WISH):
        with database.write() as session:
            if words:
                tell(session, session.merge(ben), words)
        Hearing(database, holder="test").hear_all()
        with database.read() as session:
            frame = Frame(make.root(session), TODAY + timedelta(days=40), 12, "csat")
            rated = ratings.read(session, frame)
            heard = mentioned.read(session, frame)
            figures.append((rated.n, rated.good, rated.asked, heard.months, heard.comments))
            assert not rollups.differences(session)
    assert figures[0] == figures[1] and sum(figures[0][0]) == 1
    with database.read() as session:
        found = session.scalars(select(Mention).join(Mention.comment).where(Comment.text == WISH)).one()
        assert found.purpose is None and found.improvement_id is not None


def test_a_colleague_writes_it_down_and_a_lead_reads_it(app: Flask, database: Database) -> None:
    with database.write() as session:
        make.organisation(session)
        north = make.service(session, "North", make.root(session))
        ben, nora = (make.person(session, each, services=[north]) for each in ("colleague", "lead"))
    desk = Browser(app)
    desk.sign_in(ben)
    desk.get("/told")
    page = desk.submit("main form", words="", status=422)
    assert "Write down what the customer said." in page
    page = desk.submit("main form", words=WISH, day="2999-01-01", status=422)
    assert "This day lies ahead." in page
    yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    page = desk.submit("main form", words=WISH, day=yesterday)
    assert "Kept." in page and WISH not in page
    Hearing(database, holder="test").hear_all()
    lead = Browser(app)
    lead.sign_in(nora)
    page = lead.get("/comments?channel=told-to-us")
    assert page.said("blockquote") == [WISH]
    assert "North · told to a colleague" in page


def test_whoever_has_no_service_learns_whom_to_ask(app: Flask, database: Database) -> None:
    with database.write() as session:
        make.organisation(session)
        lost = make.person(session, "colleague", services=[])
    browser = Browser(app)
    browser.sign_in(lost)
    assert "Ask an administrator" in browser.get("/told")
