"""Today, where the organisation is."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import now
from surveyapp.models import Organisation


def today(session: Session) -> date:
    """Return the organisation's local day. The zone is asked for once a session: a page needs the day in a dozen places."""
    if "time_zone" not in session.info:
        session.info["time_zone"] = session.scalar(select(Organisation.time_zone).limit(1)) or "UTC"
    zone: str = session.info["time_zone"]
    return now().astimezone(ZoneInfo(zone)).date()
