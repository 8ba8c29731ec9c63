"""How each kind of row goes back to what it was, and what makes that impossible.

A row whose values have changed since, or on which a later one builds, stops the whole. Mentions that a customer has erased in
the meantime are left out: what is gone stays gone. What an act made is not removed but answered: a promise, target or outcome
by one more row, a merge by the mark that it was undone; an improvement is left without maker and owner, as one whose words
were moved away, so that its number never comes to mean another. Only a note to colleagues goes, and what was called different.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Table, func, inspect, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog.mentions import asked_again, family, moving, root_of
from surveyapp.db import Base, UTCTime, now
from surveyapp.errors import Conflict
from surveyapp.models import (
    Apart,
    Improvement,
    Label,
    Mention,
    Merge,
    Organisation,
    Outcome,
    Promise,
    Remark,
    Rule,
    Target,
)

BESIDE = {"improvement_count", "undo", "inbox_visit", "act"}
"""Tables that follow the backlog and hold nothing up."""
LATER = "Nothing was taken back, because something later depends on it: "
JOINED: dict[str, type[Base]] = {"labels": Label, "rules": Rule}
"""What can be put on an improvement and taken off it."""
WATCHED = {"asked_again", "sorted_at"}
"""Columns that go back but hold nothing up: the machine may have set them anew."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of an act: as it is now, what of it was changed ({column: [before, after]}), whether the act made it, and what was put
    on it and taken off it ({"labels": [[ids], [ids]]})."""

    row: Any
    columns: dict[str, list[Any]]
    made: bool
    joined: dict[str, list[list[int]]]


def read(session: Session, steps: list[dict[str, Any]]) -> list[Step]:
    """Read an act's rows as they are now, locked. Raises Conflict where none is left."""
    found = []
    for step in steps:
        model = MODELS[step["table"]]
        row = session.get(model, step["id"], with_for_update={"key_share": True}, populate_existing=True)
        if row is not None:
            found.append(Step(row, step.get("columns", {}), bool(step.get("made")), step.get("joined", {})))
    if not found:
        raise Conflict(LATER + "the customer has erased these words.")
    return found


def check(session: Session, steps: list[Step]) -> None:
    """Raise Conflict, in words for a person, where something later depends on one of the rows."""
    for step in steps:
        for name, (_before, after) in step.columns.items():
            if name not in WATCHED and getattr(step.row, name) != value(step.row, name, after):
                raise Conflict(LATER + _changed(step.row))
        if into := step.columns.get("merged_into_id", [None])[0]:
            _no_circle(session, step.row, into)
        if step.made and isinstance(step.row, (Target, Promise, Outcome)) and _has_later(session, step.row):
            raise Conflict(LATER + "there is a newer entry after it. Make another entry instead.")


def restore(session: Session, steps: list[Step], *, by: int) -> None:
    """Put every row back, mentions first: they count."""
    mentions = [step for step in steps if isinstance(step.row, Mention)]
    if mentions:
        with moving(session, [step.row for step in mentions]) as changed:
            for step in mentions:
                _put_back(session, step)
                step.row.changed = changed
    for step in steps:
        if not step.made and not isinstance(step.row, Mention):
            _put_back(session, step)
            _join_again(session, step)
    session.flush()
    for step in reversed(steps):
        if step.made:
            MADE[type(step.row)](session, step.row, by)
    session.flush()


def value(row: Any, name: str, stored: Any) -> Any:
    """Read a stored value as its column holds it."""
    if stored is None:
        return None
    kind = inspect(type(row)).columns[name].type
    if isinstance(kind, UTCTime):
        return datetime.fromisoformat(stored)
    return date.fromisoformat(stored) if isinstance(kind, Date) else stored


def _put_back(session: Session, step: Step) -> None:
    for name, (before, _after) in step.columns.items():
        setattr(step.row, name, value(step.row, name, before))
    session.flush()
    links = [link.key for link in inspect(type(step.row)).relationships if not link.uselist]
    session.expire(step.row, links)  # or owner, theme, improvement would still be those of the act


def _join_again(session: Session, step: Step) -> None:
    """Take off what was put on, and put on what was taken off; where somebody has done so since, that stands."""
    for name, (added, removed) in step.joined.items():
        there = getattr(step.row, name)
        for each in [each for each in there if each.id in added]:
            there.remove(each)
        back = (session.get(JOINED[name], each) for each in removed)
        there.extend(each for each in back if each is not None and each not in there)


