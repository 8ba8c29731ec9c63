"""Which responses are followed up, whose they are, by when they are due; and that hearing twice opens none twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from surveyapp.db import UNDATED, Database
from surveyapp.models import Finding, FollowUp, Person, RecoveryRule, Response, Survey, Team
from surveyapp.pipeline.again import Again
from surveyapp.pipeline.hear import Hearing
from surveyapp.recovery import rules
from tests.support import make
from tests.surveyapp.recovery.conftest import COMPLAINT, URGENT, Arrive


def follow_up(database: Database, response_id: int) -> FollowUp | None:
    with database.read() as session:
        return session.scalars(select(FollowUp).where(FollowUp.response_id == response_id)).first()


def rule(database: Database, **changes: object) -> None:
    with database.write() as session:
        made = rules.read(session)
        for name, value in changes.items():
            setattr(made, name, value)
        session.merge(made)


@pytest.mark.parametrize(("words_and_rating", "reach", "cause"), [
    (("", 1), {"phone": "020 7946 0000"}, "rating"),
    (("", 2), {"email": "mia@example.org"}, "rating"),
    ((COMPLAINT, 4), {"email": "mia@example.org"}, "complaint"),
    ((COMPLAINT, 1), {"email": "mia@example.org"}, "complaint"),
    ((URGENT, 5), {}, "urgent"),
    (("", 3), {"phone": "020 7946 0000"}, None),
    (("Thank you, lovely staff.", 5), {"phone": "020 7946 0000"}, None),
    (("Please open earlier.", 4), {"phone": "020 7946 0000"}, None),
    ((COMPLAINT, 1), {}, None),
])  # fmt: skip
def test_what_is_followed_up(
    database: Database, arrive: Arrive, words_and_rating: tuple[str, int], reach: dict, cause: str | None
) -> None:
    """Low ratings and serious complaints of somebody who can be reached; urgent words always."""
    words, rating = words_and_rating
    found = follow_up(database, arrive(words, rating=rating, **reach))
    assert (found.cause if found else None) == cause
    if found and reach:
        assert found.channel == ("phone" if "phone" in reach else "e-mail")


def test_the_rules_decide(database: Database, arrive: Arrive) -> None:
    """Thresholds, complaints, and those whom nobody can reach."""
    rule(database, worst_points={"csat 1-5": 1}, complaints=False, without_contact=True)
    assert follow_up(database, arrive(rating=2)) is None
    assert follow_up(database, arrive(rating=1)) is not None
    assert follow_up(database, arrive(COMPLAINT, rating=4)) is None


@pytest.mark.parametrize(
    ("channel", "day"), [("import", date(2024, 5, 6)), ("web", date(2024, 5, 6)), ("import", UNDATED)]
)
def test_an_import_of_old_files_opens_none(database: Database, arrive: Arrive, channel: str, day: date) -> None:
    """What is older than the setting, or has no day, is history: also what is urgent in it."""
    assert follow_up(database, arrive(URGENT, rating=1, email="mia@example.org", channel=channel, day=day)) is None


def test_a_recent_import_opens_some_and_the_setting_says_how_recent(database: Database, arrive: Arrive) -> None:
    last_week = datetime.now(UTC).date() - timedelta(days=8)
    assert follow_up(database, arrive(rating=1, email="mia@example.org", channel="import", day=last_week))
    rule(database, recent_days=3)
    assert follow_up(database, arrive(rating=1, email="mia@example.org", channel="import", day=last_week)) is None


def test_a_confidential_survey_opens_none_but_for_urgent_words(database: Database, house: dict, arrive: Arrive) -> None:
    with database.write() as session:
        session.get_one(Survey, house["survey"]).confidential = True
    assert follow_up(database, arrive(COMPLAINT, rating=1, email="mia@example.org")) is None
    assert follow_up(database, arrive(URGENT)) is not None


def test_hearing_and_analysing_again_open_none_twice(database: Database, arrive: Arrive) -> None:
    """Retries, a new analyser, both: one follow-up, with what people did to it."""
    number = arrive(URGENT, rating=1, email="mia@example.org")
    with database.write() as session:
        session.execute(update(FollowUp).values(owner_id=None, state="closed", outcome="won back"))
        session.execute(update(Response).values(state="pending"))
        for comment in session.get_one(Response, number).comments:
            session.delete(session.get_one(Finding, comment.id))
    Hearing(database, holder="again").hear_all()
    Again(database).all()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(FollowUp)) == 1
        assert session.scalars(select(FollowUp)).one().outcome == "won back"


def test_urgent_words_that_a_later_analysis_sees_are_added(database: Database, arrive: Arrive) -> None:
    number = arrive(URGENT, rating=1, email="mia@example.org")
    with database.write() as session:
        session.execute(update(FollowUp).values(cause="rating", urgent=[], urgent_at=None))
    Again(database).all()
    found = follow_up(database, number)
    assert (found.cause, found.urgent, found.waits) == ("urgent", ["danger"], True)


def test_killed_before_the_store_nothing_is_open(database: Database, house: dict) -> None:
    """The follow-up belongs to the transaction that stores the finding."""

    class Killed(Exception):
        pass

    def die() -> None:
        raise Killed

    with database.write() as session:
        make.response(
            session, session.get_one(Survey, house["survey"]), experience=URGENT, day=datetime.now(UTC).date()
        )
    with pytest.raises(Killed):
        Hearing(database, holder="a", lease=-1, between=die).hear_batch()
    with database.read() as session:
        assert session.scalars(select(FollowUp)).all() == []
    Hearing(database, holder="b").hear_all()
    with database.read() as session:
        assert len(session.scalars(select(FollowUp)).all()) == 1


class TestOwners:
    """The nearest lead, or the one whose team the theme is; else nobody."""

    def test_the_lead_of_the_branch(self, database: Database, house: dict, arrive: Arrive) -> None:
        assert follow_up(database, arrive(rating=1, phone="020 7946 0000")).owner_id == house["lead"]

    def test_two_leads_of_one_branch_leave_it_to_nobody(self, database: Database, house: dict, arrive: Arrive) -> None:
        with database.write() as session:
            make.person(session, "lead", services=[session.get_one(make.Service, house["north"])])
        assert follow_up(database, arrive(rating=1, phone="020 7946 0000")).owner_id is None

    def test_unless_the_theme_is_one_lead_s_teams(self, database: Database, house: dict, arrive: Arrive) -> None:
        with database.write() as session:
            queues = make.theme(session, "Waiting", "queue", "wait")
            other = make.person(session, "lead", services=[session.get_one(make.Service, house["north"])])
            session.add(Team(name="Front desk", people=[other], themes=[queues]))
            number = other.id
        assert follow_up(database, arrive(COMPLAINT, phone="020 7946 0000")).owner_id == number

    def test_a_lead_who_has_gone_owns_nothing_new(self, database: Database, house: dict, arrive: Arrive) -> None:
        with database.write() as session:
            session.get_one(Person, house["lead"]).active = False
        assert follow_up(database, arrive(rating=1, phone="020 7946 0000")).owner_id is None


def test_it_is_due_after_working_hours_sooner_when_urgent(database: Database, arrive: Arrive) -> None:
    every_hour = {str(day): ["00:00", "23:59"] for day in range(7)}
    with database.write() as session:
        session.add(RecoveryRule(id=1, week=every_hour, worst_points={"csat 1-5": 2}, answer_hours=10, urgent_hours=1))
    plain, urgent = follow_up(database, arrive(rating=1, phone="020 7946 0000")), follow_up(database, arrive(URGENT))
    assert timedelta(hours=10) <= plain.due_at - plain.opened_at <= timedelta(hours=10, minutes=2)
    assert timedelta(hours=1) <= urgent.due_at - urgent.opened_at <= timedelta(hours=1, minutes=2)
