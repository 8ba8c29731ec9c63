"""What the leads of the story do beside its plot."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.backlog import mentions
from surveyapp.demo import deeds
from surveyapp.models import Improvement
from tests.support import make

TODAY = date(2026, 11, 23)


def wished(session: Session, title: str, *ago: int) -> Improvement:
    """An improvement that was asked for so many days ago, once each."""
    it, survey = make.improvement(session, title), make.survey(session)
    for days in ago:
        comment = make.response(
            session, survey, day=TODAY - timedelta(days=days), suggestion="More chairs.", state="heard"
        ).comments[0]
        mentions.add(session, comment, 0, 12, it, kind="suggestion", by=None)
    session.flush()
    return it


def test_something_small_is_done_that_three_had_asked_for(unit: Session) -> None:
    """Not what more or fewer asked for, not what is new, not what the plot has plans for."""
    house: Any = SimpleNamespace(lead=make.person(unit, "lead"))
    wished(unit, "Four", 500, 450, 30, 20)
    wished(unit, "New", 90, 40, 20)
    planned = wished(unit, "Planned", 500, 450, 20)
    assert deeds.small_change(unit, [planned], house, TODAY) is None
    small = wished(unit, "Small", 500, 450, 20)
    assert deeds.small_change(unit, [planned], house, TODAY) is small
    assert (small.state, small.in_effect_since) == ("done", TODAY - timedelta(days=deeds.SMALL_SINCE))
    assert [each.words for each in small.outcomes] == ["Small."]
