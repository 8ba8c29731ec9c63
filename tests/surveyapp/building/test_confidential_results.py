"""What was said in confidence is counted in steps of the smallest group: two looks never differ by one person's answer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.building import results
from tests.support import make


def seen(unit: Session, survey: object) -> tuple[int, int]:
    """How many responses and how many ratings the page shows."""
    scope = Scope.everything(unit)
    return results.counted(unit, scope, survey), results.results(unit, scope, survey)[0].answered


def test_a_confidential_survey_counts_by_tens(unit: Session) -> None:
    """Twenty-three answered: the first twenty are shown, until ten more are whole."""
    survey = make.survey(unit, confidential=True)
    for _each in range(23):
        make.response(unit, survey, rating=5)
    unit.flush()
    assert seen(unit, survey) == (20, 20)
    make.response(unit, survey, rating=1)
    unit.flush()
    assert seen(unit, survey) == (20, 20)
    for _each in range(6):
        make.response(unit, survey, rating=1)
    unit.flush()
    assert seen(unit, survey) == (30, 30)


def test_an_open_survey_counts_everybody(unit: Session) -> None:
    """Its answers are read one by one anyway."""
    survey = make.survey(unit)
    for _each in range(3):
        make.response(unit, survey, rating=5)
    unit.flush()
    assert seen(unit, survey) == (3, 3)
