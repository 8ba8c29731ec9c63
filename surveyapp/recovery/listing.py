"""The follow-ups that somebody sees, what is due first on top, and how winning back goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp.accounts.scope import Scope
from surveyapp.errors import NotFound
from surveyapp.models import Comment, Duty, FollowUp, Given, Person, Response

PAGE = 25
VIEWS = ("due", "mine", "unassigned", "closed")
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Figures:
    """How winning back goes in a scope: what is open now, and the last 90 days. `cost` is in hundredths of the currency."""

    open: int
    overdue: int
    unassigned: int
    closed: int
    won_back: int
    content: int
    asked: int
    cost: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of follow-ups, the page's number, and whether there are more."""

    rows: Sequence[FollowUp]
    page: int
    more: bool


def leads(person: Person) -> bool:
    """Say whether somebody sees every follow-up of their services, and not only their own."""
    return bool(person.duties & {"lead", "administrator"})


def visible(scope: Scope, person: Person) -> ColumnElement[bool]:
    """Return the condition on what somebody sees: leads their services', a colleague what is theirs to do."""
    return FollowUp.service_id.in_(scope.services()) if leads(person) else FollowUp.owner_id == person.id


def fetch(scope: Scope, session: Session, person: Person, follow_up_id: int) -> FollowUp:
    """Fetch one. Raises NotFound for one that is not there or not theirs to see."""
    wanted = select(FollowUp).where(FollowUp.id == follow_up_id, visible(scope, person))
    found = session.scalars(wanted).first()  # without what it leads to: acts lock it, and no outer join can be locked
    if found is None:
        raise NotFound("There is no such follow-up, or it is not one of yours.")
    return found


def listed(scope: Scope, session: Session, person: Person, view: str, page: int = 1) -> Listing:
    """Return one page: urgent and not acknowledged first, then by due time; the closed ones by when they were closed."""
    wanted = _of_view(select(FollowUp).where(visible(scope, person)), person, view)
    waits = and_(FollowUp.urgent_at.is_not(None), FollowUp.acknowledged_at.is_(None))
    order: tuple[Any, ...] = (case((waits, 0), else_=1), FollowUp.due_at, FollowUp.id)
    wanted = wanted.order_by(*((FollowUp.closed_at.desc(), FollowUp.id.desc()) if view == "closed" else order))
    response = joinedload(FollowUp.response).options(selectinload(Response.comments).joinedload(Comment.question))
    options = (joinedload(FollowUp.service), joinedload(FollowUp.owner), selectinload(FollowUp.attempts), response)
    rows = session.scalars(wanted.options(*options).limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return Listing(rows[:PAGE], page, len(rows) > PAGE)


def figures(scope: Scope, session: Session, person: Person, moment: datetime) -> Figures:
    """Count what somebody sees."""
    since, is_open = moment - LATELY, FollowUp.state == "open"
    counts = (
        is_open, and_(is_open, FollowUp.due_at < moment), and_(is_open, FollowUp.owner_id.is_(None)),
        and_(FollowUp.closed_at >= since, FollowUp.outcome != "erased"),
        and_(FollowUp.closed_at >= since, FollowUp.outcome == "won back"),
        and_(FollowUp.verdict_at >= since, FollowUp.verdict == "yes"), FollowUp.verdict_at >= since,
    )  # fmt: skip
    row = session.execute(select(*map(_how_many, counts)).where(visible(scope, person))).one()
    spent = select(func.sum(Given.cost)).join(FollowUp, FollowUp.id == Given.follow_up_id)
    cost = session.scalar(spent.where(Given.at >= since, visible(scope, person))) or 0
    n = [each or 0 for each in row]
    return Figures(n[0], n[1], n[2], n[3], n[4], n[5], n[6], cost)


def owners(session: Session, follow_up: FollowUp) -> list[Person]:
    """Return who may own a follow-up: whoever works for its service, and every administrator."""
    active = select(Person).where(Person.active.is_(True)).order_by(Person.name, Person.id)
    doing = active.where(Person.roles.any(Duty.name.in_(("lead", "colleague", "administrator"))))
    here = follow_up.service
    return [
        each for each in session.scalars(doing)
        if "administrator" in each.duties or any(node.holds(here) for node in each.services)
    ]  # fmt: skip


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _of_view(wanted: Select[FollowUp], person: Person, view: str) -> Select[FollowUp]:
    waits = and_(FollowUp.urgent_at.is_not(None), FollowUp.acknowledged_at.is_(None), FollowUp.erased_at.is_(None))
    is_open = or_(FollowUp.state == "open", waits)
    if view == "closed":
        return wanted.where(FollowUp.state == "closed")
    if view == "mine":
        return wanted.where(is_open, FollowUp.owner_id == person.id)
    return wanted.where(is_open, FollowUp.owner_id.is_(None)) if view == "unassigned" else wanted.where(is_open)
