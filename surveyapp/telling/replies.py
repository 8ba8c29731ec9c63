"""The conversation under a response: its customer and our people write in turn. The customer stays anonymous."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import REPLY_LIMIT, Comment, Mention, Person, Reply, Response
from surveyapp.questions.words import clean

MOST = 6
"""Lines in one conversation: enough for three questions and answers; whoever needs more should talk."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A customer's line that nobody has answered, and the comment under which it stands."""

    reply: Reply
    comment: Comment


def conversation(session: Session, response_id: int) -> Sequence[Reply]:
    """Return what was written to and fro, oldest first."""
    found = select(Reply).where(Reply.response_id == response_id).options(joinedload(Reply.writer))
    return session.scalars(found.order_by(Reply.number)).all()


def may_write(lines: Sequence[Reply], *, customer: bool) -> bool:
    """Say whether it is this side's turn: nobody writes twice in a row, and a conversation ends after MOST lines."""
    if len(lines) >= MOST:
        return False
    return not lines or (lines[-1].by is None) != customer


def write(session: Session, response: Response, text: str, *, by: int | None = None) -> Reply:
    """Add a line, the customer's own where `by` is None. Raises Invalid for no words or too many, Conflict out of turn."""
    words = clean(text)
    if not words:
        raise Invalid(gettext("Write something first."), field="text")
    if len(words) > REPLY_LIMIT:
        over = len(words) - REPLY_LIMIT
        raise Invalid(
            gettext("This holds %(limit)s characters: shorten it by %(over)s.", limit=REPLY_LIMIT, over=over),
            field="text",
        )
    session.execute(select(Response.id).where(Response.id == response.id).with_for_update())
    lines = conversation(session, response.id)
    if not may_write(lines, customer=by is None):
        raise Conflict(gettext("There is something new to read first, or an answer to wait for. Reload the page."))
    made = Reply(response_id=response.id, number=len(lines), by=by, text=words)
    session.add(made)
    session.flush()
    if by is not None:
        response.read_at = response.read_at or now()
        record(session, by, "reply", response, number=made.number)
    return made


def waiting(scope: Scope, session: Session, family: Sequence[int] | None = None, limit: int = 50) -> list[Waiting]:
    """Return the customers' lines to which nobody has answered, in scope, oldest first; of one family of improvements if given."""
    last = select(Reply.response_id, func.max(Reply.number).label("number")).group_by(Reply.response_id).subquery()
    first = select(func.min(Comment.id)).where(
        Comment.response_id == Reply.response_id
    )  # few: so no index by improvement
    if family is not None:
        first = first.join(Mention, Mention.comment_id == Comment.id).where((Mention.improvement_id + 0).in_(family))
    found = (
        select(Reply, Comment)
        .join(last, (last.c.response_id == Reply.response_id) & (last.c.number == Reply.number))
        .join(Comment, Comment.id == first.correlate(Reply).scalar_subquery())
        .where(Reply.by.is_(None), Reply.number < MOST - 1, Comment.service_id.in_(scope.services()))
        .options(joinedload(Comment.service))
    )
    rows = session.execute(found.order_by(Reply.id).limit(limit))
    return [Waiting(reply, comment) for reply, comment in rows]


def as_read_by(person: Person, text: str) -> str:
    """Return a line as somebody may read it: personal data is covered for all but leads and administrators."""
    if person.duties & {"lead", "administrator"}:
        return text
    from analysis.text import personal  # noqa: PLC0415 - few pages need it, and a web worker stays small

    masked: str = personal.mask(text, personal.find(text))
    return masked
