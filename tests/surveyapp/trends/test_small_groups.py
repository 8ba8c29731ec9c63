"""Somebody who reads no comments tries to find out what a few people answered: by subtracting places, spans, files, days and groups."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.tokens import hash_token
from surveyapp.extensions import database
from surveyapp.models import ApiToken, Person, Service
from surveyapp.rollups import Key
from surveyapp.trends import counts, guard, released
from surveyapp.trends.frame import Frame
from tests.support import make
from tests.support.pages import Browser

TODAY = date.today()  # noqa: DTZ011 - the page's own today
LEAST = 10


def ago(months: int, day: int = 10) -> date:
    """A day some months before the running one."""
    month = TODAY.year * 12 + TODAY.month - 1 - months
    return date(month // 12, month % 12 + 1, day)


def answered(
    service: Service, day: date, n: int, *, good: int = 0, purpose: str = "csat", segment: str = ""
) -> Counter[Key]:
    """The rollups of so many who answered, some of whom were happy."""
    place = (service.id, day)
    found = Counter({
        Key("response", *place, "", "web", segment): n, Key("rating", *place, purpose, "1-5:5", segment): good,
        Key("rating", *place, purpose, "1-5:1", segment): n - good,
    })  # fmt: skip
    if segment:
        line, _colon, option = segment.partition(":")
        found[Key("segment", *place, line, option)] = n
    return +found


@pytest.fixture
def places(app: Flask) -> dict[str, Service]:
    """A house with a north of three branches and a south of two; Cove and Dell are small, and in one month so is Bay."""
    with database(app).write() as session:
        make.organisation(session, minimum_group=LEAST)
        house = make.root(session)
        north, south = make.service(session, "North", house), make.service(session, "South", house)
        found = {"House": house, "North": north, "South": south}
        for name, under in (("Abbey", north), ("Bay", north), ("Cove", north), ("Dell", south), ("Elm", south)):
            found[name] = make.service(session, name, under)
        for months in range(1, 30):
            for name, n in {"Abbey": 31, "Bay": 4 if months == 5 else 23, "Cove": 3, "Dell": 2, "Elm": 40}.items():
                rollups.apply(session, answered(found[name], ago(months), n, good=0 if n < LEAST else n // 2))
        for each in found.values():
            session.refresh(each)
            session.expunge(each)
        return found


def figures(
    browser: Browser, places: dict[str, Service], kind: str = "rating"
) -> dict[tuple[Any, ...], dict[str, tuple[int, int]]]:
    """Every file that can be asked for: answers and good ones by period, by (place, span, spans back, grain)."""
    found = {}
    for name, span, back, grain in product(places, (12, 24), (0, 1), ("month", "week", "quarter")):
        address = f"/trends/{kind}.csv?service={places[name].id}&span={span}&back={back}&grain={grain}"
        answer = browser.client.get(address)
        if answer.status_code == 200:
            rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))[1:]
            found[name, span, back, grain] = {row[0]: (int(row[1]), int(row[2])) for row in rows}
    return found


def attack(files: dict[tuple[Any, ...], dict[str, tuple[int, int]]], places: dict[str, Service]) -> set[int]:
    """Subtract all that nests: the same period of a place and what lies under it, with and without its other parts, and a quarter
    less its months. Return how many people were left, wherever it was somebody."""
    left = set()
    by: dict[tuple[str, str], int] = {}
    for (name, _span, _back, grain), rows in files.items():
        for period, (n, _good) in rows.items():
            by[name, f"{'week' if grain == 'week' else ''}{period}{'q' if grain == 'quarter' else ''}"] = n
    periods = {period for _name, period in by}
    for period in periods:
        for whole, parts in (
            ("House", ("North", "South")),
            ("North", ("Abbey", "Bay", "Cove")),
            ("South", ("Dell", "Elm")),
        ):
            known = [by.get((part, period), 0) for part in parts]
            left |= {by.get((whole, period), 0) - sum(known), *known, *(by.get((whole, period), 0) - n for n in known)}
    for name, period in product(places, periods):
        if period.endswith("q"):
            start = date.fromisoformat(period[:-1])
            months = [date(start.year, start.month + more, 1).isoformat() for more in range(3)]
            if all((name, month) in by for month in months):
                left.add(by.get((name, period), 0) - sum(by[name, month] for month in months))
    return {n for n in left if n}


def signed_in(app: Flask, *duties: str) -> Browser:
    """A browser of somebody new with these duties."""
    with database(app).write() as session:
        person = make.person(session, *duties)
    browser = Browser(app)
    browser.sign_in(person)
    return browser


def test_subtracting_places_spans_and_files_leaves_nobody_alone(app: Flask, places: dict[str, Service]) -> None:
    """Cove's three and Dell's two are in no figure by themselves, nor in a whole from which the rest can be taken away."""
    files = figures(signed_in(app, "executive"), places)
    assert ("Elm", 24, 0, "month") in files
    assert ("Dell", 24, 0, "month") not in files
    assert all(n >= LEAST for n in attack(files, places))


def test_the_same_attack_finds_the_few_where_nobody_guards(
    app: Flask, places: dict[str, Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attack is no show: without the guard it has Cove, Dell and the bad month of Bay at once."""
    monkeypatch.setattr(guard, "guarded", lambda _session, frame, *, reads: frame)
    assert {2, 3, 4} <= attack(figures(signed_in(app, "executive"), places), places)


