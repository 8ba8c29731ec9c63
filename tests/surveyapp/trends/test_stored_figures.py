"""What the clock computes ahead: how soon things were answered, what moves the rating, and only when a closed month changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import mentions, outcomes
from surveyapp.db import Database
from surveyapp.models import Comment, Computed, Finding, Improvement, Survey
from surveyapp.trends import computing, movers, waits
from surveyapp.trends.waits import DECLINED, DONE, OPEN, Raised
from tests.support import make

TODAY = date.today()  # noqa: DTZ011 - the clock's own today
AS_OF = date(2026, 11, 1)


def ago(months: int, day: int = 10) -> date:
    """A day some months before the running one."""
    month = TODAY.year * 12 + TODAY.month - 1 - months
    return date(month // 12, month % 12 + 1, day)


def asks(session: Session, survey: Survey, it: Improvement, day: date) -> Comment:
    """A heard response that asks for an improvement."""
    comment = make.response(session, survey, day=day, rating=2, suggestion="More chairs.", state="heard").comments[0]
    mentions.add(session, comment, 0, 12, it, kind="suggestion", by=None)
    return comment


def test_done_declined_and_open_add_up_to_all() -> None:
    """Ten of each fate, all waited long enough: thirds, and the three make one at every horizon."""
    day = date(2026, 1, 1)
    rows = [Raised(1, number, day, 1, DONE, day + timedelta(days=20)) for number in range(10)]
    rows += [Raised(1, 10 + number, day, 1, DECLINED, day + timedelta(days=70)) for number in range(10)]
    rows += [Raised(1, 20 + number, day, 1, OPEN, None) for number in range(10)]
    body = waits.compute(rows, AS_OF)
    shares = body["shares"]
    assert [row[0] for row in shares["done"]] == pytest.approx([1 / 3] * 4, abs=1e-5)
    assert [row[0] for row in shares["declined"]] == pytest.approx([0, 0, 1 / 3, 1 / 3], abs=1e-5)
    for place in range(4):
        assert sum(shares[name][place][0] for name in waits.NAMES) == pytest.approx(1, abs=1e-5)
        assert all(shares[name][place][1] <= shares[name][place][0] <= shares[name][place][2] for name in waits.NAMES)
    assert body["mentions"] == body["improvements"] == 30


def test_a_month_is_counted_at_a_horizon_that_it_has_waited_for() -> None:
    """What was said in September has waited 30 days by November, but not 60."""
    rows = [Raised(1, 1, date(2026, 9, 3), 4, DONE, date(2026, 9, 20)), Raised(1, 2, date(2026, 9, 4), 2, OPEN, None)]
    (counts,) = waits.by_month(rows, AS_OF).values()
    assert counts == [[4, 0, 2], None, None, None]


def test_asked_again_after_it_was_done_is_open(unit: Session) -> None:
    """The mention before is answered; that on the day it took effect, and later, still waits. Merged ones follow their root."""
    survey, chairs, stools = make.survey(unit), make.improvement(unit, "Chairs"), make.improvement(unit, "Stools")
    lead = make.person(unit, "lead")
    for day in (ago(6), ago(4, 1), ago(3)):
        asks(unit, survey, chairs, day)
    asks(unit, survey, stools, ago(5))
    stools.merged_into_id = chairs.id
    outcomes.done(unit, chairs, what="Bought.", since=ago(4, 1), by=lead.id)
    unit.flush()
    rollups.rebuild(unit)
    found = waits.read(unit, 0, TODAY.replace(day=1))
    assert {(each.day, each.outcome) for each in found} == {
        (ago(6), DONE), (ago(5), DONE), (ago(4, 1), OPEN), (ago(3), OPEN),
    }  # fmt: skip
    assert {each.improvement_id for each in found} == {chairs.id}


def test_a_theme_that_goes_with_low_ratings_is_to_be_fixed_first() -> None:
    """Waiting comes up often and lowers; parking often and changes nothing; a theme nobody mentions is not judged."""
    rated = [
        movers.Rated(1 + number % 2, 24_000 + number % 5, 25 + number % 7 if number % 3 == 0 else 75 + number % 7,
                     frozenset({1} if number % 3 == 0 else {2} if number % 3 == 1 else set()))
        for number in range(300)
    ]  # fmt: skip
    body = movers.compute(rated, {1: "Waiting", 2: "Parking", 3: "Food"})
    waiting, parking, food = body["themes"]
    assert (waiting["field"], waiting["mentions"]) == ("fix first", 100)
    assert waiting["difference"] < -30
    assert parking["field"] == "leave"
    assert (food["field"], food["difference"]) == ("too few to tell", None)


def test_only_what_changed_is_computed_again(database: Database) -> None:
    """Once for everything; nothing again for nothing; again where a closed month changed, and not for the running one."""
    with database.write() as session:
        survey, chairs = make.survey(session), make.improvement(session)
        theme = make.theme(session, "Seats", "chair")
        for months in range(1, 5):
            comment = asks(session, survey, chairs, ago(months))
            comment.rating = 25
            session.add(Finding(comment_id=comment.id, analyser="test", label="negative", themes=[theme]))
        session.flush()
        rollups.rebuild(session)
    first = computing.compute(database)
    assert first > 0
    assert computing.compute(database) == 0
    with database.read() as session:
        body = session.get_one(Computed, (computing.ANSWERED, 1, 24)).body
        assert body["mentions"] == 4
        assert session.get_one(Computed, (computing.DRIVERS, 1, 24)).body["rated"] == 4
    with database.write() as session:
        asks(session, session.get_one(Survey, survey.id), session.get_one(Improvement, chairs.id), TODAY)
        rollups.rebuild(session)
    assert computing.compute(database) == 0
    with database.write() as session:
        asks(session, session.get_one(Survey, survey.id), session.get_one(Improvement, chairs.id), ago(2))
        rollups.rebuild(session)
    assert computing.run(database, {}) == {"computed": first, "unsorted": 0}
    with database.read() as session:
        assert session.get_one(Computed, (computing.ANSWERED, 1, 24)).body["mentions"] == 5
