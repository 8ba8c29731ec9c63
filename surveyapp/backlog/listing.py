"""The backlog's list: which improvements somebody sees, with what their family of merged ones was mentioned, filtered and sorted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Subquery, and_, cast, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from surveyapp.accounts.scope import Scope
from surveyapp.db import UNDATED
from surveyapp.errors import NotFound
from surveyapp.models import Comment, Improvement, ImprovementCount, Mention, Person, Promise, Service

SORTS = ("weight", "recent", "promise", "title")
PAGE = 25


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody asked the list for. `owner` is an id, or 0 for nobody's; `page` counts from 1."""

    state: str = "open"  # open, done, declined, again, all
    theme: int | None = None
    owner: int | None = None
    service: int | None = None
    words: str = ""
    sort: str = "weight"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One improvement of the list: how many mentions, when last, at how many branches, and how often asked again."""

    improvement: Improvement
    n: int
    last_day: date | None
    branches: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows and how many there are in all."""

    rows: list[Row]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def seen_by(scope: Scope, session: Session, person: Person) -> ColumnElement[bool]:
    """Return which improvements a person may open.

    A colleague sees what was handed to them; everybody else what belongs to their branches, what they own, and what belongs above
    them (to the whole organisation, say) as far as their own branches' customers asked for it.
    """
    theirs = or_(Improvement.handed_to_id == person.id, Improvement.owner_id == person.id)
    if not person.duties & {"lead", "administrator", "executive"}:
        return theirs
    services = scope.services()
    above = [int(i) for path in scope.paths for i in path.strip("/").split("/")]
    asked = exists().where(ImprovementCount.improvement_id == Improvement.id, ImprovementCount.service_id.in_(services))
    up = roots()
    merged = select(up.c.root_id).join(ImprovementCount, ImprovementCount.improvement_id == up.c.id)
    asked_below = Improvement.id.in_(merged.where(ImprovementCount.service_id.in_(services)))
    higher = and_(Improvement.service_id.in_(above), or_(asked, asked_below)) if above else false()
    return or_(theirs, Improvement.service_id.in_(services), higher)


def fetch(scope: Scope, session: Session, person: Person, improvement_id: int) -> Improvement:
    """Fetch one improvement. Raises NotFound for one that is not there or not this person's to see."""
    wanted = select(Improvement).where(Improvement.id == improvement_id, seen_by(scope, session, person))
    found = session.scalars(wanted).first()
    if found is None:
        raise NotFound("There is no such improvement, or it is not one of yours.")
    return found


def fetch_mentions(scope: Scope, session: Session, person: Person, ids: list[int]) -> list[Mention]:
    """Fetch mentions in scope by id. Raises NotFound where one of them is not there or not in scope."""
    wanted = select(Mention).where(Mention.id.in_(ids), Mention.service_id.in_(scope.services()))
    found = list(session.scalars(wanted.order_by(Mention.id).options(joinedload(Mention.comment))))
    if len(found) != len(set(ids)):
        raise NotFound("One of these comments is not there any more, or it is not one of yours.")
    return found


def roots() -> Subquery:
    """Return (id, root_id) for every improvement that is merged into another, however deep."""
    chain = select(Improvement.id.label("id"), Improvement.merged_into_id.label("up")).where(
        Improvement.merged_into_id.is_not(None)
    )
    chains = chain.cte(recursive=True)  # no name: one statement may hold it twice
    above = aliased(Improvement)
    chains = chains.union_all(
        select(chains.c.id, above.merged_into_id)
        .join(above, above.id == chains.c.up)
        .where(above.merged_into_id.is_not(None))
    )
    top = aliased(Improvement)
    ends = select(chains.c.id, chains.c.up.label("root_id")).join(top, top.id == chains.c.up)
    return ends.where(top.merged_into_id.is_(None)).subquery()


