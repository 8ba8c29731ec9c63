"""Makers of rows for tests: each makes what it needs, with values that read like real ones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import (
    Answer,
    Comment,
    Duty,
    Improvement,
    Judgement,
    Organisation,
    Person,
    Question,
    Response,
    Service,
    Standard,
    StandardVersion,
    Survey,
    SurveyLink,
    SurveyVersion,
    Theme,
)

_numbers = count(1)
DAY = date(2026, 3, 10)


def organisation(session: Session, **fields: Any) -> Organisation:
    """The one organisation."""
    found = session.scalars(select(Organisation)).first()
    if found is None:
        found = Organisation(
            **{"name": "Harbour Libraries", "privacy_notice": "We keep nothing we do not need."} | fields
        )
        session.add(found)
        session.flush()
    return found


def service(session: Session, name: str = "", parent: Service | None = None) -> Service:
    """A node of the tree; the root where there is no parent."""
    made = Service(name=name or f"Branch {next(_numbers)}", parent=parent)
    session.add(made)
    session.flush()
    made.path = f"{parent.path if parent else '/'}{made.id}/"
    session.flush()
    return made


def root(session: Session) -> Service:
    """The root service, made if missing."""
    return session.scalars(select(Service).where(Service.parent_id.is_(None))).first() or service(
        session, "Harbour Libraries"
    )


def person(
    session: Session, *duties: str, name: str = "", services: list[Service] | None = None, **fields: Any
) -> Person:
    """Somebody with an account, with these duties and branches (the whole tree unless given)."""
    name = name or f"Person {next(_numbers)}"
    roles = [session.scalars(select(Duty).where(Duty.name == duty)).first() or Duty(name=duty) for duty in duties]
    branches = [root(session)] if services is None else services
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}.{next(_numbers)}@example.org")
    made = Person(name=name, email=email, fs_uniquifier=uuid4().hex, roles=roles, services=branches, **fields)
    session.add(made)
    session.flush()
    return made


def theme(session: Session, name: str, *words: str) -> Theme:
    """A theme with the words that it is known by."""
    made = Theme(name=name, words=list(words))
    session.add(made)
    session.flush()
    return made


POINTS = {"1": "very poor", "2": "poor", "3": "fair", "4": "good", "5": "very good"}
QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "kind": "rating",
        "purpose": "csat",
        "settings": {"low": 1, "high": 5},
        "texts": {"en": {"label": "How was our service?", "points": POINTS}},
    },
    {"kind": "comment", "purpose": "experience", "texts": {"en": {"label": "Tell us about your experience."}}},
    {"kind": "comment", "purpose": "suggestion", "texts": {"en": {"label": "What could we do better?"}}},
)


def survey(
    session: Session, at: Service | None = None, *, questions: tuple[dict[str, Any], ...] = QUESTIONS, **fields: Any
) -> Survey:
    """A published survey with a rating and two comments, and one link, whose slug is "link-<id>"."""
    organisation(session)
    made = Survey(**{"title": "How did we do?", "state": "open", "service": at or root(session)} | fields)
    version = SurveyVersion(
        survey=made, number=1, texts={"en": {"title": made.title}}, published_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    session.add(made)
    for position, each in enumerate(questions):
        version.questions.append(Question(position=position, **{"settings": {}} | each))
    session.flush()
    made.links.append(SurveyLink(service=made.service, slug=f"link-{made.id}"))
    session.flush()
    return made


def publish(session: Session, of: Survey, questions: list[tuple[str, dict[str, Any]]]) -> SurveyVersion:
    """The survey's next version, with questions as (line, fields)."""
    number = 1 + max(version.number or 0 for version in of.versions)
    version = SurveyVersion(number=number, texts={"en": {"title": of.title}})
    version.questions = [
        Question(position=position, line=line, **{"settings": {}} | fields)
        for position, (line, fields) in enumerate(questions)
    ]
    of.versions.append(version)
    session.flush()
    return version


def response(
    session: Session, of: Survey, *, at: Service | None = None, day: date = DAY, rating: int | None = 4,
    experience: str = "", suggestion: str = "", state: str = "pending", channel: str = "web", **fields: Any,
) -> Response:  # fmt: skip
    """A response with a rating and comments, as intake would have stored it."""
    version = of.published
    assert version is not None
    place = at or of.service
    made = Response(
        survey=of, version_id=version.id, service=place, channel=channel, day=day, state=state,
        submission_id=fields.pop("submission_id", uuid4().hex), digest=fields.pop("digest", uuid4().hex), **fields,
    )  # fmt: skip
    session.add(made)
    words = {"experience": experience, "suggestion": suggestion}
    share = None if rating is None else 25 * (rating - 1)
    for question in version.questions:
        if question.kind == "rating" and rating is not None:
            made.answers.append(Answer(question=question, value=rating))
        elif text := words.get(question.purpose or ""):
            made.comments.append(
                Comment(question=question, service=place, day=day, purpose=question.purpose, text=text, rating=share)
            )
    session.flush()
    return made


def improvement(session: Session, title: str = "More chairs", **fields: Any) -> Improvement:
    """An improvement of the whole organisation."""
    made = Improvement(**{"title": title, "service": root(session)} | fields)
    session.add(made)
    session.flush()
    return made


def standard(session: Session, at: Service | None = None, *, gauge: str = "csat", **fields: Any) -> Standard:
    """A standard from January 2026 on: at least 80 % of customers happy, unless `level` (thousandths) and others say otherwise."""
    own = {name: fields.pop(name) for name in ("public", "measure", "retired_from") if name in fields}
    made = Standard(service=at or root(session), gauge=gauge, **own)
    said = {
        "sentence": "You leave us happy.",
        "looks_like": "You would come again.",
        "not_like": "You leave with a shrug.",
    }
    version = {"number": 1, "from_month": 2026 * 12, "level": 80_000, **said} | fields
    session.add(StandardVersion(standard=made, **version))
    session.flush()
    return made


def judged(
    session: Session, standard: Standard, verdicts: list[str], *, until: int, at: Service | None = None
) -> Judgement:
    """Months judged so, the last of them `until`."""
    for back in range(len(verdicts))[::-1]:
        verdict = verdicts[-1 - back]
        value = {"met": 91_000, "missed": 60_000, "few": None}[verdict]
        made = Judgement(
            standard=standard, version=standard.latest, service=at or standard.service, month=until - back, verdict=verdict,
            n=120 if value else 4, value=value, low=value and value - 5_000, high=value and value + 5_000,
        )  # fmt: skip
        session.add(made)
    session.flush()
    return made
