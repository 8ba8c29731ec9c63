"""Asking the indexes of words. The databases keep them by themselves (triggers, generated columns), so that a text that goes
takes its words along, whoever removes it.

SQLite's index numbers a comment by its day and id, so that the newest come first without sorting; PostgreSQL's planner chooses
between the index of words and that of days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    column,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from surveyapp.models import Comment, Improvement
from surveyapp.searching.query import Query

ID = 8_589_934_591
"""The bits of a number in SQLite's index of comments that are the comment's id; the day stands above them."""
COMMENTS = table("comment_words", column("rowid", Integer))
TITLES = table("title_words", column("rowid", Integer))


@dataclass(frozen=True, slots=True)
class Found:
    """Comments that hold the words: what to select them from, on which condition, and newest first."""

    source: FromClause
    where: ColumnElement[bool]
    order: tuple[ColumnElement[Any], ...]


def comments(session: Session, query: Query) -> Found:
    """Return where the comments that match are found."""
    table_of: FromClause = Comment.__table__
    if _is_sqlite(session):
        place = COMMENTS.c.rowid
        return Found(COMMENTS.join(table_of, Comment.id == place.op("&")(ID)), _match(COMMENTS, query), (place.desc(),))
    return Found(table_of, _holds("comment", query), (Comment.day.desc(), Comment.id.desc()))


def comment_ids(session: Session, query: Query, *, most: int) -> Select[int]:
    """Return a query for the ids of comments that match: the newest `most` of them, as `id`."""
    found = comments(session, query)
    if _is_sqlite(session):
        newest = select(COMMENTS.c.rowid.op("&")(ID).label("id")).where(found.where)
        return newest.order_by(*found.order).limit(most)
    return select(Comment.id).where(found.where).order_by(*found.order).limit(most)


def title_ids(session: Session, query: Query) -> Select[int]:
    """Return a query for the ids of improvements whose titles match."""
    if _is_sqlite(session):
        return select(TITLES.c.rowid.label("id")).where(_match(TITLES, query))
    return select(Improvement.id).where(_holds("improvement", query))


def held_anywhere(session: Session, word: str) -> bool:
    """Say whether any comment or title holds a word."""
    query = Query(((word,),))
    session.flush()
    return any(
        session.scalar(found) is not None
        for found in (comment_ids(session, query, most=1), title_ids(session, query).limit(1))
    )


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _match(index: FromClause, query: Query) -> ColumnElement[bool]:
    name = index.name  # type: ignore[attr-defined]
    return text(f"{name} MATCH :{name}_asked").bindparams(**{f"{name}_asked": query.fts5()})  # type: ignore[return-value]


def _holds(name: str, query: Query) -> ColumnElement[bool]:
    """Write the words into the statement: a plan prepared for any words takes rare ones for common ones and the other way round."""
    asked = bindparam("asked", query.tsquery(), String, unique=True, literal_execute=True)
    return literal_column(f"{name}.words").op("@@")(cast(asked, TSQUERY))