def test_who_reads_the_comments_is_not_hindered(app: Flask, places: dict[str, Service]) -> None:
    """A lead sees Cove's three by month and by week."""
    files = figures(signed_in(app, "lead"), places)
    assert 3 in {n for n, _good in files["Cove", 12, 0, "month"].values()}
    assert len(files["Cove", 12, 0, "week"]) > 50


def test_what_is_left_out_is_said(app: Flask, places: dict[str, Service]) -> None:
    """On the page and under each chart; weeks are not offered, and asked for become months."""
    page = signed_in(app, "executive").get(f"/trends?service={places['House'].id}&grain=week&more=1")
    assert "in which at least 10 people answered" in page
    assert page.said("#grain option") == ["month", "quarter"]
    assert "in which at least" not in signed_in(app, "lead").get("/trends")


def test_programs_get_the_same_figures_as_executives(app: Flask, places: dict[str, Service]) -> None:
    """The chart by API adds up to what the page's file does; by week it refuses and says why."""
    files = figures(signed_in(app, "executive"), places)
    with database(app).write() as session:
        person = make.person(session, "administrator")
        session.add(ApiToken(name="Till", hash=hash_token("heed_x"), scopes=["read"], person_id=person.id))
    key = {"Authorization": "Bearer heed_x"}
    said = app.test_client().get(f"/api/v1/chart?service={places['North'].id}", headers=key).get_json()
    assert [row[1] for row in said["rows"]] == [n for n, _good in files["North", 24, 0, "month"].values()]
    refused = app.test_client().get("/api/v1/chart?grain=week", headers=key)
    assert (refused.status_code, "by month and by quarter" in refused.get_json()["detail"]) == (403, True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 14), min_size=28, max_size=40))
def test_from_one_day_to_the_next_nobody_alone_is_added(unit: Session, daily: list[int]) -> None:
    """The running month grows by ten at least, when the month ends as well: two files of two days show nobody."""
    organisation = make.organisation(unit)
    root, start = make.service(unit), date(2026, 2, 1)
    unit.flush()
    for number, n in enumerate(daily):
        rollups.apply(unit, answered(root, start + timedelta(days=number), n))
    assert organisation.minimum_group == LEAST
    seen = []
    for number in range(len(daily) + 40):
        frame = Frame(root, start + timedelta(days=number), 12, least=LEAST)
        rated = counts.by_period(unit, frame, "rating", ["csat"]).get("1-5:1", [0] * 13)
        seen.append(sum(rated))
    steps = [after - before for before, after in pairwise(seen)]
    assert all(step == 0 or step >= LEAST for step in steps)
    february = sum(daily[:28])
    assert seen[-1] == sum(n for n in (february, sum(daily[28:])) if n >= LEAST)


def test_batches_are_of_ten() -> None:
    """Nine wait for the tenth; whole days only."""
    days = [(date(2026, 2, day), n) for day, n in ((1, 9), (2, 1), (3, 30), (5, 4), (8, 5))]
    assert released.batches(days, 10) == [date(2026, 2, 2), date(2026, 2, 3)]


@pytest.fixture
def groups(app: Flask) -> dict[str, str]:
    """A house where customers say how they came and whether they are new; forty by bus, fifteen by car, four on foot."""
    asked = [
        {
            "kind": "choice", "purpose": "segment", "texts": {"en": {"label": label}},
            "settings": {"options": options},
        }
        for label, options in (("How?", ["bus", "car", "foot"]), ("New?", ["yes", "no"]))
    ]  # fmt: skip
    with database(app).write() as session:
        survey = make.survey(session, questions=(*make.QUESTIONS, *asked))
        how, new = (each.line for each in survey.published.questions[-2:])
        root, day = make.root(session), ago(2)
        rollups.apply(session, answered(root, day, 59, good=30))
        for option, n in (("bus", 40), ("car", 15), ("foot", 4)):
            rollups.apply(session, answered(root, day, n, segment=f"{how}:{option}"))
        for option, n in (("yes", 39), ("no", 20)):
            rollups.apply(session, answered(root, day, n, segment=f"{new}:{option}"))
        return {"how": how, "new": new}


