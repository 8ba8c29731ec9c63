"""The weight of an improvement: one number whose parts can be said in a sentence each, and by which the backlog is sorted.

Each comment weighs 1. It weighs 1 more when it is recent, and 1 more when its writer rated the service poor. Each branch
beyond the first adds 2; a promise that is due soon adds 20, one that is broken 30. The parts come from counts and rollups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Select, Subquery, case, cast, func, literal, select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog.days import today
from surveyapp.backlog.families import members, roots
from surveyapp.models import Improvement, ImprovementCount, Promise, Rollup, Service

RECENT_DAYS = 90
SOON_DAYS = 14
BRANCH, DUE, BROKEN = 2, 20, 30


@dataclass(frozen=True, slots=True)
class Weight:
    """The parts of a weight. `promise` is DUE, BROKEN or 0; `since` the first day that counts as recent."""

    comments: int
    recent: int
    poor: int
    branches: int
    promise: int
    since: date

    @property
    def total(self) -> int:
        """The weight itself."""
        return self.comments + self.recent + self.poor + self.spread + self.promise

    @property
    def spread(self) -> int:
        """What branches beyond the first add."""
        return BRANCH * max(0, self.branches - 1)


@dataclass(frozen=True, slots=True)
class Parts:
    """Improvements joined with what their weight is made of: columns to select, and the expressions to filter and sort by."""

    source: FromClause
    columns: tuple[ColumnElement[Any], ...]
    comments: ColumnElement[int]
    last_day: ColumnElement[date]
    weight: ColumnElement[int]


def parts(scope: Scope, session: Session, service: Service | None, only: Sequence[int] | None = None) -> Parts:
    """Return each improvement with the parts of its weight, of its whole family, within the scope and under one node.

    `only` names the improvements that are wanted; then nothing of the others is counted.
    """
    day = today(session)
    since = day - timedelta(days=RECENT_DAYS)
    wanted = places(scope, service)
    own = None if only is None else members(session, only)
    counted, lately = _counts(wanted, own), _recent(wanted, since, own)
    known = Improvement.__table__
    source = known.outerjoin(counted, counted.c.root_id == known.c.id).outerjoin(lately, lately.c.root_id == known.c.id)
    comments, recent = func.coalesce(counted.c.n, 0), func.coalesce(lately.c.n, 0)
    poor, branches, promise = func.coalesce(counted.c.poor, 0), func.coalesce(counted.c.branches, 0), _promise(day)
    spread = case((branches > 1, (branches - 1) * BRANCH), else_=0)
    columns = {
        "comments": comments, "recent": recent, "poor": poor, "branches": branches, "promise": promise,
        "last_day": counted.c.last_day, "since": literal(since),
    }  # fmt: skip
    named = tuple(column.label(name) for name, column in columns.items())
    return Parts(source, named, comments, counted.c.last_day, comments + recent + poor + spread + promise)


def weight(row: Any) -> Weight:
    """Read a weight from a row that has the columns of Parts."""
    parts_of = (row.comments, row.recent, row.poor, row.branches, row.promise)  # PostgreSQL's sums are decimals
    comments, recent, poor, branches, promise = map(int, parts_of)
    return Weight(comments, recent, poor, branches, promise, row.since)


def of(scope: Scope, session: Session, ids: Sequence[int]) -> dict[int, Weight]:
    """Weigh some improvements."""
    found = parts(scope, session, None, ids)
    weighed = select(Improvement.id, *found.columns).select_from(found.source).where(Improvement.id.in_(ids))
    return {row.id: weight(row) for row in session.execute(weighed)}


def places(scope: Scope, service: Service | None) -> Select[int]:
    """Return a query for the nodes in scope, under one of them where it is given."""
    wanted = scope.services()
    return wanted if service is None else wanted.where(Service.path.like(f"{service.path}%"))


def _counts(places: Select[int], only: list[int] | None) -> Subquery:
    """Return (root_id, n, poor, last_day, branches) over each improvement's family."""
    up = roots()
    # The cast gives SQLite the type by which it can index what it joins on; without it the list costs forty times as much.
    root_id = cast(func.coalesce(up.c.root_id, ImprovementCount.improvement_id), Integer).label("root_id")
    counted = select(
        root_id,
        func.sum(ImprovementCount.n).label("n"),
        func.sum(ImprovementCount.poor).label("poor"),
        func.max(ImprovementCount.last_day).label("last_day"),
        func.count(ImprovementCount.service_id.distinct()).label("branches"),
    ).outerjoin(up, up.c.id == ImprovementCount.improvement_id)
    counted = counted.where(ImprovementCount.service_id.in_(places))
    if only is not None:
        counted = counted.where(ImprovementCount.improvement_id.in_(only))
    return counted.group_by(root_id).subquery("counts")


def _recent(places: Select[int], since: date, only: list[int] | None) -> Subquery:
    """Return (root_id, n) of the mentions since a day."""
    up = roots()
    own = cast(Rollup.key, Integer)
    lately = select(own.label("id"), func.sum(Rollup.n).label("n"))
    lately = lately.where(Rollup.fact == "mention", Rollup.service_id.in_(places), Rollup.day >= since).group_by(own)
    if only is not None:
        lately = lately.where(Rollup.key.in_([str(each) for each in only]))
    each = lately.subquery("lately")
    root_id = cast(func.coalesce(up.c.root_id, each.c.id), Integer).label("root_id")
    families = select(root_id, func.sum(each.c.n).label("n")).select_from(each).outerjoin(up, up.c.id == each.c.id)
    return families.group_by(root_id).subquery("recent")


def _promise(day: date) -> ColumnElement[int]:
    """Return what the promise of an open improvement adds, judged by the first date that customers read."""
    promised = (Promise.improvement_id == Improvement.id, Promise.due_on.is_not(None))
    due = select(Promise.due_on).where(*promised).order_by(Promise.id).limit(1).correlate(Improvement).scalar_subquery()
    standing = case((due < day, BROKEN), (due <= day + timedelta(days=SOON_DAYS), DUE), else_=0)
    return case((Improvement.state == "open", standing), else_=0)
