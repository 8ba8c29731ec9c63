"""Segments: groups of customers told apart by an answer, to which a chart can be narrowed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound
from surveyapp.models import Question, Survey, SurveyVersion


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer to one question used for telling groups apart. `line` is the question's, `option` the answer's key."""

    line: str
    option: str
    question: str
    label: str

    @property
    def key(self) -> str:
        """What the rollups and addresses call it."""
        return f"{self.line}:{self.option}"

    def __str__(self) -> str:
        return f"{self.question}: {self.label}"


def find(session: Session, key: str) -> Segment:
    """Return a segment by its key. Raises NotFound for a question that tells no groups apart, or an empty answer."""
    line, _colon, option = key.partition(":")
    asked = select(Question).join(Question.version).where(Question.line == line, Question.purpose == "segment")
    question = session.scalars(asked.order_by(Question.id.desc()).limit(1)).first()
    if question is None or not option:
        raise NotFound("There is no such group of customers.")
    return of(session, question, option)


def of(session: Session, question: Question, option: str) -> Segment:
    """Return the segment of one answer, named in the language of the question's survey."""
    language = session.scalar(
        select(Survey.language).join(SurveyVersion).where(SurveyVersion.id == question.version_id)
    )
    label = question.text("label", language or "en") or question.line
    names = question.text("options", language or "en", {})
    return Segment(question.line, option, label, names.get(option, option))
