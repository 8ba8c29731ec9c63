"""A new level: set with a reason by who answers for the place, or proposed and answered; both levels said; taken back; audited."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.errors import Conflict, Invalid
from surveyapp.extensions import database
from surveyapp.models import Act, NewLevel, Note, Person
from surveyapp.trends import new_levels, registry
from surveyapp.trends.charts import Material
from surveyapp.trends.frame import Frame
from tests.support import make
from tests.support.pages import Browser, Page

TODAY = date.today()  # noqa: DTZ011 - the page's own today
RUNNING = TODAY.year * 12 + TODAY.month - 1
SINCE = 9
FORM = "#rating form[action*='levels'].filters"


def ago(months: int, day: int = 10) -> date:
    """A day some months before the running one."""
    month = RUNNING - months
    return date(month // 12, month % 12 + 1, day)


def rated(session: Session, *, since: int = SINCE) -> None:
    """Two years: 20 of 40 happy a month, and 34 of 40 in the last months."""
    survey = make.survey(session)
    for months in range(1, 25):
        good = (34 if months <= since else 20) + (-1, 1, 0)[months % 3]
        for number in range(40):
            make.response(session, survey, day=ago(months), rating=5 if number < good else 2, state="heard")
    rollups.rebuild(session)


@pytest.fixture
def erin(app: Flask) -> Browser:
    """An executive of a house whose ratings rose nine months ago, when a note says that it was rebuilt."""
    with database(app).write() as session:
        rated(session)
        session.add(Note(service_id=make.root(session).id, day=ago(SINCE, 3), text="Rebuilt"))
        person: Person = make.person(session, "executive", name="Erin")
    browser = Browser(app)
    browser.sign_in(person)
    return browser


def frame(session: Session, **fields: object) -> Frame:
    """The whole organisation over two years."""
    return Frame(make.root(session), TODAY, 24, **fields)


def acts(app: Flask) -> list[str]:
    """What was written down, in order."""
    with database(app).read() as session:
        return list(session.scalars(select(Act.verb).where(Act.thing == "new_level").order_by(Act.id)))


def how(page: Page) -> str:
    """ "How do we know?" of the chart of ratings."""
    return " ".join(page.said("#rating details p"))


def test_a_level_is_proposed_with_what_happened_and_accepted(app: Flask, erin: Browser) -> None:
    """Heed asks; the executive accepts; sentence and fold say both levels; the act is written down and can be undone."""
    page = erin.get("/trends")
    assert "Does a new level start in" in page.said(".proposal p")[0]
    assert "85 % since, 50 % before" in page.said(".proposal p")[0]
    assert "Rebuilt" in page.said(".proposal p")[0]
    before = erin.client.get("/trends/rating.svg").data
    page = erin.submit("#rating .proposal form", press="answer")
    assert not page.all(".proposal")
    assert "85 % since, 50 % before." in page.said("#rating h2")[0]
    assert "too few months of the new level to tell whether that is a change (9 of 12)" in page.said("#rating h2")[0]
    assert "(said by Erin on" in how(page) and "Heed had proposed it" in how(page)
    assert erin.client.get("/trends/rating.svg").data != before
    back = erin.submit(".notice.undoable form")
    assert "began in" not in back.said("#rating h2")[0]
    assert back.all(".proposal"), "asked again, since nobody has said anything"
    assert erin.client.get("/trends/rating.svg").data == before
    assert acts(app) == ["new level", "take back level"]


def test_refusing_is_remembered_and_can_be_taken_back(app: Flask, erin: Browser) -> None:
    page = erin.get("/trends")
    form = page.one("#rating .proposal form")
    month = form.select_one("[name=month]")["value"]
    page = erin.post("/trends/levels", month=month, proposed="1", reason="Only the summer", answer="refuse")
    assert not page.all(".proposal")
    assert "began in" not in page.said("#rating h2")[0]
    assert "no new level · Only the summer · Erin" in " ".join(page.said("#rating li"))
    page = erin.submit("#rating li form")
    assert page.all(".proposal")
    assert acts(app) == ["refuse level", "take back level"]


def test_a_person_sets_one_at_any_month_with_a_reason(app: Flask, erin: Browser) -> None:
    erin.get("/trends")
    page = erin.submit(FORM, month=str(RUNNING - 12), reason="A new till")
    assert "A new level began in" in page.said("#rating h2")[0]
    assert "A new till (said by Erin" in how(page)
    twice = erin.submit(FORM, month=str(RUNNING - 12), reason="Again")
    assert "A new level starts in that month already." in twice
    assert "Say why, in a few words" in erin.submit(FORM, month=str(RUNNING - 10), reason="  ")
    assert acts(app) == ["new level"]


def test_the_line_of_another_rating_and_another_place_keeps_its_level(unit: Session) -> None:
    """A level belongs to one node's ratings of one purpose; by week and by quarter it starts with the first whole one."""
    rated(unit)
    here, lead = frame(unit), make.person(unit, "lead")
    month = RUNNING - SINCE
    new_levels.start(unit, here, month, "Rebuilt", by=lead)
    branch = make.service(unit, "Branch", here.service)
    assert new_levels.standing(unit, Frame(branch, TODAY, 24)) == []
    assert new_levels.standing(unit, frame(unit, purpose="value")) == []
    held = new_levels.standing(unit, here)
    assert [here.periods[place] for place in new_levels.places(held, here)] == [month]
    for grain in ("week", "quarter"):
        cut = frame(unit, grain=grain)
        (place,) = new_levels.places(held, cut)
        assert cut.place(ago(SINCE, 1)) in {place, place - 1}
        said = registry.make(Material(unit, cut), "rating").sentence
        assert ("A new level began in" in said) == (grain == "week"), "eight quarters are too few to tell"
    assert new_levels.proposal(unit, here) is None


def test_months_that_are_not_over_and_deeds_done_twice_are_refused(unit: Session) -> None:
    rated(unit, since=0)
    here, lead = frame(unit), make.person(unit, "lead")
    assert new_levels.proposal(unit, here) is None
    for month in (RUNNING, RUNNING + 3, 0, -5):
        with pytest.raises(Invalid, match="a month that is over"):
            new_levels.start(unit, here, month, "Soon", by=lead)
    made = new_levels.start(unit, here, RUNNING - 14, "Here", by=lead)
    new_levels.take_back(unit, made, by=lead)
    with pytest.raises(Conflict):
        new_levels.take_back(unit, made, by=lead)
    assert unit.scalars(select(NewLevel)).all() == [made], "nothing is removed"


def test_a_level_from_before_the_span_says_nothing_in_it(unit: Session) -> None:
    rated(unit)
    here, lead = frame(unit), make.person(unit, "lead")
    new_levels.start(unit, here, RUNNING - 40, "Long ago", by=lead)
    chart = registry.make(Material(unit, here), "rating")
    assert "began in" not in chart.sentence
    assert "Long ago" not in " ".join(chart.how)
