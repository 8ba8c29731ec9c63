"""What an improvement's page shows, worked out here so that the template only lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import ledger
from surveyapp.backlog.mentions import family
from surveyapp.backlog.merging import merged_here
from surveyapp.db import UNDATED
from surveyapp.models import Act, Comment, Improvement, ImprovementCount, Mention, Person

PAGE = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """How often, how lately and where an improvement was mentioned, in somebody's scope."""

    n: int
    undated: int
    last_day: date | None
    branches: int
    of_branches: int
    asked_again: int
    dismissed: int


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: when, who, and which act; `fields` hold ids and dates only."""

    at: datetime
    by: str
    verb: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """An improvement with everything that its page shows."""

    improvement: Improvement
    figures: Figures
    mentions: list[Mention]
    number: int
    pages: int
    merged: list[Improvement]
    standing: ledger.Standing | None
    history: list[Event]


def page(
    scope: Scope, session: Session, improvement: Improvement, *, number: int, today: date, dismissed: bool = False
) -> Page:
    """Put together what the page of one improvement shows; `number` is the page of its quotes, from 1."""
    ids = family(session, improvement.id)
    figures = _figures(scope, session, improvement, ids)
    total = figures.dismissed if dismissed else figures.n
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 1), pages)
    state = "dismissed" if dismissed else "filed"
    wanted = (
        select(Mention)
        .where(Mention.improvement_id.in_(ids), Mention.state == state, Mention.service_id.in_(scope.services()))
        .order_by(Mention.day.desc(), Mention.id.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    options = joinedload(Mention.comment).options(joinedload(Comment.service), joinedload(Comment.response))
    mentions = list(session.scalars(wanted.options(options, joinedload(Mention.improvement))))
    return Page(
        improvement, figures, mentions, number, pages, merged_here(session, improvement),
        ledger.standing(improvement, today), history(session, improvement),
    )  # fmt: skip


def history(session: Session, improvement: Improvement) -> list[Event]:
    """Return everything that people did to an improvement, newest first."""
    done = select(Act, Person.name).outerjoin(Person, Person.id == Act.by)
    done = done.where(Act.thing == "improvement", Act.thing_id == improvement.id).order_by(Act.id.desc()).limit(200)
    return [Event(act.at, name or "Heed", act.verb, act.fields) for act, name in session.execute(done)]


def _figures(scope: Scope, session: Session, improvement: Improvement, ids: list[int]) -> Figures:
    counted = select(ImprovementCount).where(
        ImprovementCount.improvement_id.in_(ids),
        ImprovementCount.service_id.in_(scope.services()),
        ImprovementCount.n > 0,
    )
    rows = session.scalars(counted).all()
    last = max((row.last_day for row in rows), default=UNDATED)
    mentioned = {row.service_id for row in rows}
    return Figures(
        n=sum(row.n for row in rows),
        undated=sum(row.undated for row in rows),
        last_day=None if last == UNDATED else last,
        branches=len(mentioned),
        of_branches=_branches(scope, session, improvement, mentioned),
        asked_again=_count(scope, session, ids, Mention.asked_again == true(), Mention.state == "filed"),
        dismissed=_count(scope, session, ids, Mention.state == "dismissed"),
    )


def _count(scope: Scope, session: Session, ids: list[int], *where: ColumnElement[bool]) -> int:
    theirs = (Mention.improvement_id.in_(ids), Mention.service_id.in_(scope.services()))
    return session.scalar(select(func.count()).select_from(Mention).where(*theirs, *where)) or 0


def _branches(scope: Scope, session: Session, improvement: Improvement, mentioned: set[int]) -> int:
    """Count the places under the improvement's node, in scope: what has nothing below it, and wherever it was mentioned."""
    nodes = [node for node in scope.tree(session) if node.path.startswith(improvement.service.path)]
    parents = {node.parent_id for node in nodes}
    return len({node.id for node in nodes if node.id not in parents} | mentioned)
