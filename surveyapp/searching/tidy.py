"""Letting go of erased words for good: SQLite's index strikes them out at once, and drops the struck entries when it merges.

Merging is done a little at a time, each in a short transaction, so that nobody who writes waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from surveyapp.db import Database

PAGES = 500
"""How many pages of the index one step merges."""
INDEXES = ("comment_words", "title_words")


def run(database: Database, _config: Mapping[str, Any]) -> dict[str, Any]:
    """Merge what can be merged; return how many steps it took. PostgreSQL's vacuum does this by itself."""
    if not database.is_sqlite:
        return {}
    return {"steps": sum(_merge(database, index) for index in INDEXES)}


def _merge(database: Database, index: str) -> int:
    """Begin with everything there is (a negative number says so), and go on until a step changes nothing more."""
    steps = 0
    while True:
        with database.write() as session:
            before = _changes(session)
            pages = PAGES if steps else -PAGES
            session.execute(text(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', :pages)"), {"pages": pages})  # noqa: S608
            changed = _changes(session) - before
        steps += 1
        if changed < 2:
            return steps


def _changes(session: Any) -> int:
    return int(session.scalar(text("SELECT total_changes()")))
