"""Where to look next, and the charts under "More": sentences that the data bear out, and nothing of too few."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.models import Promise
from surveyapp.trends import breakdowns, missed, registry, words
from surveyapp.trends.breakdowns import Branch, enough, level
from surveyapp.trends.charts import Material
from surveyapp.trends.frame import Frame
from tests.support import make

TODAY = date(2026, 11, 23)


def frame(session: Session, **fields: object) -> Frame:
    """The whole organisation over a year."""
    return Frame(make.root(session), TODAY, 12, **fields)


@pytest.mark.parametrize("name", registry.MORE)
def test_without_data_every_chart_is_a_plain_sentence(unit: Session, name: str) -> None:
    """And can be drawn, in each look."""
    make.organisation(unit)
    chart = registry.make(Material(unit, frame(unit)), name)
    assert chart.sentence
    assert chart.blank
    for dark, narrow in ((False, False), (True, True)):
        assert chart.draw(dark, narrow).axes


@pytest.mark.parametrize(
    ("key", "said"),
    [("1-5:5", "great"), ("1-5:4", "good"), ("1-5:3", "poor"), ("1-5r:1", "great"), ("1-7:7", "great"), ("1-7:5", "good"),
     ("1-7:4", "poor"), ("0-10:9", "great"), ("0-10:7", "good"), ("0-10:6", "poor")],
)  # fmt: skip
def test_levels_of_every_scale(key: str, said: str) -> None:
    """Great, good, poor, whichever way the scale runs."""
    assert level(key) == said


def test_branches_with_too_few_are_hidden_and_cannot_be_had_by_subtracting(unit: Session) -> None:
    """One small branch hides the next smallest with it, or the whole less the rest would show it."""
    make.organisation(unit)
    root = make.root(unit)
    found = [Branch(make.service(unit, name, root), n // 2, n) for name, n in (("A", 40), ("B", 30), ("C", 4))]
    assert [each.service.name for each in enough(found, 10)] == ["A"]
    assert [each.service.name for each in enough(found[:2], 10)] == ["A", "B"]
    assert enough([], 10) == []


def test_the_branch_that_stands_out_is_named(unit: Session) -> None:
    """Nine alike and one far below."""
    survey, root = make.survey(unit), make.root(unit)
    for number in range(10):
        branch = make.service(unit, f"Desk {number}", root)
        for each in range(24):
            good = each < (4 if number == 3 else 18)
            make.response(unit, survey, at=branch, day=date(2026, 9, 5), rating=5 if good else 1, state="heard")
    rollups.rebuild(unit)
    chart = registry.make(Material(unit, frame(unit)), "branches")
    assert chart.sentence == "Compared with all 10 branches, ratings are clearly lower at Desk 3."
    assert [row[-1] for row in chart.rows if row[0] == "Desk 3"] == ["below the band"]
    assert len(breakdowns.branches(unit, frame(unit))) == 10


def test_promises_are_judged_by_the_first_date(unit: Session) -> None:
    """A date that was moved does not help."""
    make.organisation(unit)
    late = make.improvement(unit, "A ramp", state="done", in_effect_since=date(2026, 9, 20))
    kept = make.improvement(unit, "A door", state="done", in_effect_since=date(2026, 8, 29))
    for it, days in ((late, (date(2026, 9, 1), date(2026, 10, 1))), (kept, (date(2026, 9, 1),))):
        for day in days:
            unit.add(Promise(improvement_id=it.id, due_on=day, sentence="Soon."))
    unit.flush()
    chart = registry.make(Material(unit, frame(unit)), "promises")
    assert chart.sentence == "Of 2 promises that fell due, 1 kept (0 early), 1 late, 0 broken."
    assert {row[0]: row[2] for row in chart.rows} == {"A ramp": "late", "A door": "kept"}


def test_words_claim_no_more_than_there_is(unit: Session) -> None:
    """Nothing stored, too little, or another span: each says so; shares never read as none or all when they are not."""
    make.organisation(unit)
    here = frame(unit)
    assert "has not come yet" in words.waits(None, here)
    assert "up to today only" in words.where(None, frame(unit, back=1))
    few = {"mentions": 3, "shares": {name: [[0.5, 0.1, 0.9]] for name in ("done", "declined", "open")}}
    assert "Too little" in words.waits(few, here)
    assert words.where([("Pool", "leave")], here) == "No theme goes with clearly lower or higher ratings."
    assert words.per_cent(0.001) == "less than 1 %"
    assert words.per_cent(0.999) == "more than 99 %"
    assert words.some(["a", "b", "c", "d"]) == "a, b, c and 1 more"
    assert words.some(["a", "b"]) == "a and b"
    assert missed.said(unit).startswith("Not yet checked by people")
