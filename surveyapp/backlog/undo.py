"""Undo: noting what an act changed while it happens, and taking it back as long as nothing later depends on it.

An act notes itself: whatever it changes or makes of the backlog's rows inside `recorded` is kept with the values before and
after. Taking back restores the values before, where those after still stand. Ledgers and outcomes lose no row, because a
customer or colleague may have read it: they get one more (see `undo_steps`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.backlog import undo_steps
from surveyapp.db import Base, now
from surveyapp.errors import Conflict, NotFound
from surveyapp.models import Improvement, Mention, Merge, Organisation, Undo

CHANGED: tuple[type[Base], ...] = (Improvement, Mention, Merge, Organisation)
DERIVED = {"id", "version", "changed"}
"""Columns that are nobody's decision."""


class Recording:
    """What is noted of one act. `row` is what can be taken back, None where the act changed nothing; `n` goes on the button."""

    def __init__(self, n: int = 1) -> None:
        self.n = n
        self.row: Undo | None = None
        self.comment_id: int | None = None
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The rows made and changed, in the order in which they were first touched."""
        return [each for each in self._rows.values() if each.get("made") or each["columns"] or each.get("joined")]

    def flushed(self, session: Session, _context: Any) -> None:
        """Note what is being flushed. Here new rows have their ids, and changed ones still know what they were."""
        for row in session.new:
            if type(row) in undo_steps.MADE:
                self._rows.setdefault(_name(row), {**_place(row), "made": True})
        for row in session.dirty:
            if type(row) in CHANGED:
                self._change(row)

    def _change(self, row: Any) -> None:
        step = self._rows.setdefault(_name(row), {**_place(row), "columns": {}})
        if step.get("made"):
            return
        for column in inspect(type(row)).column_attrs:
            history = inspect(row).attrs[column.key].history
            if column.key not in DERIVED and history.has_changes():
                before, after = _plain(next(iter(history.deleted or ()), None)), _plain(next(iter(history.added), None))
                before = step["columns"].get(column.key, [before])[0]
                step["columns"][column.key] = [before, after]
                if column.key == "title_comment_id":
                    self.comment_id = self.comment_id or before or after
        for name in undo_steps.JOINED if isinstance(row, Improvement) else ():
            history = inspect(row).attrs[name].history
            if history.has_changes():
                added, removed = step.setdefault("joined", {}).setdefault(name, [[], []])
                added += [each.id for each in history.added]
                removed += [each.id for each in history.deleted]


@contextmanager
def recorded(
    session: Session, verb: str, *, by: int, improvement: Improvement | None = None, n: int = 1
) -> Iterator[Recording]:
    """Act inside the block; afterwards the recording's `row` can take the act back. Nothing is noted where the act raises."""
    session.flush()
    noted = Recording(n)
    event.listen(session, "after_flush", noted.flushed)
    try:
        yield noted
        session.flush()
    finally:
        event.remove(session, "after_flush", noted.flushed)
    if noted.steps:
        noted.row = Undo(
            by=by, verb=verb, n=noted.n, steps=noted.steps, comment_id=noted.comment_id,
            improvement_id=improvement.id if improvement else None,
        )  # fmt: skip
        session.add(noted.row)
        session.flush()


def recent(session: Session, by: int, *, limit: int = 30) -> list[Undo]:
    """Return somebody's latest acts, newest first, those that were taken back too."""
    mine = select(Undo).where(Undo.by == by).order_by(Undo.id.desc()).limit(limit)
    return list(session.scalars(mine))


def fetch(session: Session, by: int, undo_id: int) -> Undo:
    """Fetch one of somebody's own acts. Raises NotFound for another's, or one whose words were erased."""
    found = session.get(Undo, undo_id)
    if found is None or found.by != by:
        raise NotFound("There is nothing to take back here. A customer may have erased the words it was about.")
    return found


def take_back(session: Session, row: Undo, *, by: int) -> None:
    """Take one act back. Raises Conflict where that has been done already, or where something later depends on it."""
    rollups.bump(session, "backlog")  # before any row: whoever moves mentions locks in this order
    session.refresh(row, with_for_update=True)
    if row.undone_at is not None:
        raise Conflict("This has been taken back already.")
    found = undo_steps.read(session, row.steps)
    undo_steps.check(session, found)
    undo_steps.restore(session, found, by=by)
    row.undone_at = now()
    improvement = session.get(Improvement, row.improvement_id) if row.improvement_id else None
    record(session, by, "undo", improvement or row, of=row.id)
    session.flush()


def _name(row: Any) -> tuple[str, int]:
    return row.__tablename__, row.id


def _place(row: Any) -> dict[str, Any]:
    return {"table": row.__tablename__, "id": row.id}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
