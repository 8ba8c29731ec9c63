"""Early warning: what moved beyond noise is kept once and told to whoever leads there, with the way to the comments."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from surveyapp.models import Letter, Rollup, Signal
from surveyapp.rollups import month_of
from surveyapp.trends import letters, warning
from tests.support import make

TODAY = date(2026, 3, 11)


def weeks(session: Session, service_id: int, theme_id: int, usual: int, last: int, *, over: int = 3) -> None:
    """Fifty weeks of a hundred comments of which `usual` are about a theme, then `over` weeks of `last`."""
    monday = warning.first_week(TODAY)
    rows = []
    for week in range(warning.WEEKS):
        day = monday + timedelta(weeks=week, days=2)
        n = last if week >= warning.WEEKS - over else usual + (week % 3) - 1
        place = {"service_id": service_id, "day": day, "purpose": "suggestion", "month": month_of(day)}
        rows.append({**place, "fact": "comment", "key": "neutral", "n": 100})
        if n:
            rows.append({**place, "fact": "theme", "key": f"{theme_id}:neutral", "n": n})
    session.execute(insert(Rollup), rows)


def test_a_theme_that_doubles_is_told_once(unit: Session) -> None:
    """Noticed at the branch and above it; a second look finds nothing new."""
    make.organisation(unit)
    root = make.root(unit)
    branch, theme = make.service(unit, "Quay", root), make.theme(unit, "Waiting")
    weeks(unit, branch.id, theme.id, 10, 26)
    found = warning.notice(unit, TODAY)
    assert {(each.service_id, each.series, each.direction) for each in found} == {
        (branch.id, f"theme:{theme.id}", "more"), (root.id, f"theme:{theme.id}", "more"),
    }  # fmt: skip
    assert all(each.observed > 2 * each.expected for each in found)
    assert warning.notice(unit, TODAY) == []
    assert warning.notice(unit, TODAY + timedelta(days=1)) == []
    assert unit.scalar(select(func.count()).select_from(Signal)) == 2


@pytest.mark.parametrize(("usual", "last"), [(10, 11), (10, 13), (0, 2)])
def test_noise_is_no_news(unit: Session, usual: int, last: int) -> None:
    """The usual, a little more than usual, and a handful where nothing was."""
    make.organisation(unit)
    root, theme = make.root(unit), make.theme(unit, "Waiting")
    weeks(unit, root.id, theme.id, usual or 1, last)
    assert warning.notice(unit, TODAY) == []


def test_the_nearest_leads_are_written_to_with_the_way_to_the_comments(unit: Session) -> None:
    """One letter each, no customer's words in it; the lead of another branch gets none."""
    make.organisation(unit)
    root = make.root(unit)
    quay, hill, theme = make.service(unit, "Quay", root), make.service(unit, "Hill", root), make.theme(unit, "Waiting")
    make.person(unit, "lead", name="Everywhere", email="all@example.org")
    make.person(unit, "lead", services=[quay], email="quay@example.org")
    make.person(unit, "lead", services=[hill], email="hill@example.org")
    make.person(unit, "executive", services=[quay], email="executive@example.org")
    weeks(unit, quay.id, theme.id, 10, 26)
    assert letters.tell(unit, warning.notice(unit, TODAY), "https://heed.example/") == 2
    by = {each.to: each.body for each in unit.scalars(select(Letter))}
    assert set(by) == {"all@example.org", "quay@example.org"}
    assert "Quay: “Waiting” came up more than usual" in by["quay@example.org"]
    assert f"https://heed.example/comments?service={quay.id}&since=" in by["quay@example.org"]
    assert f"theme={theme.id}" in by["quay@example.org"]


def test_a_page_shows_the_last_weeks_of_a_node_and_under_it(unit: Session) -> None:
    """Old signals, and those of another branch, are not there."""
    make.organisation(unit)
    root = make.root(unit)
    quay, hill = make.service(unit, "Quay", root), make.service(unit, "Hill", root)
    for service, week in ((quay, TODAY - timedelta(weeks=2)), (quay, TODAY - timedelta(weeks=20)), (hill, TODAY)):
        counts = {"observed": 9, "expected": 3, "comments": 50, "direction": "more"}
        unit.add(Signal(service_id=service.id, series="sentiment:negative", week=week, since=week, **counts))
    unit.flush()
    assert len(warning.recent(unit, quay, TODAY)) == 1
    assert len(warning.recent(unit, root, TODAY)) == 2
    assert "displeasure came up more than usual" in letters.sentence(warning.recent(unit, quay, TODAY)[0], quay, {})
    assert "sentiment=negative" in letters.comments(warning.recent(unit, quay, TODAY)[0])
