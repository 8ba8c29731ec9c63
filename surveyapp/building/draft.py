"""The draft of a survey: the one version that can be changed. What is published never is."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import Person, Question, Survey, SurveyVersion
from surveyapp.questions import KINDS

MOST_QUESTIONS = 40


def new_version(survey: Survey, texts: dict[str, dict[str, str]]) -> SurveyVersion:
    """Begin a draft."""
    version = SurveyVersion(texts=texts)
    survey.versions.append(version)
    return version


def begin(session: Session, survey: Survey) -> SurveyVersion:
    """Return the draft, begun from what is published if there is none; its questions keep their lines."""
    if survey.draft is not None:
        return survey.draft
    published = survey.published
    version = new_version(survey, dict(published.texts) if published else {})
    for question in published.questions if published else ():
        version.questions.append(
            Question(
                position=question.position, line=question.line, kind=question.kind, purpose=question.purpose,
                required=question.required, settings=dict(question.settings), texts=dict(question.texts),
            )
        )  # fmt: skip
    session.flush()
    return version


def discard(session: Session, survey: Survey, *, by: Person | int) -> None:
    """Throw the draft away; customers go on seeing what is published. Raises Conflict where nothing is."""
    if survey.draft is None:
        return
    if survey.published is None:
        raise Conflict("This survey was never published: its draft is all there is of it.")
    survey.versions.remove(survey.draft)
    record(session, by, "discard draft", survey)


def editable(session: Session, scope: Scope, question_id: int) -> Question:
    """Return a question of a draft in scope. Raises NotFound, or Conflict for one that is published."""
    question = session.get(Question, question_id)
    if question is None or not scope.sees(question.version.survey.service):
        raise NotFound("There is no such question, or it is not in one of your surveys.")
    if question.version.number is not None:
        raise Conflict("This question is published and does not change any more. Change it in the survey's draft.")
    return question


def write_texts(version: SurveyVersion, language: str, **texts: str) -> None:
    """Set what stands above and after the questions in one language. Raises Invalid for a blank title."""
    _still_a_draft(version)
    cleaned = {name: text.strip() for name, text in texts.items()}
    if not cleaned.get("title"):
        raise Invalid("Give the survey a title; customers read it above the questions.", field="title")
    version.texts = {**version.texts, language: cleaned}
    version.survey.title = cleaned["title"]


def add(session: Session, version: SurveyVersion, kind: str) -> Question:
    """Add a question of a kind at the end. Raises Invalid for a kind that there is not, Conflict for too many."""
    _still_a_draft(version)
    if kind not in KINDS:
        raise Invalid(f"A question is one of: {', '.join(KINDS)}.", field="kind")
    if len(version.questions) >= MOST_QUESTIONS:
        raise Conflict(f"A survey holds {MOST_QUESTIONS} questions at most, and few customers finish half as many.")
    settings, texts = KINDS[kind].draft()
    question = Question(
        kind=kind, position=len(version.questions), settings=settings, texts={version.survey.language: texts}
    )
    version.questions.append(question)
    session.flush()
    return question


def remove(session: Session, question: Question) -> None:
    """Take a question out of the draft."""
    version = question.version
    _still_a_draft(version)
    version.questions.remove(question)
    _number(version.questions)
    session.flush()


def move(question: Question, by: int) -> None:
    """Move a question up (-1) or down (1); at the end of the list it stays."""
    _still_a_draft(question.version)
    questions = sorted(question.version.questions, key=lambda each: each.position)
    place = questions.index(question)
    goal = min(max(place + (1 if by > 0 else -1), 0), len(questions) - 1)
    questions.insert(goal, questions.pop(place))
    _number(questions)


def change(
    question: Question, *, purpose: str | None, required: bool, settings: dict[str, Any], texts: dict[str, Any]
) -> None:
    """Set a question anew in its survey's language. Raises Invalid for a purpose that its kind cannot serve."""
    _still_a_draft(question.version)
    if purpose is not None and purpose not in KINDS[question.kind].purposes:
        raise Invalid(f"A question of this kind cannot be used for {purpose}. Choose another use.", field="purpose")
    question.purpose, question.required = purpose, required
    question.settings = question.settings | settings
    language = question.version.survey.language
    question.texts = question.texts | {language: question.texts.get(language, {}) | texts}


def _still_a_draft(version: SurveyVersion) -> None:
    if version.number is not None:
        raise Conflict("This version is published and does not change any more. Change the draft instead.")


def _number(questions: list[Question]) -> None:
    for position, question in enumerate(questions):
        question.position = position
