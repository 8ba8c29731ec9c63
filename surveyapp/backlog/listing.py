"""The backlog's list: which improvements somebody sees, with what their family of merged ones was mentioned, filtered and sorted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp import searching
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import finding, leaving, weighing
from surveyapp.backlog.days import today
from surveyapp.backlog.families import roots
from surveyapp.backlog.weighing import Weight
from surveyapp.db import UNDATED
from surveyapp.errors import NotFound
from surveyapp.models import Improvement, ImprovementCount, Label, Mention, Person, Promise, Rule, Service

SORTS = ("match", "weight", "recent", "promise", "title")
STATES = ("open", "done", "declined", "again", "all")
PAGE = 25


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody asked the list for. `owner` is an id, or 0 for nobody's; `page` counts from 1."""

    state: str = "open"  # one of STATES
    theme: int | None = None
    owner: int | None = None
    service: int | None = None
    label: int | None = None
    rule: int | None = None
    words: str = ""
    sort: str = "weight"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One improvement of the list: its weight, how many mentions, when last, and at how many branches."""

    improvement: Improvement
    weight: Weight
    last_day: date | None

    @property
    def n(self) -> int:
        """How many mentions it has."""
        return self.weight.comments

    @property
    def branches(self) -> int:
        """At how many branches it was mentioned."""
        return self.weight.branches


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows and how many there are in all; `near` says that nothing was spelt as it was asked for."""

    rows: list[Row]
    total: int
    page: int
    near: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def seen_by(scope: Scope, session: Session, person: Person) -> ColumnElement[bool]:
    """Return which improvements a person may open.

    A colleague sees what was handed to them; everybody else what belongs to their branches, what they own, and what belongs above
    them (to the whole organisation, say) as far as their own branches' customers asked for it.
    """
    whose = leaving.covered(session, person, today(session))
    theirs = or_(Improvement.handed_to_id.in_(whose), Improvement.owner_id.in_(whose))
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


def listed(
    scope: Scope, session: Session, person: Person, filters: Filters, where: ColumnElement[bool] | None = None
) -> Listing:
    """Return one page of the backlog. What nobody mentions any more and nobody touched stays out of the way.

    A search that finds nothing of what this person sees is tried again with words that are spelt like it. `where` narrows
    further, for the board's columns.
    """
    look = _Look(scope, session, person, true() if where is None else where)
    if not filters.words.strip():
        return _sorted(look, filters, None)
    exact = _searched(look, filters, near=False)
    if exact.total:
        return exact
    similar = _searched(look, filters, near=True)
    return replace(similar, near=True) if similar.total else exact


@dataclass(frozen=True, slots=True)
class _Look:
    """Who looks, with what, and what else must hold."""

    scope: Scope
    session: Session
    person: Person
    where: ColumnElement[bool]

    def shown(self, filters: Filters) -> list[ColumnElement[bool]]:
        """Return what holds for every improvement of the list."""
        seen = (Improvement.merged_into_id.is_(None), seen_by(self.scope, self.session, self.person), self.where)
        return [*seen, *_filtered(filters)]


