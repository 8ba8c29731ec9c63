"""Writing down who did what. Acts name ids and fields, never words that somebody wrote."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.db import Base
from surveyapp.models import Act, Person


def record(session: Session, by: Person | int | None, verb: str, thing: Base, **fields: Any) -> Act:
    """Write one act down: `by` is the person (None: the machine), `thing` the row it was done to, already flushed or new.

    Fields are ids, dates, numbers or a [before, after] pair of such; dates are stored as ISO text. Free text has no place here.
    """
    session.flush()  # a new row has its id only now
    act = Act(
        by=by.id if isinstance(by, Person) else by,
        verb=verb,
        thing=thing.__tablename__,
        thing_id=thing.id,  # type: ignore[attr-defined]
        fields={name: _plain(value) for name, value in fields.items()},
    )
    session.add(act)
    return act


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in (value if isinstance(value, (list, tuple)) else sorted(value))]
    return value.isoformat() if isinstance(value, (date, datetime)) else value
