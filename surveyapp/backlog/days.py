"""Today, where the organisation is."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import now
from surveyapp.models import Organisation


def today(session: Session) -> date:
    """Return the organisation's local day."""
    zone = session.scalar(select(Organisation.time_zone).limit(1)) or "UTC"
    return now().astimezone(ZoneInfo(zone)).date()
