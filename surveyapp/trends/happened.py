"""What marks itself on charts over time, as it may explain a move: new versions of surveys and of the analyser, standards, imports,
services and channels that come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import (
    ANALYSER,
    TOLD,
    ImportRun,
    Note,
    PeriodRollup,
    Service,
    Standard,
    StandardVersion,
    Survey,
    SurveyVersion,
)
from surveyapp.trends.frame import Frame
from surveyapp.trends.periods import first_day
from surveyapp.trends.words import some

Event = tuple[date, str]


def events(session: Session, frame: Frame) -> list[Event]:
    """Return what happened at a frame's node, above and under it, by day, whenever it was."""
    found = [*_versions(session, frame), *_imports(session, frame), *_standards(session, frame)]
    found += [*_services(session, frame), *_closed(session, frame), *_channels(session, frame), *_analysers(session)]
    return sorted(found)


def of_hearing(session: Session, frame: Frame) -> list[Event]:
    """Return what changed in how customers are heard: the survey, the channels, the analyser."""
    return sorted([*_versions(session, frame), *_channels(session, frame), *_analysers(session)])


def _near(frame: Frame) -> Any:
    return Service.path.like(f"{frame.service.path}%") | Service.id.in_(_above(frame))


def _above(frame: Frame) -> list[int]:
    return [int(part) for part in frame.service.path.strip("/").split("/")]


def _versions(session: Session, frame: Frame) -> Iterator[Event]:
    asked = select(SurveyVersion.published_at, Survey.title).join(SurveyVersion.survey).join(Survey.service)
    for at, title in session.execute(
        asked.where(SurveyVersion.change == "new line", SurveyVersion.published_at.is_not(None), _near(frame))
    ):
        if at is not None:
            yield at.date(), gettext("a new version of “%(title)s”, whose lines begin anew", title=title)


def _imports(session: Session, frame: Frame) -> Iterator[Event]:
    ran = select(ImportRun.at, ImportRun.file_name).join(Survey, Survey.id == ImportRun.survey_id).join(Survey.service)
    for at, name in session.execute(ran.where(_near(frame))):
        yield at.date(), gettext("the file %(name)s was imported", name=name)


def _standards(session: Session, frame: Frame) -> Iterator[Event]:
    declared = select(StandardVersion.from_month, StandardVersion.sentence).join(StandardVersion.standard)
    for month, sentence in session.execute(declared.where(Standard.service_id.in_(_above(frame)))):
        yield first_day(month), gettext("standard: %(sentence)s", sentence=sentence)


def _services(session: Session, frame: Frame) -> Iterator[Event]:
    """Name the branches that answered for the first time after the node's own first answers, one mark a month."""
    above = select(Service.parent_id).where(Service.parent_id.is_not(None))
    names = {
        row[0]: row[1] for row in session.execute(select(Service.id, Service.name).where(Service.id.not_in(above)))
    }
    came: dict[int, list[str]] = defaultdict(list)
    for service, month in _firsts(session, frame, PeriodRollup.service_id):
        if service in names:
            came[month].append(names[service])
    for month, places in came.items():
        yield first_day(month), gettext("first answers from %(places)s", places=some(sorted(places)))


def _closed(session: Session, frame: Frame) -> Iterator[Event]:
    gone = select(Service.closed_at, Service.name).where(Service.closed_at.is_not(None))
    for at, name in session.execute(gone.where(Service.path.like(f"{frame.service.path}%"))):
        if at is not None:
            yield at.date(), gettext("%(place)s closed", place=name)


def _channels(session: Session, frame: Frame) -> Iterator[Event]:
    names = {
        "web": gettext("the web"), "qr": gettext("QR code"), "email": gettext("e-mail"), "kiosk": gettext("kiosk"),
        "import": gettext("import"),
    }  # fmt: skip
    for channel, month in _firsts(session, frame, PeriodRollup.key):
        if channel != TOLD:
            yield first_day(month), gettext("first answers by %(channel)s", channel=names.get(channel, channel))


def _analysers(session: Session) -> Iterator[Event]:
    """Name the days from which on another version reads the comments; the pipeline notes them."""
    for day in session.scalars(select(Note.day).where(Note.kind == ANALYSER)):
        yield day, gettext("comments are read by a newer analyser")


def _firsts(session: Session, frame: Frame, by: Any) -> Iterator[tuple[Any, int]]:
    """Yield what came after the node's first month with answers, and in which month it did."""
    counted = select(by, func.min(PeriodRollup.period)).where(
        PeriodRollup.fact == "response", PeriodRollup.grain == "month", PeriodRollup.segment == "",
        PeriodRollup.service_id.in_(frame.services()), PeriodRollup.period > 0,
    )  # fmt: skip
    rows = session.execute(counted.group_by(by).order_by(by)).all()
    start = min((month for _what, month in rows), default=0)
    yield from ((what, month) for what, month in rows if month > start)