def _changed(row: Any) -> str:
    if isinstance(row, Organisation):
        return "somebody has chosen another day since."
    if isinstance(row, Mention):
        return "somebody has sorted one of these comments again since."
    return "somebody has changed the improvement again since."


def _no_circle(session: Session, row: Improvement, into: int) -> None:
    if root_of(session.get_one(Improvement, into)) is row:
        raise Conflict(LATER + "the two have been merged the other way round since.")


def _has_later(session: Session, row: Target | Promise | Outcome) -> bool:
    kind = type(row)
    later = select(func.count()).where(kind.improvement_id == row.improvement_id, kind.id > row.id)
    return bool(session.scalar(later))


def _dated(session: Session, row: Target | Promise, by: int) -> None:
    """Let the date before hold again, as one more row of the ledger."""
    kind: Any = type(row)
    earlier = select(kind).where(kind.improvement_id == row.improvement_id, kind.id < row.id).order_by(kind.id.desc())
    before: Any = session.scalars(earlier.limit(1)).first()
    reason = "Taken back: the date before holds again." if before and before.due_on else "Taken back: set by mistake."
    made = kind(improvement_id=row.improvement_id, due_on=before.due_on if before else None, reason=reason, by=by)
    if kind is Promise and before:
        made.sentence = before.sentence
    _append(session, row.improvement_id, made)


def _turned(session: Session, row: Outcome, by: int) -> None:
    """Say again what held before the outcome, with its words; comments that came meanwhile were not "asked again"."""
    improvement = session.get_one(Improvement, row.improvement_id)
    earlier = select(Outcome).where(Outcome.improvement_id == row.improvement_id, Outcome.id < row.id)
    before = session.scalars(earlier.order_by(Outcome.id.desc()).limit(1)).first()
    made = Outcome(improvement_id=row.improvement_id, state=improvement.state, by=by)
    if before is not None and before.state == improvement.state:
        made.words, made.effective_on = before.words, before.effective_on
    _append(session, row.improvement_id, made)
    again = select(Mention).where(Mention.improvement_id.in_(family(session, improvement.id)), Mention.asked_again)
    for mention in session.scalars(again):
        mention.asked_again = asked_again(improvement, mention.day)


def _append(session: Session, improvement_id: int, made: Target | Promise | Outcome) -> None:
    session.add(made)
    session.flush()
    improvement = session.get_one(Improvement, improvement_id)
    session.expire(improvement, ["targets", "promises", "outcomes"])


def _parted(_session: Session, row: Merge, by: int) -> None:
    row.undone_at, row.undone_by = now(), by


def _forgotten(session: Session, row: Remark, _by: int) -> None:
    session.delete(row)


def _not_different(session: Session, row: Apart, _by: int) -> None:
    session.delete(row)
    rollups.bump(session, "erasures")  # the filing index forgets what it was taught, and reads what still holds


def _left_alone(session: Session, row: Improvement, _by: int) -> None:
    """Leave an improvement as one that nobody asked for; it goes out of sight. Raises Conflict where others lean on it."""
    for table, column in _leaning():
        there = select(func.count()).select_from(table).where(table.c[column] == row.id)
        if session.scalar(there):
            raise Conflict(LATER + f"the new improvement “{row.title}” has been worked with since.")
    row.created_by = row.owner_id = row.handed_to_id = None


def _leaning() -> Iterable[tuple[Table, str]]:
    for table in Base.metadata.sorted_tables:
        if table.name not in BESIDE:
            yield from (
                (table, key.parent.name) for key in table.foreign_keys if key.column.table.name == "improvement"
            )


MADE: dict[type[Base], Callable[[Session, Any, int], None]] = {
    Target: _dated,
    Promise: _dated,
    Outcome: _turned,
    Merge: _parted,
    Remark: _forgotten,
    Apart: _not_different,
    Improvement: _left_alone,
}
"""What answers each kind of row that an act makes. What is not named here is nobody's to take back."""
MODELS: dict[str, Any] = {model.__table__.name: model for model in [*MADE, Mention, Organisation]}  # type: ignore[attr-defined]
