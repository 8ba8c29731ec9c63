"""The board: the backlog in columns, from what nobody has taken to what is done, the heaviest on top of each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import listing
from surveyapp.models import Improvement, Person, Promise, Target

TALL = 12
COLUMNS = ("new", "owned", "planned", "done", "declined")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the heaviest improvements in it, how many there are in all, and the list's state to see them in."""

    name: str
    rows: list[listing.Row]
    total: int


def board(scope: Scope, session: Session, person: Person, filters: listing.Filters) -> list[Column]:
    """Return the columns for the same filters as the list has, save the state, which the columns are."""
    found = []
    for name in COLUMNS:
        state = name if name in {"done", "declined"} else "open"
        within = replace(filters, state=state, page=1, sort="weight" if filters.sort == "match" else filters.sort)
        page = listing.listed(scope, session, person, within, where=_where(name))
        found.append(Column(name, page.rows[:TALL], page.total))
    return found


def _where(name: str) -> ColumnElement[bool] | None:
    dated = or_(
        exists().where(Promise.improvement_id == Improvement.id, Promise.due_on.is_not(None)),
        exists().where(Target.improvement_id == Improvement.id, Target.due_on.is_not(None)),
    )
    taken = Improvement.owner_id.is_not(None)
    if name == "planned":
        return dated
    if name == "owned":
        return and_(taken, ~dated)
    return and_(~taken, ~dated) if name == "new" else None
