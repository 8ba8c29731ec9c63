"""Noticing what endpoints are to be told: in the flush that stores it, so that a delivery is written with its act or not at all.

What happened is read off the rows that are being stored, wherever in Heed they come from: no room has to remember to tell.
Deliveries name ids. Imported history is nobody's news, and a single answer to a confidential survey is never announced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import Session, selectinload

from surveyapp.backlog.ledger import standing
from surveyapp.db import Database, now
from surveyapp.hooks.kinds import ACTS, BROKEN
from surveyapp.models import (
    Act,
    Comment,
    CorrectiveAction,
    Finding,
    HookDelivery,
    HookEndpoint,
    Improvement,
    Judgement,
    Mention,
    Response,
    Survey,
)
from surveyapp.rollups import month_of

OLD = timedelta(days=30)
"""A comment that came longer ago is no news, whatever a better analyser now finds in it."""
LATELY = 2
"""Months back from the running one whose misses are still news: a standard is judged over years when it is declared."""
FRESH = timedelta(days=3)
"""A promise that broke longer ago is no news."""


class Happened(NamedTuple):
    """One event, with the row it is about, and the comment that it comes from where it comes from one."""

    event: str
    thing: str
    thing_id: int
    comment_id: int | None = None


def install(database: Database) -> None:
    """Notice whatever this database's sessions store from now on."""
    database.after_flush(_flushed)


def write(session: Session, happened: Iterable[Happened]) -> int:
    """Write a delivery for each event and endpoint that wants it; return how many."""
    happened = list(happened)
    endpoints = running(session) if happened else []
    rows = [_row(endpoint.id, each) for each in happened for endpoint in endpoints if each.event in endpoint.events]
    if rows:
        session.connection().execute(insert(HookDelivery), rows)
    return len(rows)


def running(session: Session) -> list[Any]:
    """Return (id, events) of the endpoints that are told things."""
    wanted = select(HookEndpoint.id, HookEndpoint.events)
    wanted = wanted.where(HookEndpoint.removed_at.is_(None), HookEndpoint.paused_for == "")
    return list(session.connection().execute(wanted))


def broken(session: Session, today: date) -> int:
    """Write what tells of promises that have broken lately, once for each endpoint; return how many deliveries."""
    waiting = select(Improvement).where(Improvement.state == "open", Improvement.merged_into_id.is_(None))
    waiting = waiting.where(Improvement.promises.any()).options(selectinload(Improvement.promises))
    already = select(HookDelivery.endpoint_id, HookDelivery.thing_id).filter_by(event=BROKEN)
    told = {(endpoint_id, promise_id) for endpoint_id, promise_id in session.execute(already)}
    rows = []
    for improvement in session.scalars(waiting.order_by(Improvement.id)):
        stands = standing(improvement, today)
        if stands is None or stands.word != "broken" or today - stands.first > FRESH:
            continue
        promise = next(each for each in improvement.promises if each.due_on is not None)
        for endpoint in running(session):
            if BROKEN in endpoint.events and (endpoint.id, promise.id) not in told:
                rows.append(_row(endpoint.id, Happened(BROKEN, "promise", promise.id)))
    if rows:
        session.execute(insert(HookDelivery), rows)
    return len(rows)


def _flushed(session: Session, _context: Any) -> None:
    happened = [*_new(session), *_heard(session)]
    if happened and running(session):
        write(session, _news(session, happened))


def _new(session: Session) -> Iterator[Happened]:
    for row in session.new:
        if isinstance(row, Act) and row.thing == "improvement" and row.verb in ACTS:
            yield Happened(ACTS[row.verb], "act", row.id)
        elif isinstance(row, Improvement):
            yield Happened("improvement.opened", "improvement", row.id, row.title_comment_id)
        elif isinstance(row, Mention):
            yield Happened("mention.new", "mention", row.id, row.comment_id if row.by is None else None)
        elif isinstance(row, Finding) and row.body.get("urgent"):
            yield Happened("comment.urgent", "comment", row.comment_id, row.comment_id)
        elif isinstance(row, Judgement) and row.verdict == "missed":
            if row.month >= month_of(now().date()) - LATELY:
                yield Happened("standard.missed", "judgement", row.id)
        elif isinstance(row, CorrectiveAction):
            yield Happened("standard.action", "corrective_action", row.id)


def _heard(session: Session) -> Iterator[Happened]:
    """Responses are told of when they have been heard: the customer waits for nothing, and what they said can be masked."""
    secret: set[int] | None = None
    for row in session.dirty:
        if not isinstance(row, Response) or row.state != "heard" or row.channel == "import":
            continue
        if "pending" not in inspect(row).attrs.state.history.deleted:
            continue
        if secret is None:
            secret = set(session.connection().scalars(select(Survey.id).where(Survey.confidential)))
        if row.survey_id not in secret:
            yield Happened("response.received", "response", row.id)


def _news(session: Session, happened: list[Happened]) -> list[Happened]:
    """Leave out what the machine found in a comment that was imported, or has been here for long and was only read again."""
    ids = sorted({each.comment_id for each in happened if each.comment_id is not None})
    old: set[int] = set()
    for start in range(0, len(ids), 500):
        stale = (Response.channel == "import") | (Response.received_at < now() - OLD)
        known = select(Comment.id).join(Comment.response).where(stale, Comment.id.in_(ids[start : start + 500]))
        old |= set(session.connection().scalars(known))
    return [each for each in happened if each.comment_id not in old]


def _row(endpoint_id: int, each: Happened) -> dict[str, Any]:
    return {"endpoint_id": endpoint_id, "event": each.event, "thing": each.thing, "thing_id": each.thing_id}
