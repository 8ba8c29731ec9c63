"""Segments: groups of customers told apart by an answer, to which a chart can be narrowed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound
from surveyapp.models import Organisation, PeriodRollup, Question, Service, Survey, SurveyVersion

MOST = 60
"""Groups that are offered under one node, the largest; a question that everybody answers in their own words tells none apart."""


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


def questions(session: Session) -> list[Question]:
    """Return the questions that tell groups apart of which everybody belongs to one at most, the newest of each line."""
    asked = select(func.max(Question.id)).where(Question.purpose == "segment", Question.kind != "choices")
    newest = asked.join(Question.version).where(SurveyVersion.number.is_not(None)).group_by(Question.line)
    return list(session.scalars(select(Question).where(Question.id.in_(newest)).order_by(Question.id)))


def offered(session: Session, service: Service, *, guarded: bool) -> list[Segment]:
    """Return the groups to which customers of a node belong, by question; to who is guarded only those that are shared with them."""
    size = func.sum(PeriodRollup.n)
    counted = select(PeriodRollup.purpose, PeriodRollup.key, size).join(Service, Service.id == PeriodRollup.service_id)
    counted = counted.where(PeriodRollup.fact == "segment", PeriodRollup.grain == "month", PeriodRollup.segment == "")
    counted = counted.where(Service.path.like(f"{service.path}%"))
    if guarded:
        counted = counted.where(PeriodRollup.purpose == select(Organisation.shared_segment).limit(1).scalar_subquery())
    counted = counted.group_by(PeriodRollup.purpose, PeriodRollup.key).order_by(size.desc()).limit(MOST)
    asked = {each.line: each for each in _newest(session)}
    found = [of(session, asked[line], option) for line, option, _n in session.execute(counted) if line in asked]
    return sorted(found, key=lambda each: (each.question, each.line))


def _newest(session: Session) -> list[Question]:
    newest = select(func.max(Question.id)).where(Question.purpose == "segment").group_by(Question.line)
    return list(session.scalars(select(Question).where(Question.id.in_(newest))))
