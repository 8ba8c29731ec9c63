"""Publishing: a draft becomes the version that customers see, for good."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import PURPOSES, Note, Organisation, Person, Question, Survey, SurveyVersion
from surveyapp.questions import KINDS, Asked, asked_of

CHANGES = ("same line", "new line")


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands against publishing: the question it is about (None: the survey), and what would be right."""

    question: Question | None
    message: str


def problems(version: SurveyVersion) -> list[Problem]:
    """Return everything that stands against publishing a draft."""
    if not version.questions:
        return [Problem(None, "Add at least one question.")]
    found = [Problem(question, message) for question in version.questions for message in _of_question(question)]
    ratings = [question for question in version.questions if question.kind == "rating" and question.purpose]
    rated = [question.purpose for question in ratings]
    for question in ratings:
        if rated.count(question.purpose) > 1:
            message = f"Two questions are used for {question.purpose}: keep one, and use the other for something else."
            found.append(Problem(question, message))
    return found


def publish(session: Session, survey: Survey, *, change: str | None = None, by: Person | None = None) -> SurveyVersion:
    """Make the draft the version that customers see. `change` is one of CHANGES, asked from the second version on.

    "same line": small changes of wording, the charts' lines continue. "new line": what was changed starts a line of its own.
    A question whose kind, use or scale changed starts a new line in any case: its values could not be compared.
    """
    draft, published = survey.draft, survey.published
    if draft is None:
        raise Conflict("Nothing was changed since this survey was published.")
    against = problems(draft)
    if against:
        raise Invalid(" ".join(_said(problem) for problem in against))
    if published is not None:
        if change not in CHANGES:
            raise Invalid("Say whether the charts' lines continue or new ones start.", field="change")
        _draw_lines(draft, published, all_changed=change == "new line")
        _note(session, survey, by)
    draft.number = 1 + max((version.number or 0 for version in survey.versions), default=0)
    draft.change = change if published is not None else None
    draft.published_at, draft.published_by = now(), by.id if by else None
    if survey.state == "draft":
        survey.state = "open"
    record(session, by, "published", survey, version=draft.number)
    return draft


def _note(session: Session, survey: Survey, by: Person | None) -> None:
    """Mark the change on the charts: a line that moves on the day its questions changed may have moved for that."""
    zone = session.scalar(select(Organisation.time_zone).limit(1)) or "UTC"
    text = f"Survey changed: {survey.title}"
    session.add(
        Note(
            service_id=survey.service_id, day=now().astimezone(ZoneInfo(zone)).date(), text=text[:200], kind="survey",
            by=by.id if by else None,
        )
    )  # fmt: skip


def _of_question(question: Question) -> list[str]:
    language = question.version.survey.language
    kind, asked = KINDS[question.kind], asked_of(question, language)
    found = [] if asked.label.strip() else ["Write the question."]
    if question.purpose is not None and (question.purpose not in PURPOSES or question.purpose not in kind.purposes):
        found.append(f"A question of this kind cannot be used for {question.purpose}: choose another use, or none.")
    return found + kind.problems(asked)


def _said(problem: Problem) -> str:
    if problem.question is None:
        return problem.message
    language = problem.question.version.survey.language
    name = problem.question.text("label", language) or "without words"
    return f"Question {problem.question.position + 1} ({name}): {problem.message}"


def _draw_lines(draft: SurveyVersion, published: SurveyVersion, *, all_changed: bool) -> None:
    before = {question.line: question for question in published.questions}
    for question in draft.questions:
        old = before.get(question.line)
        if old is not None and (_incomparable(old, question) or (all_changed and _differs(old, question))):
            question.line = str(uuid4())


def _incomparable(old: Question, new: Question) -> bool:
    return (old.kind, old.purpose) != (new.kind, new.purpose) or (old.kind == "rating" and old.scale != new.scale)


def _differs(old: Question, new: Question) -> bool:
    return _put(old) != _put(new)


def _put(question: Question) -> Asked:
    """What a customer is asked, apart from whether they must answer."""
    asked = asked_of(question, question.version.survey.language)
    return replace(asked, id=0, line="", required=False)
