"""Declaring standards: a first version, a new level from a month on, retiring; each can be taken back while nothing rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound, Refused
from surveyapp.models import Agreement, Judgement, Measure, Service, Standard, StandardVersion
from surveyapp.rollups import month_of
from surveyapp.standards import gauges

BACK, AHEAD = 12, 12
"""Months back from which a first version may hold, and ahead from which any may."""
LIMITS = {"sentence": 200, "looks_like": 300, "not_like": 300}


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a version: words, level as typed, days for gauges that wait, first month, and why it changes."""

    sentence: str
    looks_like: str
    not_like: str
    level: str
    days: int | None
    from_month: int
    why: str = ""


def declare(
    session: Session, service: Service, gauge: str, measure: Measure | None, said: Said, *, by: int, today: date
) -> Standard:
    """Declare a standard for a node. Raises Conflict where it has one of this gauge, Invalid for words or a level that will not do."""
    if gauge not in gauges.KINDS or (gauge == "figure") != (measure is not None):
        raise Invalid(gettext("Choose what it is measured by."), field="gauge")
    if measure is not None and measure.explains:
        raise Invalid(gettext("What only explains is not scored, so it has no standard."), field="gauge")
    _lock(session)
    if _twin(session, service, gauge, measure) is not None:
        raise Conflict(
            gettext(
                "%(place)s has a standard of this measure already. Open it and change its level.", place=service.name
            )
        )
    running = month_of(today)
    _check_month(said.from_month, running - BACK, running)
    made = Standard(service=service, gauge=gauge, measure=measure, created_by=by)
    session.add(made)
    session.flush()
    version = _version(session, made, said, by=by)
    record(session, by, "declare standard", made, service=service.id, level=version.level)
    return made


def change(session: Session, standard: Standard, said: Said, *, by: int, today: date) -> StandardVersion:
    """Start a new version from a month that is not over; earlier months stay judged by the earlier one.

    Raises Conflict for a retired standard, Invalid for a month that is over, nothing changed, or no reason.
    """
    _lock(session)
    if standard.retired_from is not None:
        raise Conflict(gettext("This standard is retired. Bring it back first."))
    last, running = standard.latest, month_of(today)
    _check_month(said.from_month, max(running, last.from_month), running)
    if not said.why.strip():
        raise Invalid(gettext("Say why it changes: everybody is asked to agree anew."), field="why")
    version = _version(session, standard, said, by=by)
    if _same(version, last):
        raise Invalid(gettext("Nothing is changed: words and level are those that hold."), field="level")
    record(session, by, "change standard", standard, level=[last.level, version.level], month=version.from_month)
    return version


def take_back(session: Session, standard: Standard, version_id: int, *, by: int) -> None:
    """Take the latest version back, so that the one before holds. Raises Conflict where something rests on it."""
    _lock(session)
    version = next((each for each in standard.versions if each.id == version_id), None)
    if version is None:
        raise NotFound(gettext("There is no such version."))
    if version is not standard.latest or len(standard.standing) < 2:
        raise Conflict(
            gettext("Only the newest version can be taken back, and the first never: retire the standard instead.")
        )
    if session.scalar(select(func.count()).where(Judgement.version_id == version.id)):
        raise Conflict(gettext("A month has been judged by it already. Start a new version instead."))
    others = select(func.count()).where(Agreement.version_id == version.id, Agreement.person_id != by)
    if session.scalar(others):
        raise Conflict(gettext("Somebody has agreed to it already. Start a new version instead."))
    version.taken_back_at = now()
    _changed(session)
    record(session, by, "take back standard", standard, version=version.id)


def retire(session: Session, standard: Standard, *, by: int, today: date) -> None:
    """Judge no month by it from the running one on; what was judged stays."""
    _lock(session)
    if standard.retired_from is not None:
        raise Conflict(gettext("This standard is retired already."))
    standard.retired_from = month_of(today)
    _changed(session)
    record(session, by, "retire standard", standard, month=standard.retired_from)


def restore(session: Session, standard: Standard, *, by: int) -> None:
    """Bring a retired standard back. Raises Conflict where another of its gauge has taken its place."""
    _lock(session)
    if standard.retired_from is None:
        raise Conflict(gettext("This standard is not retired."))
    if _twin(session, standard.service, standard.gauge, standard.measure) is not None:
        raise Conflict(gettext("Another standard of this measure has taken its place. Retire that one first."))
    standard.retired_from = None
    _changed(session)
    record(session, by, "restore standard", standard)


def publish(session: Session, standard: Standard, *, public: bool, by: int) -> None:
    """Show a standard to customers, or do so no more."""
    if standard.public != public:
        before, standard.public = standard.public, public
        record(session, by, "publish standard", standard, public=[before, public])


def fetch(session: Session, scope: Scope, standard_id: int) -> Standard:
    """Fetch a standard that holds for something in scope, or is declared in it. Raises NotFound for any other."""
    found = session.get(Standard, standard_id)
    if found is None or not concerns(scope, found.service):
        raise NotFound(gettext("There is no such standard, or it is not one of yours."))
    return found


def concerns(scope: Scope, service: Service) -> bool:
    """Say whether a node lies in scope, or above something that does and hands its standards down to it."""
    return any(service.path.startswith(path) or path.startswith(service.path) for path in scope.paths)


def check_led(scope: Scope, standard: Standard) -> None:
    """Raise Refused where the standard is inherited from above what somebody leads."""
    if not scope.sees(standard.service):
        raise Refused(
            gettext(
                "This standard is declared for all of %(place)s. Ask its lead, or declare one of your own branch.",
                place=standard.service.name,
            )
        )


def _version(session: Session, standard: Standard, said: Said, *, by: int) -> StandardVersion:
    words = {name: _words(getattr(said, name), name) for name in LIMITS}
    made = StandardVersion(
        standard=standard, number=len(standard.versions) + 1, from_month=said.from_month, by=by, why=said.why.strip()[:400],
        level=gauges.level_of(said.level, standard.gauge), days=gauges.days_of(said.days, standard.gauge),
        at_most=standard.measure is not None and standard.measure.better == "less", **words,
    )  # fmt: skip
    session.add(made)
    _changed(session)
    return made


def _words(text: str, field: str) -> str:
    found = " ".join(text.split())
    if not found or len(found) > LIMITS[field]:
        raise Invalid(gettext("Write between 1 and %(limit)s characters.", limit=LIMITS[field]), field=field)
    return found


def _check_month(month: int, first: int, running: int) -> None:
    if not first <= month <= running + AHEAD:
        raise Invalid(gettext("Choose a month that is not judged yet, at most a year ahead."), field="from_month")


def _same(one: StandardVersion, other: StandardVersion) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in (*LIMITS, "level", "days"))


def _twin(session: Session, service: Service, gauge: str, measure: Measure | None) -> Standard | None:
    wanted = select(Standard).where(
        Standard.service_id == service.id, Standard.gauge == gauge, Standard.retired_from.is_(None)
    )
    return session.scalars(wanted.where(Standard.measure_id == (measure.id if measure else None))).first()


def _lock(session: Session) -> None:
    rollups.bump(session, "standards")  # two who declare at once would do it twice


def _changed(session: Session) -> None:
    session.flush()
    rollups.bump(session, "rollups")  # the level stands on pictures