def counts(scope: Scope, service: Service | None = None) -> Subquery:
    """Return (root_id, n, last_day, branches) over each improvement's family, within the scope and under one node."""
    up = roots()
    # The cast gives SQLite the type by which it can index what it joins on; without it the list costs forty times as much.
    root_id = cast(func.coalesce(up.c.root_id, ImprovementCount.improvement_id), Integer).label("root_id")
    counted = select(
        root_id,
        func.sum(ImprovementCount.n).label("n"),
        func.max(ImprovementCount.last_day).label("last_day"),
        func.count(ImprovementCount.service_id.distinct()).label("branches"),
    ).outerjoin(up, up.c.id == ImprovementCount.improvement_id)
    counted = counted.where(ImprovementCount.service_id.in_(scope.services()))
    if service is not None:
        under = select(Service.id).where(Service.path.like(f"{service.path}%"))
        counted = counted.where(ImprovementCount.service_id.in_(under))
    return counted.group_by(root_id).subquery("counts")


def listed(scope: Scope, session: Session, person: Person, filters: Filters) -> Listing:
    """Return one page of the backlog. What nobody mentions any more and nobody touched stays out of the way."""
    service = scope.service(session, filters.service) if filters.service else None
    counted = counts(scope, service)
    shown = select(Improvement, counted.c.n, counted.c.last_day, counted.c.branches).outerjoin(
        counted, counted.c.root_id == Improvement.id
    )
    shown = shown.where(Improvement.merged_into_id.is_(None), seen_by(scope, session, person))
    alive = or_(
        counted.c.n > 0,
        Improvement.created_by.is_not(None),
        Improvement.state != "open",
        Improvement.owner_id.is_not(None),
        Improvement.handed_to_id.is_not(None),
    )
    shown = _filtered(shown.where(alive if service is None else counted.c.n > 0), filters)
    total = session.scalar(select(func.count()).select_from(shown.order_by(None).subquery())) or 0
    page = min(max(filters.page, 1), max(1, -(-total // PAGE)))
    wanted = shown.order_by(*_order(filters.sort, counted)).limit(PAGE).offset((page - 1) * PAGE)
    options = (
        joinedload(Improvement.owner), joinedload(Improvement.theme), joinedload(Improvement.service),
        selectinload(Improvement.promises), selectinload(Improvement.targets), selectinload(Improvement.outcomes),
    )  # fmt: skip
    rows = [
        Row(each, n or 0, last if last and last != UNDATED else None, branches or 0)
        for each, n, last, branches in session.execute(wanted.options(*options))
    ]
    return Listing(rows, total, page)


def _filtered(shown: Select[Any], filters: Filters) -> Select[Any]:
    if filters.state in {"open", "done", "declined"}:
        shown = shown.where(Improvement.state == filters.state)
    if filters.state == "again":
        again = exists().where(Mention.improvement_id == Improvement.id, Mention.asked_again, Mention.state == "filed")
        shown = shown.where(Improvement.state != "open", again)
    if filters.theme:
        shown = shown.where(Improvement.theme_id == filters.theme)
    if filters.owner is not None:
        shown = shown.where(Improvement.owner_id == filters.owner if filters.owner else Improvement.owner_id.is_(None))
    for word in filters.words.split():
        pattern = f"%{_escaped(word.lower())}%"
        quoted = (
            exists()
            .where(Mention.improvement_id == Improvement.id, Mention.state == "filed", Comment.id == Mention.comment_id)
            .where(func.lower(Comment.text).like(pattern, escape="\\"))
        )
        shown = shown.where(or_(func.lower(Improvement.title).like(pattern, escape="\\"), quoted))
    return shown


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _order(sort: str, counted: Subquery) -> tuple[Any, ...]:
    weight = func.coalesce(counted.c.n, 0).desc()
    if sort == "recent":
        return (func.coalesce(counted.c.last_day, UNDATED).desc(), Improvement.id)
    if sort == "title":
        return (func.lower(Improvement.title), Improvement.id)
    if sort == "promise":
        due = select(func.min(Promise.due_on)).where(Promise.improvement_id == Improvement.id).scalar_subquery()
        return (due.is_(None), due, weight, Improvement.id)
    return (weight, Improvement.id)
