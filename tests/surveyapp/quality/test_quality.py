"""Check 20: who is drawn, what people find, and what is said of it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.backlog import mentions
from surveyapp.db import Database
from surveyapp.extensions import database as database_of
from surveyapp.models import Check, Comment, Finding, Mention, Response
from surveyapp.pipeline.erase import erase
from surveyapp.quality import rates, sampling, training
from tests.support import make
from tests.support.pages import Browser

MARCH = 2026 * 12 + 2
APRIL = date(2026, 4, 1)


def heard(session: Session, *kinds: str, day: date = make.DAY, **fields: Any) -> Comment:
    """A comment with one sentence of each kind; none at all is one that nobody could read."""
    text = " ".join(f"Sentence {n} is {kind}." for n, kind in enumerate(kinds)) or "Der Kaffee war kalt."
    comment = make.response(session, make.survey(session), suggestion=text, day=day, state="heard", **fields).comments[
        0
    ]
    sentences, start = [], 0
    for n, kind in enumerate(kinds):
        end = start + len(f"Sentence {n} is {kind}.")
        sentences.append({"start": start, "end": end, "kind": kind})
        start = end + 1
    body = {"sentences": sentences, "personal": []}
    session.add(Finding(comment_id=comment.id, analyser="test", label="neutral" if kinds else None, body=body))
    session.flush()
    return comment


def drawn(session: Session, said: str, verdict: str | None, *, month: int = MARCH, place: int | None = None) -> Check:
    """A sentence that was drawn, and what somebody found."""
    comment = heard(session, "other")
    where = session.scalar(select(Check.place).order_by(Check.place.desc()).limit(1))
    made = Check(
        month=month, place=(where or 0) + 1 if place is None else place, comment_id=comment.id, start=0, end=8, said=said,
        analyser="test", verdict=verdict,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


class TestDrawing:
    """The sample."""

    def test_twenty_of_everything_once_a_month(self, unit: Session) -> None:
        """Praise, nothing and unread languages too; of the month that has ended alone; and never twice."""
        make.organisation(unit)
        for kinds in (("suggestion", "praise"), ("nothing",), (), ("complaint", "other", "praise")) * 5:
            heard(unit, *kinds)
        heard(unit, "suggestion", day=date(2026, 4, 1))
        heard(unit, "suggestion", day=date(2026, 2, 28))
        assert sampling.draw(unit, APRIL) == 20
        assert sampling.draw(unit, date(2026, 4, 30)) == 0
        checks = unit.scalars(select(Check)).all()
        assert {check.month for check in checks} == {MARCH}
        assert {check.comment.day for check in checks} == {make.DAY}
        assert {check.said for check in checks} >= {"praise", "nothing"}
        assert len({(check.comment_id, check.start) for check in checks}) == 20

    def test_every_sentence_is_as_likely(self, unit: Session) -> None:
        """Not every comment: one with nine sentences has nine times the chance."""
        make.organisation(unit)
        for year in range(40):
            heard(unit, *["other"] * 9, day=date(1980 + year, 3, 10))
            heard(unit, "praise", day=date(1980 + year, 3, 10))
            sampling.draw(unit, date(1980 + year, 4, 1), size=1)
        counted = Counter(unit.scalars(select(Check.said)))
        assert 30 <= counted["other"] <= 40

    def test_a_small_month_is_drawn_whole(self, unit: Session) -> None:
        """And one without comments is empty."""
        make.organisation(unit)
        heard(unit, "suggestion", "praise")
        assert sampling.draw(unit, APRIL) == 2
        assert sampling.draw(unit, date(2026, 3, 1)) == 0

    def test_the_clock_waits_for_an_organisation(self, database: Database) -> None:
        """Before setup there is nothing to draw."""
        assert sampling.run(database, {}) == {"skipped": "not set up yet"}


class TestRates:
    """What is said."""

    def test_missed_of_what_was_asked_for_and_leaked_of_what_was_let_in(self, unit: Session) -> None:
        """12 rightly in, 3 wrongly in, 4 wrongly out, 30 rightly out, 5 not checked yet."""
        for said, verdict, n in (
            ("suggestion", "right", 9), ("complaint", "right", 3), ("suggestion", "wrong", 3), ("praise", "wrong", 3),
            ("unread", "wrong", 1), ("nothing", "right", 30), ("other", None, 5),
        ):  # fmt: skip
            for _ in range(n):
                drawn(unit, said, verdict)
        found = rates.quality(unit)
        assert (found.missed.events, found.missed.of) == (4, 16)
        assert (found.leaked.events, found.leaked.of) == (3, 15)
        assert found.checked == 49
        assert found.missed.interval == pytest.approx((0.102, 0.495), abs=0.001)  # Wilson, by hand
        assert rates.months(unit) == [rates.Month(MARCH, 54, 49, 4, 3)]

    def test_a_year_is_pooled_and_no_more(self, unit: Session) -> None:
        """What was found more than a year before the last sample is old news; a chart of the past asks until then."""
        drawn(unit, "suggestion", "right", month=MARCH - 12, place=0)
        drawn(unit, "suggestion", "right", month=MARCH - 11, place=0)
        drawn(unit, "suggestion", "wrong", month=MARCH, place=0)
        assert rates.quality(unit).leaked == rates.Rate(1, 2)
        assert rates.quality(unit, until=MARCH - 1).leaked == rates.Rate(0, 2)

    def test_too_few_is_said(self, unit: Session) -> None:
        """Nothing checked, or next to nothing."""
        assert rates.quality(unit) == rates.Quality(0, rates.Rate(0, 0), rates.Rate(0, 0))
        drawn(unit, "suggestion", "right")
        assert not rates.quality(unit).missed.known

    def test_erasing_keeps_the_rates(self, unit: Session) -> None:
        """The verdict stays, the way back to the words does not."""
        check = drawn(unit, "suggestion", "wrong")
        erase(unit, unit.get_one(Response, check.comment.response_id))
        unit.refresh(check)
        assert check.comment_id is None
        assert rates.quality(unit).leaked == rates.Rate(1, 1)


class TestPages:
    """As people use them."""

    @pytest.fixture
    def lead(self, app: Flask) -> Browser:
        """A lead of the north, with one sentence to check there and one elsewhere."""
        with database_of(app).write() as session:
            make.organisation(session)
            north, south = (make.service(session, name, make.root(session)) for name in ("North", "South"))
            for place in (north, south):
                heard(session, "suggestion", at=place)
            sampling.draw(session, APRIL)
            person = make.person(session, "lead", services=[north])
        browser = Browser(app)
        browser.sign_in(person)
        return browser

    def test_a_lead_goes_through_the_sample(self, lead: Browser) -> None:
        """Only their own; wrong is noted; the last one can be taken back."""
        page = lead.get("/quality/check")
        assert page.said("mark") == ["Sentence 0 is suggestion."]
        assert "0 of 1 checked" in page
        done = lead.submit("main form[data-keys]", press="verdict", verdict="wrong")
        assert "All checked" in done
        assert "Noted as wrong" in done
        back = lead.submit("main form[action$='/back']")
        assert "0 of 1 checked" in back

    def test_nobody_answers_for_another(self, app: Flask, lead: Browser) -> None:
        """Two leads at the same sentence: the second is told."""
        with database_of(app).write() as session:
            other = make.person(session, "administrator")
            mine = session.scalars(select(Check).join(Check.comment).order_by(Comment.service_id)).first()
            assert mine is not None
            mine.verdict, mine.by = "right", other.id
            number = mine.id
        lead.get("/quality/check")
        assert "Somebody else" in lead.post(f"/quality/check/{number}", status=409, verdict="wrong")
        assert "Somebody else" in lead.post(f"/quality/check/{number}/back", status=409)
        lead.post(f"/quality/check/{number}", status=422, verdict="maybe")

    def test_the_page_says_what_is_known(self, app: Flask, lead: Browser) -> None:
        """Nothing yet; later a figure with its range."""
        assert "below 10 we would be guessing" in lead.get("/quality")
        with database_of(app).write() as session:
            for verdict in ("right",) * 17 + ("wrong",) * 3:
                drawn(session, "suggestion", verdict)
        page = lead.get("/quality")
        assert "about 15 %" in page
        assert "3 of 20 checked; the truth lies between 5 and 36 %" in page

    def test_an_executive_reads_the_rates_and_no_words(self, app: Flask, lead: Browser) -> None:
        """The sample itself is for leads."""
        with database_of(app).write() as session:
            person = make.person(session, "executive")
        browser = Browser(app)
        browser.sign_in(person)
        assert "Check this month" not in browser.get("/quality")
        browser.get("/quality/check", status=403)

    def test_corrections_are_handed_out_to_train_with(self, app: Flask) -> None:
        """Personal data covered; what a customer denies is said as such."""
        with database_of(app).write() as session:
            make.organisation(session)
            comment = heard(session, "praise")
            finding = session.get_one(Finding, comment.id)
            finding.body = finding.body | {"personal": [{"start": 0, "end": 8, "type": "name"}]}
            person = make.person(session, "administrator")
            pipeline = app.extensions["heed_pipeline"]
            pipeline.say_kind(session, comment, 0, len(comment.text), "suggestion", by=person.id)
        browser = Browser(app)
        browser.sign_in(person)
        rows = [json.loads(line) for line in browser.client.get("/quality/training.jsonl").text.splitlines()]
        assert rows == [
            {"text": "[name] 0 is praise.", "asked": "suggestion", "language": None, "about": "kind", "value": "suggestion", "right": True, "by": "person"}
        ]  # fmt: skip


def voted(session: Session, says: str | None) -> Mention:
    """A suggestion that the machine filed, and what its customer answers."""
    comment = heard(session, "suggestion")
    made = mentions.add(session, comment, 0, len(comment.text), make.improvement(session), kind="suggestion", by=None)
    made.customer_says = says
    session.flush()
    return made


class TestCustomersVotes:
    """What customers answer to "Is that right?"."""

    def test_votes_are_counted_beside_the_sample_and_never_in_it(self, unit: Session) -> None:
        for says in ("yes", "no", None, "yes"):
            voted(unit, says)
        assert (rates.customers(unit).events, rates.customers(unit).of) == (1, 3)
        assert rates.quality(unit).checked == 0

    def test_the_page_says_what_they_are_worth(self, app: Flask) -> None:
        with database_of(app).write() as session:
            person = make.person(session, "lead")
        browser = Browser(app)
        browser.sign_in(person)
        assert "What customers say themselves" not in browser.get("/quality")
        with database_of(app).write() as session:
            for n in range(12):
                voted(session, "no" if n < 3 else "yes")
        page = browser.get("/quality")
        assert "about 25 %" in page
        assert "3 of 12" in page
        assert "no random sample" in page

    def test_they_are_training_data_as_a_customers_word(self, unit: Session) -> None:
        voted(unit, "no")
        (line,) = training.lines(unit)
        assert (line["about"], line["right"], line["by"]) == ("kind", False, "customer")
