"""What stands behind an address: the link, its service, the survey as it is now, and who asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, select
from sqlalchemy.orm import Session

from surveyapp.errors import Conflict, NotFound
from surveyapp.models import ErasedIdentity, Organisation, Service, Standard, Survey, SurveyLink, SurveyVersion

SLUG = re.compile("[a-z0-9-]{1,60}")


class Changed(Conflict):
    """The survey was closed, published anew or moved since it was looked at."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as the foot of a survey says it."""

    name: str
    time_zone: str
    privacy_notice: str
    privacy_url: str
    who_reads: str
    read_when: str
    in_emergency: str
    retention_months: int
    expects: bool  # whether /expect has anything to say


@dataclass(frozen=True, slots=True)
class Door:
    """One address. `version_id` is what customers see now; `open` is false for what has been closed."""

    slug: str
    channel: str
    survey_id: int
    service_id: int
    service: str
    title: str
    language: str
    version_id: int
    open: bool
    asker: Asker


_newest = (
    select(func.max(SurveyVersion.id))
    .where(SurveyVersion.survey_id == Survey.id, SurveyVersion.number.is_not(None))
    .scalar_subquery()
)
_expects = exists(select(Standard.id).where(Standard.public, Standard.retired_from.is_(None)))
_behind = (
    select(
        SurveyLink.slug, SurveyLink.channel, SurveyLink.survey_id, SurveyLink.service_id,
        Service.name.label("service"), Service.closed_at, Survey.title, Survey.language, Survey.state,
        _newest.label("version_id"), Organisation.name, Organisation.time_zone, Organisation.privacy_notice,
        Organisation.privacy_url, Organisation.who_reads, Organisation.read_when,
        Organisation.in_emergency, Organisation.retention_months, _expects.label("expects"),
    )
    .join(Survey, Survey.id == SurveyLink.survey_id)
    .join(Service, Service.id == SurveyLink.service_id)
    .join(Organisation, Organisation.id.is_not(None))
)  # fmt: skip


def find(session: Session, slug: str) -> Door:
    """Return what stands behind a slug. Raises NotFound where nothing does, or nothing was ever published."""
    row = session.execute(_behind.where(SurveyLink.slug == slug)).first() if SLUG.fullmatch(slug) else None
    if row is None or row.version_id is None:
        raise NotFound("There is no survey at this address. Check it against the card or message you have it from.")
    return Door(
        slug=row.slug, channel=row.channel, survey_id=row.survey_id, service_id=row.service_id, service=row.service,
        title=row.title, language=row.language, version_id=row.version_id,
        open=row.state == "open" and row.closed_at is None, asker=asker_of(row, expects=row.expects),
    )  # fmt: skip


_erased = exists().where(ErasedIdentity.fingerprint == bindparam("fingerprint"))
_standing = (
    select(Survey.state, Service.closed_at, _newest, select(Organisation.time_zone).limit(1).scalar_subquery(), _erased)
    .join(Service, Service.id == bindparam("service"))
    .where(Survey.id == bindparam("survey"))
)
AS_SEEN = and_(
    exists(
        select(Survey.id)
        .join(Service, Service.id == bindparam("service"))
        .join(Organisation, Organisation.time_zone == bindparam("time_zone"))
        .where(Survey.id == bindparam("survey"), Survey.state == "open", Service.closed_at.is_(None))
        .where(_newest == bindparam("version"))
        .correlate(None)
    ),
    ~_erased,
)
"""The condition under which an answer is stored, asked by the very statement that stores it, with the values of `seen`."""


def seen(door: Door, fingerprint: str) -> dict[str, Any]:
    """Return the values of AS_SEEN: an open door as it was seen, and the fingerprint of what comes through it."""
    return {
        "survey": door.survey_id, "service": door.service_id, "version": door.version_id,
        "time_zone": door.asker.time_zone, "fingerprint": fingerprint,
    }  # fmt: skip


def check(connection: Connection, door: Door, fingerprint: str) -> None:
    """Raise Changed where an open door no longer stands as it was seen, and Conflict for a submission that was erased."""
    values = {"survey": door.survey_id, "service": door.service_id, "fingerprint": fingerprint}
    row = connection.execute(_standing, values).first()
    if row is None or tuple(row)[:4] != ("open", None, door.version_id, door.asker.time_zone):
        raise Changed("The survey has changed since it was opened.")
    if row[4]:
        raise Conflict("These answers were sent before and then erased. Press Send once more to send them anew.")


def asker(session: Session) -> Asker:
    """Return who asks, for a page that belongs to no one survey."""
    organisation = session.scalars(select(Organisation)).first()
    if organisation is None:
        raise NotFound("Heed is not set up here yet: run `flask --app wsgi setup`.")
    return asker_of(organisation, expects=bool(session.scalar(select(_expects))))


def asker_of(row: object, *, expects: bool) -> Asker:
    """Take the asker's fields from a row or an organisation."""
    fields = {name: getattr(row, name) for name in Asker.__slots__ if name != "expects"}
    return Asker(**fields, expects=expects)