def _searched(look: _Look, filters: Filters, *, near: bool) -> Listing:
    query = searching.parse(look.session, filters.words, near=near)
    ids = finding.best(look.scope, look.session, look.person, query) if query else []
    if not ids:
        return Listing([], 0, 1)
    if filters.sort != "match":
        return _sorted(look, filters, ids)
    service = look.scope.service(look.session, filters.service) if filters.service else None
    alive = _mentioned(weighing.places(look.scope, service))
    shown = select(Improvement.id).where(Improvement.id.in_(ids), *look.shown(filters))
    there = set(look.session.scalars(shown.where(alive if service else or_(alive, *_touched()))))
    ordered = [each for each in ids if each in there]
    page = min(max(filters.page, 1), max(1, -(-len(ordered) // PAGE)))
    return Listing(_rows(look, service, ordered[(page - 1) * PAGE : page * PAGE]), len(ordered), page)


def _rows(look: _Look, service: Service | None, ids: list[int]) -> list[Row]:
    parts = weighing.parts(look.scope, look.session, service, ids)
    weighed = select(Improvement.id, *parts.columns).select_from(parts.source).where(Improvement.id.in_(ids))
    found = {row.id: row for row in look.session.execute(weighed)}
    known = _read(look.session, ids)
    return [_row(known[each], found[each]) for each in ids]


def _sorted(look: _Look, filters: Filters, ids: list[int] | None) -> Listing:
    service = look.scope.service(look.session, filters.service) if filters.service else None
    parts = weighing.parts(look.scope, look.session, service)
    shown = select(Improvement.id, *parts.columns, func.count().over().label("total")).select_from(parts.source)
    shown = shown.where(*look.shown(filters), *([] if ids is None else [Improvement.id.in_(ids)]))
    shown = shown.where(parts.comments > 0 if service else or_(parts.comments > 0, *_touched()))
    page = max(filters.page, 1)
    wanted = shown.order_by(*_order(filters.sort, parts)).limit(PAGE).offset((page - 1) * PAGE)
    found = look.session.execute(wanted).all()
    if not found and page > 1:
        total = look.session.scalar(select(func.count()).select_from(shown.subquery())) or 0
        return _sorted(look, replace(filters, page=max(1, -(-total // PAGE))), ids) if total else Listing([], 0, 1)
    known = _read(look.session, [row.id for row in found])
    return Listing([_row(known[row.id], row) for row in found], found[0].total if found else 0, page)


def _row(improvement: Improvement, found: Any) -> Row:
    last = found.last_day if found.last_day != UNDATED else None
    return Row(improvement, weighing.weight(found), last)


def _read(session: Session, ids: list[int]) -> dict[int, Improvement]:
    options = (
        joinedload(Improvement.owner), joinedload(Improvement.theme), joinedload(Improvement.service),
        selectinload(Improvement.promises), selectinload(Improvement.targets), selectinload(Improvement.outcomes),
        selectinload(Improvement.labels), selectinload(Improvement.rules),
    )  # fmt: skip
    wanted = select(Improvement).where(Improvement.id.in_(ids)).options(*options)
    return {each.id: each for each in session.scalars(wanted)}


def _touched() -> list[ColumnElement[bool]]:
    theirs = (Improvement.owner_id.is_not(None), Improvement.handed_to_id.is_not(None))
    return [Improvement.created_by.is_not(None), Improvement.state != "open", *theirs]


def _mentioned(places: Select[int]) -> ColumnElement[bool]:
    """Return whether somebody mentioned an improvement, or one that is merged into it, at one of these places."""
    there = (ImprovementCount.n > 0, ImprovementCount.service_id.in_(places))
    up = roots()
    merged = select(up.c.root_id).join(ImprovementCount, ImprovementCount.improvement_id == up.c.id).where(*there)
    return or_(exists().where(ImprovementCount.improvement_id == Improvement.id, *there), Improvement.id.in_(merged))


def _filtered(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.state in {"open", "done", "declined"}:
        found.append(Improvement.state == filters.state)
    if filters.state == "again":
        again = exists().where(Mention.improvement_id == Improvement.id, Mention.asked_again, Mention.state == "filed")
        found += [Improvement.state != "open", again]
    if filters.theme:
        found.append(Improvement.theme_id == filters.theme)
    if filters.label:
        found.append(Improvement.labels.any(Label.id == filters.label))
    if filters.rule:
        found.append(Improvement.rules.any(Rule.id == filters.rule))
    if filters.owner is not None:
        found.append(Improvement.owner_id == filters.owner if filters.owner else Improvement.owner_id.is_(None))
    return found


def _order(sort: str, parts: weighing.Parts) -> tuple[Any, ...]:
    weight = parts.weight.desc()
    if sort == "recent":
        return (func.coalesce(parts.last_day, UNDATED).desc(), Improvement.id)
    if sort == "title":
        return (func.lower(Improvement.title), Improvement.id)
    if sort == "promise":
        due = select(func.min(Promise.due_on)).where(Promise.improvement_id == Improvement.id).scalar_subquery()
        return (due.is_(None), due, weight, Improvement.id)
    return (weight, Improvement.id)
