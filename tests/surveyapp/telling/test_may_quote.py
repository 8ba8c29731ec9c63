"""The tick by which a customer lets us quote them: asked where a survey says so, off by itself, kept with the words."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.answering import identity
from surveyapp.models import Comment
from surveyapp.questions import Quotable
from tests.support import make
from tests.support.pages import Browser


def asking(settings: dict[str, object]) -> tuple[dict[str, object], ...]:
    return (*make.QUESTIONS[:2], {**make.QUESTIONS[2], "settings": settings})


def test_a_survey_does_not_ask_by_itself(app: Flask, unit: Session) -> None:
    survey = make.survey(unit)
    unit.commit()
    assert Browser(app).get(f"/s/link-{survey.id}").all("[type=checkbox]") == []


@pytest.mark.parametrize("ticked", [True, False])
def test_the_tick_is_kept_with_the_words(app: Flask, unit: Session, ticked: bool) -> None:
    survey = make.survey(unit, questions=asking({"may_quote": True}))
    unit.commit()
    phone = Browser(app)
    page = phone.get(f"/s/link-{survey.id}")
    box = page.one("[type=checkbox]")["name"]
    words = box.removesuffix("-quote")
    phone.submit(**{words: "More chairs, please."} | ({box: "yes"} if ticked else {}))
    assert phone.page.title == "Thank you"
    comment = unit.scalars(select(Comment)).one()
    assert (comment.text, comment.may_quote) == ("More chairs, please.", ticked)


def test_a_tick_that_was_not_asked_for_counts_for_nothing(app: Flask, unit: Session) -> None:
    survey = make.survey(unit)
    unit.commit()
    phone = Browser(app)
    page = phone.get(f"/s/link-{survey.id}")
    name = page.all("textarea")[-1]["name"]
    ticket = page.one("[name=ticket]")["value"]
    phone.post(f"/s/link-{survey.id}", ticket=ticket, **{name: "More chairs.", f"{name}-quote": "yes"})
    assert unit.scalars(select(Comment)).one().may_quote is False


def test_the_same_words_with_the_tick_are_another_answer() -> None:
    assert identity.digest({1: "More chairs."}) != identity.digest({1: Quotable("More chairs.")})
