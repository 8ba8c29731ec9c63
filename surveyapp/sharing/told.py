""" "A customer told me…": what colleagues heard, kept as comments of a channel of their own, outside ratings and rates.

The comments have no purpose, and rates count those of questions that were asked: nobody was asked here, so nothing is diluted.
"""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.answering import intake
from surveyapp.backlog.days import today
from surveyapp.db import now
from surveyapp.errors import Invalid
from surveyapp.models import Organisation, Person, Question, Service, Survey, SurveyVersion
from surveyapp.questions import Edition, edition_of
from surveyapp.questions.words import clean

CHANNEL = "told-to-us"
TITLE = "What customers told us"
LEAST = 3
"""Characters of the shortest thing worth telling: "Wow"."""


def keep(session: Session, person: Person, service: Service, words: str) -> int:
    """Keep what a customer told a colleague at a service; return the response's id. Raises Invalid for no words."""
    said = clean(words)
    if len(said) < LEAST:
        raise Invalid(gettext("Write down what the customer said."), field="words")
    edition, question = _edition(session)
    arrival = intake.Arrival(
        edition, service.id, CHANNEL, {question: said}, today(session), now(), source=CHANNEL, identity=uuid4().hex
    )
    (response_id,) = intake.store(session, [arrival])
    record(session, person.id, "told", service, response=response_id)
    return response_id


def _edition(session: Session) -> tuple[Edition, int]:
    """Return the survey behind the form, made when the first colleague tells something, and its one question."""
    session.scalars(select(Organisation.id).with_for_update()).first()  # two who are first at once make one
    known = select(Survey).where(Survey.imported, Survey.title == TITLE).order_by(Survey.id)
    survey = session.scalars(known).first() or _make(session)
    version = survey.published
    assert version is not None, "it was published when it was made"
    return edition_of(version), version.questions[0].id


def _make(session: Session) -> Survey:
    root = session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).first()
    if root is None:
        raise Invalid(gettext("This installation is not set up yet."))
    survey = Survey(service=root, title=TITLE, state="closed", imported=True, closed_at=now())
    version = SurveyVersion(survey=survey, number=1, texts={"en": {"title": TITLE}}, published_at=now())
    label = {"en": {"label": "What did the customer say?"}}
    version.questions = [Question(position=0, kind="comment", texts=label, settings={})]
    session.add(survey)
    session.flush()
    return survey
