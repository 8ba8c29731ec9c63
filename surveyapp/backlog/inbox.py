"""The inbox: what only the machine has sorted so far, gathered by the improvement under which it filed it, weightiest first.

A mention is sorted once a person has accepted, moved or dismissed it (`Mention.by`). What was said before the organisation's
`sort_from` day is history: it stands in the backlog and in the charts, and never here; what has no day counts from when it came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, literal_column, select, true, union_all
from sqlalchemy.orm import Session, aliased, joinedload

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import families, listing
from surveyapp.backlog.mentions import family
from surveyapp.db import UNDATED
from surveyapp.models import Comment, Improvement, ImprovementCount, Mention, Organisation, Person

GROUPS, FIRST, SKIMMED = 12, 3, 100
"""Groups on a page, mentions shown of each there, and on the page of one group."""
POOR = 25
"""The highest rating, in hundredths of its scale, of an unhappy customer: their mentions weigh twice."""


@dataclass(slots=True)
class Group:
    """The mentions that wait under one improvement: how many, how many of them from unhappy customers or new, and the first few.

    `last_id` is the newest mention counted: accepting the group accepts no later one. `known` says whether the person may open
    the improvement; `young` that nobody but the machine has had a hand in it. `total` is what it holds besides, in scope.
    """

    improvement: Improvement
    n: int
    poor: int
    new: int
    last_id: int
    known: bool
    young: bool
    total: int = 0
    mentions: list[Mention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of groups, and how many groups, mentions and new mentions wait in all."""

    groups: list[Group]
    total: int
    waiting: int
    new: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // GROUPS))


def beginning(session: Session) -> date | None:
    """Return the day from which the inbox begins, None where it holds everything."""
    return session.scalar(select(Organisation.sort_from).limit(1))


def waits(scope: Scope, start: date | None, zone: str) -> ColumnElement[bool]:
    """Return the condition for mentions that wait in somebody's inbox.

    What is dated and what is not are two looks into the index of what waits: as one with "or", it would be read whole.
    """
    theirs = and_(unsorted(Mention), Mention.service_id.in_(scope.services()))
    if start is None:
        return theirs
    came = datetime.combine(start, time(), ZoneInfo(zone)).astimezone(UTC)
    dated, undated = aliased(Mention), aliased(Mention)
    recent = select(dated.id).where(unsorted(dated), dated.day >= start)
    late = select(undated.id).where(unsorted(undated), undated.day == UNDATED, undated.filed_at >= came)
    return and_(theirs, Mention.id.in_(union_all(recent, late)))


def everything_unsorted(session: Session) -> int:
    """Count what only the machine has sorted, in the whole organisation and from the first day on."""
    return session.scalar(select(func.count()).select_from(Mention).where(unsorted(Mention))) or 0


def unsorted(mention: type[Mention]) -> ColumnElement[bool]:
    """Return the condition that only the machine has sorted a mention, written out so that SQLite sees that an index fits."""
    return and_(mention.by.is_(None), mention.state == literal_column("'filed'"))


def zone_of(session: Session) -> str:
    """Return the organisation's time zone."""
    return session.scalar(select(Organisation.time_zone).limit(1)) or "UTC"


