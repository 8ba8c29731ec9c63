"""Mentions: where each suggestion or complaint is filed, and what people do with it. What a person placed stays placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.db import UNDATED, now
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Answer, Comment, Improvement, Mention, Response
from surveyapp.rollups import Delta, mention_keys


def root_of(improvement: Improvement) -> Improvement:
    """Follow merges to the improvement that people see."""
    while improvement.merged_into is not None:
        improvement = improvement.merged_into
    return improvement


def family(session: Session, improvement_id: int) -> list[int]:
    """Return the ids of an improvement and of everything merged into it, however deep."""
    found, fresh = [improvement_id], [improvement_id]
    while fresh:
        fresh = list(session.scalars(select(Improvement.id).where(Improvement.merged_into_id.in_(fresh))))
        found += fresh
    return found


def asked_again(improvement: Improvement, day: date) -> bool:
    """Say whether something said on a day came after the improvement was done or declined. Undated words never did."""
    root = root_of(improvement)
    if root.state == "open" or day == UNDATED or not root.outcomes:
        return False
    last = root.outcomes[-1]
    return day >= (last.effective_on or last.at.date())


def move(session: Session, mentions: Sequence[Mention], improvement: Improvement, *, by: int | None) -> None:
    """File mentions under an improvement, as a person's decision; dismissed ones come back with it."""
    with moving(session, mentions) as changed:
        for mention in mentions:
            record(session, by, "file", mention, improvement=[mention.improvement_id, improvement.id])
            mention.improvement, mention.improvement_id = improvement, improvement.id
            mention.state, mention.changed = "filed", changed
            mention.asked_again = asked_again(improvement, mention.day)
            _sorted(mention, by)


def accept(session: Session, mentions: Sequence[Mention], *, by: int) -> None:
    """Say that mentions are filed where they belong: from now on they are a person's choice, and the machine leaves them there."""
    with moving(session, mentions) as changed:
        for mention in mentions:
            record(session, by, "accept", mention, improvement=mention.improvement_id)
            mention.changed = changed
            _sorted(mention, by)


def dismiss(session: Session, mentions: Sequence[Mention], *, by: int | None) -> None:
    """Call mentions "not a suggestion": they leave every count, and no re-analysis brings them back."""
    with moving(session, mentions) as changed:
        for mention in mentions:
            record(session, by, "dismiss", mention, improvement=mention.improvement_id)
            mention.state, mention.changed = "dismissed", changed
            _sorted(mention, by)


def add(
    session: Session, comment: Comment, start: int, end: int, improvement: Improvement, *, kind: str, by: int | None
) -> Mention:
    """Make a stretch of a comment a mention. Raises Invalid where it is empty or overlaps one that is filed already."""
    if not 0 <= start < end <= len(comment.text) or not comment.text[start:end].strip():
        raise Invalid("Select some words of the comment first.", field="start")
    for other in session.scalars(select(Mention).where(Mention.comment_id == comment.id)):
        if (other.start, other.end) == (start, end):
            move(session, [other], improvement, by=by)
            return other
        if other.state == "filed" and other.start < end and start < other.end:
            raise Invalid("These words are part of a mention already: move that one instead.", field="start")
    made = Mention(
        comment=comment, start=start, end=end, kind=kind, improvement=improvement, improvement_id=improvement.id, state="filed", by=by,
        service_id=comment.service_id, day=comment.day, purpose=comment.purpose, changed=rollups.bump(session, "backlog"),
        asked_again=asked_again(improvement, comment.day), sorted_at=now() if by is not None else None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    rollups.apply(session, Counter(mention_keys(made)))
    return made


_WRITERS = (
    joinedload(Mention.comment).joinedload(Comment.response).selectinload(Response.answers).joinedload(Answer.question)
)
"""Whoever moves mentions counts them for their writers' segments too: read with them, not one by one."""


def hold(session: Session, mentions: Sequence[Mention]) -> int:
    """Lock the backlog, so that nobody else moves anything until this transaction ends, and read these mentions as they are now.

    Returns the number by which the filing index sees the change. Raises Conflict where one has been erased meanwhile.
    """
    changed = rollups.bump(session, "backlog")
    ids = {mention.id for mention in mentions}
    now_there = select(Mention).where(Mention.id.in_(ids)).execution_options(populate_existing=True).options(_WRITERS)
    if len(session.scalars(now_there).all()) != len(ids):
        raise Conflict(
            "A customer has erased some of these words in the meantime. Reload the page to see what is left."
        )
    return changed


@contextmanager
def moving(session: Session, mentions: Sequence[Mention]) -> Iterator[int]:
    """Count mentions before and after a change of where they are filed; hands out the number by which the filing index sees it."""
    changed = hold(session, mentions)
    before = _count(mentions)
    yield changed
    session.flush()
    delta = _count(mentions)
    delta.subtract(before)
    rollups.apply(session, delta)


def _sorted(mention: Mention, by: int | None) -> None:
    """Note who placed a mention. A mention is sorted once a person accepted, moved or dismissed it; a customer's "no" is no sorting."""
    mention.by, mention.sorted_at = by, now() if by is not None else None


def _count(mentions: Sequence[Mention]) -> Delta:
    return Counter(key for mention in mentions if mention.state == "filed" for key in mention_keys(mention))
