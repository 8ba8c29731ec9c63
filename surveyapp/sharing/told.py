"""What customers told a colleague: a comment through a channel of its own, which counts in no rating and no rate.

It hangs on a question without a purpose, and rates are made of questions that have one; so nothing needs to leave it out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.answering import intake
from surveyapp.db import now
from surveyapp.errors import Invalid
from surveyapp.models import TOLD, Person, Question, Response, Service, Survey, SurveyVersion
from surveyapp.questions import edition_of

LIMIT = 4_000
"""Characters that are taken down at most."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody was told: where, on which day, in which words. `key` is the form's own, so that no click counts twice."""

    service_id: int
    day: date
    words: str
    key: str


def places(session: Session, scope: Scope) -> list[Service]:
    """Return the open services in scope, in the order of the tree."""
    return [each for each in scope.tree(session) if each.closed_at is None]


def keep(session: Session, scope: Scope, told: Told, *, by: Person, today: date) -> int | None:
    """Keep what a customer said and return the response's id; None where this very form was kept before.

    Raises NotFound for a service out of scope, Invalid for a day to come, a closed service or no words.
    """
    service = scope.service(session, told.service_id)
    if service.closed_at is not None:
        raise Invalid("This service has closed. Choose another.", field="service")
    if told.day > today:
        raise Invalid("This day lies ahead. Choose the day on which you were told.", field="day")
    if not told.words.strip():
        raise Invalid("Write down what the customer said.", field="words")
    rollups.bump(session, "told to us")  # two at once: the second waits, and sees the first's survey and row
    identity = hashlib.sha256(told.key.encode()).hexdigest()
    if intake.known(session, TOLD, [identity]):
        return None
    edition = edition_of(_version(session))
    answers = {edition.questions[0].id: told.words}
    arrival = intake.Arrival(edition, service.id, TOLD, answers, told.day, source=TOLD, identity=identity)
    (response_id,) = intake.store(session, [arrival])
    record(session, by, "told", session.get_one(Response, response_id), service=service.id)
    return response_id


def _version(session: Session) -> SurveyVersion:
    """Return the version with the one question that these comments answer, made the first time. It is known by its line."""
    there = select(SurveyVersion).join(SurveyVersion.questions).where(Question.line == TOLD).order_by(SurveyVersion.id)
    return session.scalars(there).first() or _made(session)


def _made(session: Session) -> SurveyVersion:
    root = session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).one()
    title = "What customers told us"
    survey = Survey(service=root, title=title, state="closed", imported=True, closed_at=now())
    version = SurveyVersion(survey=survey, number=1, texts={"en": {"title": title}}, published_at=now())
    asked = {"en": {"label": "What did the customer say?"}}
    version.questions = [Question(kind="comment", purpose=None, line=TOLD, settings={"limit": LIMIT}, texts=asked)]
    session.add(survey)
    session.flush()
    return version