def rated(browser: Browser, segment: str) -> int | None:
    """How many answers a group's file has, None where there is none."""
    answer = browser.client.get(f"/trends/rating.csv?segment={segment}")
    if answer.status_code != 200:
        return None
    return sum(int(row[1]) for row in list(csv.reader(io.StringIO(answer.get_data(as_text=True))))[1:])


def share(app: Flask, line: str | None) -> None:
    """An administrator shares a question's groups."""
    with database(app).write() as session:
        make.organisation(session).shared_segment = line


def test_groups_are_shared_by_one_question_and_not_to_be_had_by_subtraction(app: Flask, groups: dict[str, str]) -> None:
    """Everybody less bus and car would be the four on foot: so the smaller of the two is held back as well."""
    erin = signed_in(app, "executive")
    assert rated(erin, f"{groups['how']}:bus") is None
    share(app, groups["how"])
    assert {key: rated(erin, f"{groups['how']}:{key}") for key in ("bus", "car", "foot")} == {
        "bus": 40,
        "car": None,
        "foot": None,
    }
    assert rated(erin, f"{groups['new']}:yes") is None
    assert rated(erin, "") == 59
    ada = signed_in(app, "lead")
    assert [rated(ada, f"{groups['how']}:{key}") for key in ("bus", "car", "foot")] == [40, 15, 4]


def test_the_page_offers_the_groups_that_may_be_seen(app: Flask, groups: dict[str, str]) -> None:
    """None before one is shared; a lead is offered all."""
    erin = signed_in(app, "executive")
    assert not erin.get("/trends").said("#segment option")
    share(app, groups["how"])
    assert erin.get("/trends").said("#segment option") == ["everybody", "How?: bus", "How?: car", "How?: foot"]
    assert len(signed_in(app, "lead").get("/trends").said("#segment option")) == 6


def test_a_whole_group_is_shown_where_nobody_is_left(app: Flask, groups: dict[str, str]) -> None:
    """New and not new are everybody: both are shown."""
    share(app, groups["new"])
    erin = signed_in(app, "executive")
    assert [rated(erin, f"{groups['new']}:{key}") for key in ("yes", "no")] == [39, 20]


def test_an_administrator_chooses_the_question(app: Flask, groups: dict[str, str]) -> None:
    """By name, among the questions that tell groups apart."""
    robin = signed_in(app, "administrator")
    page = robin.get("/admin/settings")
    assert page.said("#shared_segment option") == ["none", "How?", "New?"]
    robin.submit(shared_segment=groups["new"])
    with database(app).read() as session:
        assert make.organisation(session).shared_segment == groups["new"]


def test_staff_are_guarded_against_their_leads(app: Flask, places: dict[str, Service]) -> None:
    """What staff say in confidence is shown to nobody in a group of a few, by no grain; customers' ratings stay as they are."""
    with database(app).write() as session:
        for months in range(1, 15):
            for name, n in (("Abbey", 12), ("Bay", 11), ("Cove", 3)):
                rollups.apply(session, answered(places[name], ago(months), n, purpose="esat"))
    ada = signed_in(app, "lead")
    for name, grain in product(("Abbey", "Cove", "North"), ("month", "week")):
        answer = ada.client.get(f"/trends/rating.csv?purpose=esat&grain={grain}&service={places[name].id}")
        rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True))))[1:] if answer.status_code == 200 else []
        assert {int(row[1]) for row in rows} - {0} == {"Abbey": {12}, "Cove": set(), "North": {23}}[name], grain
    text = ada.client.get(f"/trends/rating.csv?service={places['Cove'].id}").get_data(as_text=True)
    assert "3" in {row[1] for row in csv.reader(io.StringIO(text))}


def test_any_confidential_survey_is_guarded(unit: Session) -> None:
    """What a survey promised in confidence is guarded by its purpose, for everybody."""
    make.survey(unit, confidential=True)
    assert guard.confidential(unit) == {"csat", "esat"}
    frame = Frame(make.root(unit), TODAY, 24)
    assert guard.guarded(unit, frame, reads=True).least == guard.minimum(unit)


def test_reading_comments_is_a_matter_of_duty(unit: Session) -> None:
    """Leads and administrators read them; executives, builders and colleagues do not."""
    make.organisation(unit)
    people: list[Person] = [
        make.person(unit, duty) for duty in ("lead", "administrator", "executive", "builder", "colleague")
    ]
    assert [guard.reads_comments(each) for each in people] == [True, True, False, False, False]
