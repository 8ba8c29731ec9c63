"""Where imported responses live: a closed survey with the questions of the mapping, and the services that the file names."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import now
from surveyapp.errors import Invalid
from surveyapp.importing.mapping import Mapping
from surveyapp.models import ImportRun, Question, Service, Survey, SurveyVersion
from surveyapp.questions import Edition, edition_of

SEGMENTS = UUID("5f0c1a53-6f2e-4a57-9c07-2f1d3f6a4c11")


def edition(session: Session, mapping: Mapping) -> tuple[Survey, Edition, dict[str, int]]:
    """Return the survey of a source, its edition, and the question id of each column (or question of the long shape).

    A second import finds the survey of the first; a mapping that asks otherwise publishes a new version of it.
    """
    wanted = _questions(mapping)
    known = select(Survey).join(ImportRun, ImportRun.survey_id == Survey.id).where(ImportRun.source == mapping.source)
    survey = session.scalars(known.order_by(ImportRun.id.desc())).first()
    if survey is None:
        survey = Survey(service=root(session), title=mapping.title, state="closed", imported=True, closed_at=now())
        session.add(survey)
    version = survey.published
    if version is None or [_asked(question) for question in version.questions] != [
        _asked(each) for _name, each in wanted
    ]:
        version = SurveyVersion(
            survey=survey, number=1 + (version.number or 0 if version else 0), texts={"en": {"title": mapping.title}},
            published_at=now(), change="new line" if version else None,
        )  # fmt: skip
        version.questions = [question for _name, question in wanted]
        session.add(version)
        session.flush()
    ids = {name: question.id for (name, _each), question in zip(wanted, version.questions, strict=True)}
    return survey, edition_of(version), ids


def root(session: Session) -> Service:
    """Return the root of the tree. Raises Invalid before setup."""
    found = session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).first()
    if found is None:
        raise Invalid("This installation is not set up yet: run `flask --app wsgi setup` first.")
    return found


class Services:
    """The nodes that a file names, found under the root or made."""

    def __init__(self, session: Session) -> None:
        self.session, self.root = session, root(session)
        self._found: dict[tuple[str, ...], Service] = {(): self.root}

    def at(self, names: tuple[str, ...]) -> Service:
        """Return the node at a path of names, made where it is missing."""
        if names not in self._found:
            self._found[names] = self._child(self.at(names[:-1]), names[-1])
        return self._found[names]

    def _child(self, parent: Service, name: str) -> Service:
        there = select(Service).where(Service.parent_id == parent.id, Service.name == name)
        found = self.session.scalars(there).first()
        if found is None:
            found = Service(name=name, parent=parent)
            self.session.add(found)
            self.session.flush()
            found.path = f"{parent.path}{found.id}/"
            self.session.flush()
        return found


def _questions(mapping: Mapping) -> list[tuple[str, Question]]:
    found: list[tuple[str, Question]] = []
    if rating := mapping.rating:
        settings = {"low": rating.low, "high": rating.high, "reversed": rating.reversed}
        found.append((rating.column, _question("rating", rating.purpose, rating.label, settings)))
    for column, label in mapping.segments.items():
        question = _question("text", "segment", label, {})
        question.line = str(
            uuid5(SEGMENTS, f"{mapping.source}\0{column}")
        )  # a group stays the same from version to version
        found.append((column, question))
    found += [
        (name, _question("comment", purpose, label, {"limit": 20_000}))
        for name, (purpose, label) in mapping.comments.items()
    ]
    for position, (_name, question) in enumerate(found):
        question.position = position
    return found


def _question(kind: str, purpose: str | None, label: str, settings: dict[str, Any]) -> Question:
    return Question(kind=kind, purpose=purpose, settings=settings, texts={"en": {"label": label[:500]}})


def _asked(question: Question) -> tuple[Any, ...]:
    return (question.kind, question.purpose, question.settings, question.texts)
