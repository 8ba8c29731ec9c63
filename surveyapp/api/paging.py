"""Lists, a page at a time, by cursor: what is added or erased meanwhile neither repeats nor hides anything."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveyapp.api.contract import Param
from surveyapp.db import UNDATED
from surveyapp.errors import Invalid

MOST = 200
LIMIT = Param("limit", {"type": "integer", "minimum": 1, "maximum": MOST}, f"how many, at most {MOST}", 50, read=int)
CURSOR = Param("cursor", {"type": "string", "maxLength": 60}, "the `next` of the page before")
PAGES = (LIMIT, CURSOR)


def number(name: str, about: str) -> Param:
    """Return a parameter that is an id."""
    return Param(name, {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}, about, read=int)


def choice(name: str, options: Sequence[str], about: str, *, default: str | None = None) -> Param:
    """Return a parameter that is one of some words."""
    return Param(name, {"enum": [*options]}, f"{about}: {', '.join(options)}", default)


def day(name: str, about: str) -> Param:
    """Return a parameter that is a day, like 2026-05-31; the view gets a date."""

    def read(given: str) -> str:
        return date.fromisoformat(given).isoformat()

    shape = {"type": "string", "format": "date"}
    return Param(name, shape, f"{about}, like 2026-05-31", read=read, keep=date.fromisoformat)


def page(
    session: Session,
    wanted: Select[Any],
    key: InstrumentedAttribute[int],
    *,
    limit: int,
    cursor: str | None,
    shown: Callable[[Sequence[Any]], list[dict[str, Any]]],
) -> dict[str, Any]:
    """Return one page of a query's first column, ordered by `key`, an id; `shown` makes what travels of the rows."""
    if cursor is not None:
        wanted = wanted.where(key > _read(cursor))
    rows = list(session.scalars(wanted.order_by(key).limit(limit + 1)).unique())
    more = len(rows) > limit
    rows = rows[:limit]
    return {"data": shown(rows), "next": _written(rows[-1].id) if more else None}


def of_day(found: date) -> str | None:
    """Return a day as it travels; null for what has none."""
    return None if found == UNDATED else found.isoformat()


def _written(last: int) -> str:
    return base64.urlsafe_b64encode(f"after {last}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        words = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        word, last = words.split(" ")
        after = int(last) if word == "after" and last.isdigit() else -1
    except (binascii.Error, ValueError):
        after = -1
    if not 0 <= after < 2**63:
        raise Invalid("This cursor is none of ours. Begin without one.", field="cursor")
    return after
