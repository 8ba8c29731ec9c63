"""Standards on the page of trends: the level as a line, and the months that missed it as a chart of their own."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.models import CorrectiveAction, Judgement, Measure, MonthlyFigure, Standard, StandardVersion
from surveyapp.trends import declared, registry
from surveyapp.trends.charts import Material
from surveyapp.trends.frame import Frame
from surveyapp.trends.segments import Segment
from tests.support import make

TODAY = date(2026, 11, 23)
OCTOBER = 2026 * 12 + 9


def frame(unit: Session, **fields: object) -> Frame:
    """The whole organisation over a year."""
    return Frame(make.root(unit), TODAY, 12, **fields)


def judged(unit: Session, standard: Standard, month: int, verdict: str, **fields: object) -> None:
    at = {"service": standard.service, "version": standard.latest, "n": 90, "value": 1} | fields
    unit.add(Judgement(standard=standard, month=month, verdict=verdict, **at))
    unit.flush()


def newer(unit: Session, standard: Standard, month: int, level: int) -> StandardVersion:
    made = StandardVersion(
        standard=standard, number=2, from_month=month, level=level, sentence="s", looks_like="l", not_like="n"
    )
    unit.add(made)
    unit.flush()
    return made


def test_a_level_is_a_step_where_it_changed(unit: Session) -> None:
    standard = make.standard(unit, from_month=OCTOBER - 3)
    newer(unit, standard, OCTOBER, 85_000)
    assert declared.levels(unit, frame(unit), "csat")[-6:] == [None, 0.8, 0.8, 0.8, 0.85, 0.85]
    assert declared.levels(unit, frame(unit, grain="quarter"), "csat")[-2:] == [0.8, 0.85], "by a quarter's last month"
    assert declared.named([None, 0.8, 0.85], "standard") == "standard 85 %"
    assert declared.named([None], "standard") == ""


def test_part_of_the_customers_has_no_standard(unit: Session) -> None:
    make.standard(unit)
    part = frame(unit, segment=Segment("age", "old", "Age", "Old"))
    assert set(declared.levels(unit, part, "csat")) == {None}


def test_a_branch_shows_the_level_that_it_inherits(unit: Session) -> None:
    north = make.service(unit, "North", make.root(unit))
    make.standard(unit)
    make.standard(unit, north, gauge="rating", level=4_200)
    assert declared.levels(unit, Frame(north, TODAY, 12), "csat")[-1] == 0.8
    assert declared.levels(unit, frame(unit), "rating")[-1] is None, "what a branch declares does not rise"


@pytest.mark.parametrize(("dark", "narrow"), [(False, False), (True, True)])
def test_the_rating_chart_draws_and_names_the_level(unit: Session, dark: bool, narrow: bool) -> None:
    survey = make.survey(unit)
    for month in range(1, 11):
        for rating in (5, 4, 2):
            make.response(unit, survey, rating=rating, day=date(2026, month, 5), state="heard")
    rollups.rebuild(unit)
    make.standard(unit, level=97_000)
    chart = registry.make(Material(unit, frame(unit)), "rating")
    (axes,) = chart.draw(dark, narrow).axes
    assert "standard\n97 %" in [text.get_text() for text in axes.texts]
    assert axes.get_ylim()[1] > 97, "the level is within the picture"


def test_without_a_standard_the_rating_chart_is_as_it_was(unit: Session) -> None:
    make.organisation(unit)
    chart = registry.make(Material(unit, frame(unit)), "rating")
    (axes,) = chart.draw(False, False).axes
    assert [text.get_text() for text in axes.texts] == []


def test_money_stands_against_the_level_of_its_node(unit: Session) -> None:
    income = Measure(name="Income", unit="GBP", better="more", standard=400_000_000)
    unit.add(income)
    unit.flush()
    unit.add(MonthlyFigure(measure_id=income.id, service_id=make.root(unit).id, month=OCTOBER, value=412_000_000))
    unit.flush()
    chart = registry.make(Material(unit, frame(unit)), "together")
    assert "(standard £400,000)" in chart.sentence
    make.standard(unit, gauge="figure", measure=income, level=420_000_000)
    chart = registry.make(Material(unit, frame(unit)), "together")
    assert "(standard £420,000)" in chart.sentence
    assert chart.draw(False, False).axes


def test_deviations_by_month_and_node(unit: Session) -> None:
    north = make.service(unit, "North", make.root(unit))
    whole, own = make.standard(unit), make.standard(unit, north, gauge="rating", level=4_200, sentence="You like it.")
    judged(unit, whole, OCTOBER - 1, "met")
    judged(unit, whole, OCTOBER, "met")
    judged(unit, whole, OCTOBER, "missed", service=north)
    judged(unit, own, OCTOBER - 1, "missed")
    ann = make.person(unit, "lead")
    unit.add(CorrectiveAction(standard=own, service=north, month=OCTOBER, what="w", owner=ann, due_on=TODAY))
    unit.flush()
    chart = registry.make(Material(unit, frame(unit)), "standards")
    assert chart.sentence == "In October 2026 1 of 1 standard was met and 0 missed."
    assert [tuple(map(str, row)) for row in chart.rows] == [
        ("October 2026", "North", "You leave us happy.", "no"),
        ("September 2026", "North", "You like it.", "yes"),
    ]
    assert chart.links == (f"/standards/{whole.id}", f"/standards/{own.id}")
    (axes,) = chart.draw(False, False).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "You leave us happy", "North: You leave us happy", "North: You like it",
    ]  # fmt: skip


def test_of_two_judgements_of_a_month_the_later_counts(unit: Session) -> None:
    standard = make.standard(unit)
    judged(unit, standard, OCTOBER, "missed")
    judged(unit, standard, OCTOBER, "met", number=1)
    chart = registry.make(Material(unit, frame(unit)), "standards")
    assert chart.rows == []
    assert "1 of 1 standard was met" in chart.sentence


def test_what_a_nearer_standard_replaced_is_not_shown(unit: Session) -> None:
    north = make.service(unit, "North", make.root(unit))
    whole = make.standard(unit)
    judged(unit, whole, OCTOBER, "missed", service=north)
    make.standard(unit, north, level=50_000)
    chart = registry.make(Material(unit, Frame(north, TODAY, 12)), "standards")
    assert chart.rows == []
    assert chart.sentence == "No standard of this place has been judged in this time."


def test_a_part_of_the_customers_is_told_that_it_has_no_standard(unit: Session) -> None:
    judged(unit, make.standard(unit), OCTOBER, "missed")
    part = frame(unit, segment=Segment("age", "old", "Age", "Old"))
    chart = registry.make(Material(unit, part), "standards")
    assert (chart.sentence, chart.rows) == ("Standards hold for all customers together, not for a part of them.", [])
    assert chart.draw(False, True).axes
