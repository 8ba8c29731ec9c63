"""Surveys: making one, copying one, closing and re-opening it. Every survey is fetched through the person's scope."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.building import templates
from surveyapp.building.draft import new_version
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import MOMENTS, Person, Question, Response, Service, Survey, SurveyLink


def listed(session: Session, scope: Scope) -> Sequence[Survey]:
    """Return the surveys of the scope's services, and those that a link puts to them, newest first."""
    inside = scope.services()
    linked = select(SurveyLink.survey_id).where(SurveyLink.service_id.in_(inside))
    found = select(Survey).where(or_(Survey.service_id.in_(inside), Survey.id.in_(linked)))
    return session.scalars(found.options(selectinload(Survey.versions)).order_by(Survey.id.desc())).all()


def seen(session: Session, scope: Scope, survey_id: int) -> Survey:
    """Return a survey whose results somebody may read. Raises NotFound."""
    survey = session.get(Survey, survey_id)
    if survey is None or not any(map(scope.sees, [survey.service, *(link.service for link in survey.links)])):
        raise NotFound("There is no such survey, or it is not one of yours.")
    return survey


def owned(session: Session, scope: Scope, survey_id: int) -> Survey:
    """Return a survey that somebody may change: one of a service in scope. Raises NotFound."""
    survey = seen(session, scope, survey_id)
    if not scope.sees(survey.service):
        raise NotFound("There is no such survey, or it is not one of yours.")
    return survey


def create(
    session: Session, *, title: str, service: Service, template: str, language: str = "en", by: Person | None = None
) -> Survey:
    """Make a survey with a draft, from a template of `templates.NAMES`. Raises Invalid for a blank title."""
    title = " ".join(title.split())
    if not title:
        raise Invalid("Give the survey a title; customers read it above the questions.", field="title")
    survey = Survey(title=title, service=service, language=language, created_by=by.id if by else None)
    session.add(survey)
    texts = {language: {"title": title, "intro": "", "thanks": ""}}
    version = new_version(survey, texts)
    for position, fields in enumerate(templates.questions(template)):
        version.questions.append(Question(position=position, **fields | {"texts": {language: fields["texts"]}}))
    record(session, by, "made", survey)
    return survey


def copy(session: Session, survey: Survey, *, by: Person | None) -> Survey:
    """Make a new survey with the same questions, as a draft; its lines on the charts are its own."""
    source = survey.draft or survey.published
    title = f"{survey.title[:180]} (copy)"
    made = Survey(
        title=title, service=survey.service, language=survey.language, moment=survey.moment,
        confidential=survey.confidential, count_advice=survey.count_advice, created_by=by.id if by else None,
    )  # fmt: skip
    session.add(made)
    texts = {language: {**each, "title": title} for language, each in source.texts.items()} if source else {}
    version = new_version(made, texts)
    for question in source.questions if source else ():
        version.questions.append(
            Question(
                position=question.position, kind=question.kind, purpose=question.purpose, required=question.required,
                settings=dict(question.settings), texts=dict(question.texts),
            )
        )  # fmt: skip
    record(session, by, "copied", made, source=survey.id)
    return made


def set_up(
    session: Session, survey: Survey, *, moment: str, confidential: bool, count_advice: bool, by: Person | None
) -> None:
    """Set when customers are asked, whether answers are confidential, and whether advice to other customers counts.

    Raises Conflict for taking confidentiality back once somebody has answered under it.
    """
    if moment not in MOMENTS:
        raise Invalid(f"A survey is put to customers {', '.join(MOMENTS)} a visit.", field="moment")
    if survey.confidential and not confidential and _answered(session, survey):
        raise Conflict("People have answered this in confidence: it stays confidential. Copy it for an open one.")
    survey.moment, survey.confidential, survey.count_advice = moment, confidential, count_advice
    record(session, by, "set up", survey, confidential=confidential, count_advice=count_advice)


def _answered(session: Session, survey: Survey) -> bool:
    return session.scalar(select(Response.id).where(Response.survey_id == survey.id).limit(1)) is not None


def close(session: Session, survey: Survey, *, by: Person | None) -> None:
    """Take no more answers. Raises Conflict where none are taken."""
    if survey.state != "open":
        raise Conflict("This survey takes no answers as it is.")
    survey.state, survey.closed_at = "closed", now()
    record(session, by, "closed", survey)


def reopen(session: Session, survey: Survey, *, by: Person | None) -> None:
    """Take answers again, at the same addresses. Raises Conflict where it was not closed."""
    if survey.state != "closed":
        raise Conflict("Only a survey that was closed can be opened again.")
    survey.state, survey.closed_at = "open", None
    record(session, by, "re-opened", survey)
