"""Words are kept as long as the organisation says, and then erased; the totals stay. What is urgent waits to be released."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import Database, now
from surveyapp.models import Organisation, Response
from surveyapp.pipeline.erase import erase
from surveyapp.recovery import urgent


def run(database: Database, _config: Mapping[str, Any]) -> dict[str, Any]:
    """Erase every response that is past the organisation's term, some at a time; return how many."""
    erased = 0
    while True:
        with database.write() as session:
            past = _past(session)
            for response in past:
                erase(session, response)
        if not past:
            return {"erased": erased}
        erased += len(past)


def last_kept_day(organisation: Organisation, today: date) -> date:
    """Return the oldest day whose words are still kept."""
    months = today.year * 12 + today.month - 1 - organisation.retention_months
    first = date(months // 12, months % 12 + 1, 1)
    return min(first + timedelta(days=today.day - 1), _last_of(first))


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _past(session: Session) -> list[Response]:
    organisation = session.scalars(select(Organisation)).first()
    if organisation is None or organisation.retention_months <= 0:
        return []
    oldest = last_kept_day(organisation, now().date())
    past = select(Response).where(Response.received_at < _midnight(oldest), Response.id.not_in(urgent.held()))
    return list(session.scalars(past.order_by(Response.id).limit(100)))


def _midnight(day: date) -> Any:
    return now().replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0)
