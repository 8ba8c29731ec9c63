"""Publishing: what a change of wording, scale or use means for a chart's line."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.building import draft, publishing, surveys
from surveyapp.building.parts import as_typed, understood
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Note, Question, Survey
from tests.support import make


@pytest.fixture
def survey(unit: Session) -> Survey:
    """A published survey from the template, with a draft begun on it."""
    made = surveys.create(unit, title="Visit", service=make.root(unit), template="service and value")
    publishing.publish(unit, made)
    draft.begin(unit, made)
    return made


def rating(survey: Survey) -> tuple[Question, Question]:
    """The first question as published, and in the draft."""
    assert survey.published and survey.draft
    return survey.published.questions[0], survey.draft.questions[0]


def typed(question: Question, **fields: object) -> None:
    """Change a question as its form would."""
    form = as_typed(question, "en") | fields
    settings, texts = understood(question, "en", form)
    draft.change(question, purpose=form["purpose"] or None, required=form["required"], settings=settings, texts=texts)


@pytest.mark.parametrize(
    ("fields", "change", "continues"),
    [
        ({"label": "How were we?"}, "same line", True),
        ({"label": "How were we?"}, "new line", False),
        ({"required": False}, "new line", True),
        ({"scale": "1-7"}, "same line", False),
        ({"reversed": True}, "same line", False),
        ({"purpose": "feeling"}, "same line", False),
    ],
)
def test_a_line_continues_or_starts_anew(
    unit: Session, survey: Survey, fields: dict, change: str, continues: bool
) -> None:
    before, now = rating(survey)
    old_comment, comment = survey.versions[0].questions[3], survey.versions[1].questions[3]
    typed(now, **fields)
    publishing.publish(unit, survey, change=change)
    assert (now.line == before.line) is continues
    assert comment.line == old_comment.line, "what was not changed continues in any case"


def test_the_second_version_has_to_say_what_the_change_means(unit: Session, survey: Survey) -> None:
    with pytest.raises(Invalid, match="lines continue or new ones start"):
        publishing.publish(unit, survey)


def test_versions_are_numbered_and_the_newest_is_what_customers_see(unit: Session, survey: Survey) -> None:
    publishing.publish(unit, survey, change="same line")
    assert [(version.number, version.change) for version in survey.versions] == [(1, None), (2, "same line")]
    assert survey.published is survey.versions[1]
    assert [note.text for note in unit.scalars(select(Note))] == ["Survey changed: Visit"], "the charts say so"
    with pytest.raises(Conflict, match="Nothing was changed"):
        publishing.publish(unit, survey, change="same line")


def test_two_ratings_for_one_use_are_named(unit: Session, survey: Survey) -> None:
    assert survey.draft
    typed(survey.draft.questions[1], purpose="csat")
    said = [problem.message for problem in publishing.problems(survey.draft)]
    assert said == ["Two questions are used for csat: keep one, and use the other for something else."] * 2


def test_a_use_that_the_kind_cannot_serve_is_refused(unit: Session, survey: Survey) -> None:
    assert survey.draft
    with pytest.raises(Invalid, match="cannot be used for nps"):
        draft.change(survey.draft.questions[3], purpose="nps", required=False, settings={}, texts={})


def test_what_is_published_does_not_change(survey: Survey) -> None:
    assert survey.published
    with pytest.raises(Conflict, match="does not change any more"):
        draft.write_texts(survey.published, "en", title="Another")
    with pytest.raises(Conflict, match="does not change any more"):
        draft.move(survey.published.questions[0], 1)


def test_a_draft_holds_forty_questions(unit: Session, survey: Survey) -> None:
    assert survey.draft
    for _ in range(35):
        draft.add(unit, survey.draft, "comment")
    with pytest.raises(Conflict, match="40 questions at most"):
        draft.add(unit, survey.draft, "comment")


@pytest.mark.parametrize(
    ("typed_in", "keys"),
    [
        ("By car\nBy bus\nOn foot", ["1", "2", "3"]),
        ("By bus\nBy car", ["2", "1"]),
        ("By motor car\nBy bus", ["1", "2"]),
        ("By bus", ["2"]),
        ("On foot\nBy car\nBy bus", ["3", "1", "2"]),
    ],
)
def test_an_option_keeps_its_key_through_rewording_and_reordering(
    unit: Session, survey: Survey, typed_in: str, keys: list[str]
) -> None:
    assert survey.draft
    question = draft.add(unit, survey.draft, "choice")
    typed(question, label="How did you come?", options="By car\nBy bus")
    typed(question, options=typed_in)
    assert question.settings["options"] == keys
