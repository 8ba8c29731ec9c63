"""Today, where the organisation is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import now
from surveyapp.models import Organisation


def today(session: Session) -> date:
    """Return the organisation's local day. The zone is asked for once a session: a page needs the day in a dozen places."""
    return now().astimezone(_zone(session)).date()


def of(session: Session, moment: datetime) -> date:
    """Return the organisation's local day of a moment."""
    return moment.astimezone(_zone(session)).date()


def beginning(session: Session, day: date) -> datetime:
    """Return the moment at which a local day begins, in UTC."""
    return datetime.combine(day, time(), _zone(session)).astimezone(UTC)


def _zone(session: Session) -> ZoneInfo:
    if "time_zone" not in session.info:
        session.info["time_zone"] = session.scalar(select(Organisation.time_zone).limit(1)) or "UTC"
    return ZoneInfo(session.info["time_zone"])
