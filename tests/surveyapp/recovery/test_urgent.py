"""Urgent words: a named person hears at once and without a word of it, nobody can overlook them, and they stay until released."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from surveyapp.accounts import outbox
from surveyapp.accounts.scope import Scope
from surveyapp.db import Database
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Comment, FollowUp, Letter, Organisation, Person, RecoveryRule, Response, UrgentContact
from surveyapp.pipeline import retention
from surveyapp.pipeline.clock import TASKS, tick
from surveyapp.pipeline.erase import erase
from surveyapp.recovery import acts, rules, urgent
from tests.support import make
from tests.support.postbox import postbox
from tests.surveyapp.recovery.conftest import URGENT, Arrive

CONFIG = {"PUBLIC_URL": "https://heed.example.org/"}


def letters(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        return [(each.to, each.subject) for each in session.scalars(select(Letter).order_by(Letter.id))]


def name_all(database: Database, house: dict, who: str) -> None:
    with database.write() as session:
        made = rules.read(session)
        made.urgent_to_id = house[who]
        session.merge(made)


def test_the_named_person_gets_one_letter_with_a_link_and_no_words(
    database: Database, house: dict, arrive: Arrive
) -> None:
    """Through the clock and a real mail server; a second tick sends nothing."""
    name_all(database, house, "lead")
    arrive(URGENT)
    tasks = {name: TASKS[name] for name in ("urgent", "mail")}
    with postbox() as box:
        assert tick(database, CONFIG | box.settings, holder="a", tasks=tasks) == ["urgent", "mail"]
        assert urgent.run(database, CONFIG) == {"told": 0}
    assert [each.rcpt_tos for each in box.got] == [["nora@example.org"]]
    letter = box.got[0].content.decode()
    assert "https://heed.example.org/follow-ups/1" in letter
    assert not any(word in letter for word in ("needle", "floor", "danger", "North"))


def test_what_is_not_urgent_is_nobodys_letter(database: Database, arrive: Arrive) -> None:
    arrive("", rating=1, phone="020 7946 0000")
    arrive("I am dying to come back, the cake was to die for.")
    assert urgent.run(database, CONFIG) == {"told": 0}


def test_without_a_named_person_every_administrator_hears(database: Database, arrive: Arrive) -> None:
    arrive(URGENT)
    urgent.run(database, CONFIG)
    assert letters(database) == [("abe@example.org", "Urgent: please read this now")]


def test_a_node_has_its_own_person_and_one_who_is_gone_is_passed_over(
    database: Database, house: dict, arrive: Arrive
) -> None:
    with database.write() as session:
        local = make.person(session, "lead", email="local@example.org")
        session.add(UrgentContact(service_id=house["north"], person_id=local.id))
        number = local.id
    name_all(database, house, "administrator")
    arrive(URGENT)
    urgent.run(database, CONFIG)
    assert letters(database)[-1][0] == "local@example.org"
    with database.write() as session:
        session.get_one(Person, number).active = False
    arrive(URGENT)
    urgent.run(database, CONFIG)
    assert letters(database)[-1][0] == "abe@example.org"


def test_it_stands_on_top_for_those_in_scope_until_acknowledged(
    database: Database, house: dict, arrive: Arrive
) -> None:
    arrive(URGENT)
    with database.write() as session:
        here = Scope.of(session.get_one(Person, house["lead"]), session)
        elsewhere = Scope.of(
            make.person(session, "lead", services=[make.service(session, "South", make.root(session))]), session
        )
        (found,) = urgent.waiting(here, session)
        assert urgent.waiting(elsewhere, session) == []
        with pytest.raises(Conflict, match="acknowledge it before you close"):
            acts.close(session, found, outcome="nothing to do", words="", by=house["lead"])
        with pytest.raises(Invalid, match="what you do"):
            urgent.acknowledge(session, found, "  ", by=house["lead"])
        urgent.acknowledge(session, found, "The room is shut and being cleaned.", by=house["lead"])
        assert urgent.waiting(here, session) == []
        with pytest.raises(Conflict, match="Somebody has acknowledged"):
            urgent.acknowledge(session, found, "Me too.", by=house["lead"])
        assert (found.acknowledged_by, found.acknowledgement) == (house["lead"], "The room is shut and being cleaned.")


def age(database: Database, months: int = 12) -> None:
    with database.write() as session:
        session.scalars(select(Organisation)).one().retention_months = months
        session.execute(update(Response).values(received_at=datetime.now(UTC) - timedelta(days=800)))


def test_its_words_outlast_their_term_until_released(database: Database, house: dict, arrive: Arrive) -> None:
    """An ordinary comment of the same age goes; the urgent one waits."""
    kept, _gone = arrive(URGENT), arrive("The tea was cold.")
    age(database)
    assert retention.run(database, {}) == {"erased": 1}
    with database.write() as session:
        found = session.scalars(select(FollowUp)).one()
        with pytest.raises(Conflict, match="Acknowledge it first"):
            urgent.release(session, found, by=house["lead"])
        urgent.acknowledge(session, found, "Cleaned.", by=house["lead"])
        assert session.scalars(select(Response.id)).all() == [kept]
    assert retention.run(database, {}) == {"erased": 0}
    with database.write() as session:
        urgent.release(session, session.scalars(select(FollowUp)).one(), by=house["lead"])
    assert retention.run(database, {}) == {"erased": 1}
    urgent.run(database, CONFIG)
    assert "Erased" not in str(letters(database)), "nobody waits for what was released"


def test_a_customers_own_erasure_goes_through_and_the_named_person_is_told(
    database: Database, house: dict, arrive: Arrive
) -> None:
    """No word stays: not in the follow-up, its log or its acknowledgement."""
    name_all(database, house, "lead")
    number = arrive(URGENT, email="mia@example.org")
    urgent.run(database, CONFIG)
    with database.write() as session:
        found = session.scalars(select(FollowUp)).one()
        urgent.acknowledge(session, found, "Mia told us where.", by=house["lead"])
        acts.attempt(session, found, how="phone", result="spoke", note="Mia is well.", by=house["lead"])
    with database.write() as session:
        erase(session, session.get_one(Response, number))
    with database.read() as session:
        found = session.scalars(select(FollowUp)).one()
        assert (found.response_id, found.state, found.outcome) == (None, "closed", "erased")
        assert (found.acknowledgement, [each.note for each in found.attempts]) == ("", [""])
        assert session.scalar(select(func.count()).select_from(Comment)) == 0
    assert urgent.run(database, CONFIG) == {"told": 1}
    assert urgent.run(database, CONFIG) == {"told": 0}
    assert letters(database)[-1] == ("nora@example.org", "Erased: an urgent comment")


def test_an_urgent_comment_erased_before_anybody_was_told_is_told_as_erased(database: Database, arrive: Arrive) -> None:
    number = arrive(URGENT)
    with database.write() as session:
        erase(session, session.get_one(Response, number))
        assert urgent.waiting(Scope.everything(session), session) == []
    urgent.run(database, CONFIG)
    assert letters(database) == [("abe@example.org", "Erased: an urgent comment")]


def test_mail_that_is_down_loses_nothing(database: Database, arrive: Arrive) -> None:
    arrive(URGENT)
    urgent.run(database, CONFIG)
    assert "skipped" in outbox.run(database, {"MAIL_SERVER": ""})
    with database.read() as session:
        assert session.scalars(select(Letter)).one().state == "waiting"
        assert session.get(RecoveryRule, 1) is None
