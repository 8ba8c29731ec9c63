"""Programs hear of merges, of months that miss a standard, and of what is to be done about them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select

from surveyapp.backlog import merging
from surveyapp.db import Database, now
from surveyapp.hooks import bodies, noticing, signing
from surveyapp.models import CorrectiveAction, HookDelivery, HookEndpoint, Judgement, Standard
from surveyapp.rollups import month_of
from tests.support import make

BASE = "https://heed.example.org"


@pytest.fixture
def told(database: Database) -> Database:
    """A database with one endpoint that wants all of these, words too."""
    noticing.install(database)
    names = ["standard.missed", "standard.action", "improvement.merged", "improvement.unmerged"]
    with database.write() as session:
        make.organisation(session)
        make.root(session)
        session.add(
            HookEndpoint(name="Board", url="https://x.example/", events=names, secret=signing.new_secret(), words=True)
        )
    return database


def said(database: Database) -> list[tuple[str, dict | None]]:
    """What each delivery says now."""
    with database.read() as session:
        found = session.scalars(select(HookDelivery).order_by(HookDelivery.id)).all()
        sent = [(each.event, bodies.body(session, each, BASE)) for each in found]
    return [(event, json.loads(body)["data"] if body else None) for event, body in sent]


def judged(standard: Standard, month: int, verdict: str) -> Judgement:
    """How a month stood."""
    version = standard.versions[0]
    return Judgement(
        standard_id=standard.id, version_id=version.id, service_id=standard.service_id, month=month, verdict=verdict, n=40
    )  # fmt: skip


def test_a_month_that_missed_is_told_once_it_is_judged_and_old_ones_are_not(told: Database) -> None:
    """A met month is no news, and neither are the two years that are judged when a standard is declared."""
    last = month_of(now().date()) - 1
    with told.write() as session:
        standard = make.standard(session)
        session.add_all(
            [judged(standard, last, "missed"), judged(standard, last - 1, "met"), judged(standard, last - 20, "missed")]
        )
        number = standard.id
    ((event, data),) = said(told)
    assert event == "standard.missed"
    month = f"{last // 12}-{last % 12 + 1:02d}"
    assert (data["standard"], data["month"], data["words"]) == (number, month, "You leave us happy.")
    assert data["url"] == f"{BASE}/standards/{number}"


def test_what_is_to_be_done_is_told_until_it_is_taken_back(told: Database) -> None:
    """Who, by when, and what; nothing any more of an action that somebody took back before it left."""
    with told.write() as session:
        standard, ada = make.standard(session), make.person(session, "lead")
        action = CorrectiveAction(
            standard_id=standard.id, service_id=standard.service_id, month=2026 * 12, what="One more at the desk.",
            owner_id=ada.id, due_on=date(2026, 12, 1), by=ada.id,
        )  # fmt: skip
        session.add(action)
    ((event, data),) = said(told)
    assert (event, data["due_on"], data["words"], data["month"]) == (
        "standard.action", "2026-12-01", "One more at the desk.", "2026-01",
    )  # fmt: skip
    with told.write() as session:
        session.get_one(CorrectiveAction, data["action"]).taken_back_at = now()
    assert said(told) == [("standard.action", None)]


def test_merging_and_taking_apart_are_told(told: Database) -> None:
    """With the improvement that speaks for it now."""
    with told.write() as session:
        source, target, ada = (
            make.improvement(session, "Seats"),
            make.improvement(session, "Chairs"),
            make.person(session, "lead"),
        )
        merging.merge(session, source, target, by=ada.id)
        ids = source.id, target.id
    ((event, data),) = said(told)
    assert (event, data["improvement"], data["merged_into"]) == ("improvement.merged", *ids)
    with told.write() as session:
        merging.unmerge(session, session.merge(source), by=1)
    assert [event for event, _data in said(told)] == ["improvement.merged", "improvement.unmerged"]
