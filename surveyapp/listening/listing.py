"""All comments that somebody may read, filtered and searched: praise, "nothing" and unread languages too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp import searching
from surveyapp.accounts.scope import Scope
from surveyapp.db import UNDATED
from surveyapp.errors import NotFound
from surveyapp.models import KIND_BITS, Comment, Finding, Response, Service, comment_theme, team_theme

PAGE = 25
PLACE = Comment.service_id + 0
"""The service, said so that no index of it is used: the newest comments are found by day, and sorting a million costs seconds."""
RATINGS = {"good": (75, 100), "middling": (26, 74), "poor": (0, 25)}
"""Which part of its scale a rating must lie in, in hundredths from the worst to the best end."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody asked the list for; None, or "", where they did not."""

    service: int | None = None
    since: date | None = None
    until: date | None = None
    rating: str = ""
    theme: int | None = None
    team: int | None = None  # whose themes the comment must be about
    kind: str = ""
    sentiment: str = ""  # a label, or "unread"
    channel: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of comments with their findings, whether there are more, and the page's number.

    `near` says that nothing was spelt as it was asked for, and that this is what is spelt like it.
    """

    rows: list[tuple[Comment, Finding | None]]
    more: bool
    page: int
    near: bool = False


def listed(scope: Scope, session: Session, filters: Filters) -> Listing:
    """Return one page, newest first. It asks for one row more than it shows, because counting a million costs more than it tells.

    A search that finds nothing, within the scope and the filters, is tried again with words that are spelt like it.
    """
    if not filters.words.strip():
        return _page(scope, session, filters, None)
    exact = _searched(scope, session, filters, near=False)
    if exact.rows or (filters.page > 1 and _searched(scope, session, replace(filters, page=1), near=False).rows):
        return exact
    similar = _searched(scope, session, filters, near=True)
    return replace(similar, near=True) if similar.rows else exact


def _searched(scope: Scope, session: Session, filters: Filters, *, near: bool) -> Listing:
    query = searching.parse(session, filters.words, near=near)
    if query is None:
        return Listing([], more=False, page=filters.page)
    return _page(scope, session, filters, searching.comments(session, query))


def _page(scope: Scope, session: Session, filters: Filters, found: searching.Found | None) -> Listing:
    wanted: Select[*tuple[Any, ...]] = select(Comment, Finding)
    order: tuple[ColumnElement[Any], ...] = (Comment.day.desc(), Comment.id.desc())
    if found is not None:
        wanted, order = wanted.select_from(found.source).where(found.where), found.order
    wanted = wanted.outerjoin(Finding, Finding.comment_id == Comment.id)
    wanted = _filtered(_placed(wanted, scope, session, filters), filters)
    wanted = wanted.order_by(*order).limit(PAGE + 1).offset((filters.page - 1) * PAGE)
    options = (
        joinedload(Comment.service),
        joinedload(Comment.response),
        joinedload(Comment.question),
        selectinload(Finding.themes),
    )
    rows = [(comment, finding) for comment, finding in session.execute(wanted.options(*options))]
    return Listing(rows[:PAGE], len(rows) > PAGE, filters.page)


def fetch(scope: Scope, session: Session, comment_id: int) -> Comment:
    """Fetch one comment. Raises NotFound for one that is not there or not in scope."""
    wanted = select(Comment).where(Comment.id == comment_id, Comment.service_id.in_(scope.services()))
    found = session.scalars(wanted.options(joinedload(Comment.response), joinedload(Comment.question))).first()
    if found is None:
        raise NotFound("There is no such comment, or it is not one of yours. Its writer may have erased it.")
    return found


def _placed(
    wanted: Select[*tuple[Any, ...]], scope: Scope, session: Session, filters: Filters
) -> Select[*tuple[Any, ...]]:
    if filters.service is None:
        return wanted.where(PLACE.in_(scope.services()))
    node = scope.service(session, filters.service)
    return wanted.where(PLACE.in_(select(Service.id).where(Service.path.like(f"{node.path}%"))))


def _filtered(wanted: Select[*tuple[Any, ...]], filters: Filters) -> Select[*tuple[Any, ...]]:
    if filters.since:
        wanted = wanted.where(Comment.day >= filters.since)
    if filters.until:
        wanted = wanted.where(Comment.day <= filters.until, Comment.day > UNDATED)
    if filters.rating in RATINGS:
        wanted = wanted.where(Comment.rating.between(*RATINGS[filters.rating]))
    if filters.kind in KIND_BITS:
        wanted = wanted.where(Finding.kinds.op("&")(KIND_BITS[filters.kind]) > 0)
    if filters.sentiment == "unread":
        wanted = wanted.where(Finding.label.is_(None))
    elif filters.sentiment:
        wanted = wanted.where(Finding.label == filters.sentiment)
    if filters.theme:
        found = comment_theme.c.comment_id == Comment.id, comment_theme.c.theme_id == filters.theme
        wanted = wanted.where(exists().where(*found))
    if filters.team:
        theirs = select(team_theme.c.theme_id).where(team_theme.c.team_id == filters.team)
        wanted = wanted.where(
            Comment.id.in_(select(comment_theme.c.comment_id).where(comment_theme.c.theme_id.in_(theirs)))
        )
    if filters.channel:
        wanted = wanted.where(exists().where(Response.id == Comment.response_id, Response.channel == filters.channel))
    return wanted