def inbox(
    scope: Scope, session: Session, person: Person, *, since: datetime | None, only_new: bool = False, page: int = 1
) -> Inbox:
    """Return one page of the inbox. Most comments first, where an unhappy customer's counts twice; then the newest."""
    rows = _gathered(scope, session, since).subquery()
    shown = rows.c.new > 0 if only_new else true()
    summed = [func.coalesce(func.sum(each), 0) for each in (case((shown, 1), else_=0), rows.c.n, rows.c.new)]
    groups, waiting, new = session.execute(select(*summed)).one()
    page = min(max(page, 1), max(1, -(-groups // GROUPS)))
    ranked = select(rows).where(shown)
    ranked = ranked.order_by((rows.c.n + rows.c.poor).desc(), rows.c.last_day.desc(), rows.c.last_id.desc())
    found = session.execute(ranked.limit(GROUPS).offset((page - 1) * GROUPS)).all()
    made = _groups(scope, session, person, [tuple(row)[:5] for row in found])
    for group in made:
        group.mentions = waiting_under(scope, session, group.improvement.id, limit=FIRST)
    return Inbox(made, groups, waiting, new, page)


def group_of(
    scope: Scope, session: Session, person: Person, improvement_id: int, *, since: datetime | None
) -> Group | None:
    """Return the group of one improvement with all its mentions (up to SKIMMED), None where nothing waits under it."""
    rows = _gathered(scope, session, since).subquery()
    found = session.execute(select(rows).where(rows.c.root_id == improvement_id)).first()
    if found is None:
        return None
    (group,) = _groups(scope, session, person, [tuple(found)[:5]])
    group.mentions = waiting_under(scope, session, improvement_id, limit=SKIMMED)
    return group


def waiting_under(
    scope: Scope, session: Session, root_id: int, *, limit: int | None = None, up_to: int | None = None
) -> list[Mention]:
    """Return the mentions that wait under an improvement and those merged into it, newest first, none after `up_to`."""
    start, zone = beginning(session), zone_of(session)
    wanted = select(Mention).join(Mention.comment)
    wanted = wanted.where(waits(scope, start, zone), Mention.improvement_id.in_(family(session, root_id)))
    if up_to is not None:
        wanted = wanted.where(Mention.id <= up_to)
    options = joinedload(Mention.comment).options(joinedload(Comment.service), joinedload(Comment.response))
    wanted = wanted.order_by(Mention.day.desc(), Mention.id.desc()).options(options).limit(limit)
    return list(session.scalars(wanted))


def _new(since: datetime | None) -> ColumnElement[int]:
    fresh = Mention.filed_at > since if since is not None else literal_column("0") == literal_column("1")
    return func.sum(case((fresh, 1), else_=0))


def _gathered(scope: Scope, session: Session, since: datetime | None) -> Any:
    up = families.roots()
    root_id = func.coalesce(up.c.root_id, Mention.improvement_id)
    poor = func.sum(case((Comment.rating <= POOR, 1), else_=0))
    counted = select(
        root_id.label("root_id"), func.count().label("n"), poor.label("poor"), _new(since).label("new"),
        func.max(Mention.id).label("last_id"), func.max(Mention.day).label("last_day"),
    )  # fmt: skip
    counted = counted.join(Mention.comment).outerjoin(up, up.c.id == Mention.improvement_id)
    return counted.where(waits(scope, beginning(session), zone_of(session))).group_by(root_id)


def _groups(scope: Scope, session: Session, person: Person, rows: list[tuple[int, ...]]) -> list[Group]:
    ids = [row[0] for row in rows]
    whole = (joinedload(Improvement.owner), joinedload(Improvement.theme), joinedload(Improvement.service))
    found = {
        each.id: each for each in session.scalars(select(Improvement).where(Improvement.id.in_(ids)).options(*whole))
    }
    seen = set(
        session.scalars(select(Improvement.id).where(Improvement.id.in_(ids), listing.seen_by(scope, session, person)))
    )
    touched = select(Mention.improvement_id).where(Mention.improvement_id.in_(ids), Mention.by.is_not(None)).distinct()
    handled = set(session.scalars(touched))
    totals = _totals(scope, session, ids)
    return [
        Group(
            found[root], n, poor, new, last, root in seen, _young(found[root]) and root not in handled,
            totals.get(root, 0),
        )
        for root, n, poor, new, last in rows
    ]  # fmt: skip


def _young(it: Improvement) -> bool:
    return it.created_by is None and it.owner_id is None and it.state == "open" and it.title_comment_id is not None


def _totals(scope: Scope, session: Session, ids: list[int]) -> dict[int, int]:
    up = families.roots()
    root_id = func.coalesce(up.c.root_id, ImprovementCount.improvement_id)
    counted = select(root_id, func.sum(ImprovementCount.n)).outerjoin(up, up.c.id == ImprovementCount.improvement_id)
    counted = counted.where(root_id.in_(ids), ImprovementCount.service_id.in_(scope.services())).group_by(root_id)
    return {row[0]: row[1] for row in session.execute(counted)}
