"""A closed month never changes silently."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.models import ImportRun, LateChange
from surveyapp.pipeline.erase import erase
from surveyapp.rollups import month_of
from surveyapp.trends import closing
from surveyapp.trends.frame import Frame
from tests.support import make

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("month", "day"), [("2026-11", 2), ("2026-08", 3), ("2026-10", 1), ("2026-03", 2), ("2027-05", 3)]
)
def test_the_first_working_day(month: str, day: int) -> None:
    """Neither a Saturday nor a Sunday."""
    found = closing.first_working_day(month_of(date.fromisoformat(f"{month}-01")))
    assert (found.isoformat()[:7], found.day) == (month, day)


def test_a_month_is_closed_on_the_first_working_day_after_it() -> None:
    """1 November 2026 is a Sunday: on that day September is the last closed month, on the Monday October is."""
    assert closing.last_closed(date(2026, 11, 1)) == 2026 * 12 + 8
    assert closing.last_closed(date(2026, 11, 2)) == 2026 * 12 + 9


def test_what_comes_late_is_written_down(unit: Session) -> None:
    """Nothing at the first look or without a change; then month, figure, before, after and why, for the node as a whole."""
    survey = make.survey(unit)
    for _each in range(3):
        make.response(unit, survey, day=date(2026, 9, 5), rating=5, state="heard")
    rollups.rebuild(unit)
    assert closing.look(unit, TODAY, since=None) == []
    assert closing.look(unit, TODAY, since=None) == []
    late = make.response(unit, survey, day=date(2026, 9, 6), rating=1, state="heard")
    unit.add(ImportRun(source="s", file_name="september.csv", at=datetime(2026, 11, 20, tzinfo=UTC)))
    make.response(unit, survey, day=date(2026, 11, 6), rating=1, state="heard")
    rollups.rebuild(unit)
    found = closing.look(unit, TODAY, since=datetime(2026, 11, 19, tzinfo=UTC))
    assert {(each.figure, each.before, each.after) for each in found} == {("responses", 3, 4), ("ratings", 3, 4)}
    (month,) = {each.month for each in found}
    assert month == 2026 * 12 + 8
    shown = closing.changes(unit, Frame(make.root(unit), TODAY, 12))
    assert {(each.figure, each.before, each.after, each.why) for each in shown} == {
        ("responses", 3, 4, "an import of september.csv"), ("ratings", 3, 4, "an import of september.csv"),
    }  # fmt: skip
    erase(unit, late)
    assert closing.look(unit, TODAY, since=None) == [], "erasing words changes no total"
    assert len(unit.scalars(select(LateChange)).all()) == 2


def test_a_month_that_had_nothing_and_now_has_is_a_change(unit: Session) -> None:
    """An import of an older year is late, too."""
    survey = make.survey(unit)
    make.response(unit, survey, day=date(2026, 10, 5), state="heard")
    rollups.rebuild(unit)
    closing.look(unit, TODAY, since=None)
    make.response(unit, survey, day=date(2025, 2, 5), state="heard")
    rollups.rebuild(unit)
    assert {(each.month, each.before) for each in closing.look(unit, TODAY, since=None)} == {(2025 * 12 + 1, 0)}
