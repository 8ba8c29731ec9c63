"""Keeping the rollups right around a change: count before, change, count after, add the difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveyapp.models import Answer, Comment, Finding, Mention, Response, Verdict
from surveyapp.rollups.contribution import contribution
from surveyapp.rollups.keys import Delta, difference
from surveyapp.rollups.write import apply

SOME = 500
"""How many responses are read at once: SQLite limits the values of one statement."""


@contextmanager
def recounted(session: Session, response_ids: Iterable[int]) -> Iterator[None]:
    """Change anything about these responses inside the block; the rollups follow in the same transaction.

    The responses are locked and read afresh first: what somebody else changed since they were read is theirs, counted by them.
    """
    ids = sorted(response_ids)
    for start in range(0, len(ids), SOME):
        held = select(Response.id).where(Response.id.in_(ids[start : start + SOME])).order_by(Response.id)
        session.execute(held.with_for_update())
    before = counted(session, ids, fresh=True)
    yield
    session.flush()
    apply(session, difference(counted(session, ids), before))


def counted(session: Session, response_ids: Iterable[int], *, fresh: bool = False) -> Delta:
    """Return what these responses count for now. One that is not there, or not heard, counts for nothing.

    `fresh` reads rows again that the session has read before.
    """
    ids = list(response_ids)
    total: Delta = Counter()
    for start in range(0, len(ids), SOME):
        total.update(_counted(session, ids[start : start + SOME], {"populate_existing": fresh}))
    return total


def _counted(session: Session, ids: list[int], how: dict[str, bool]) -> Delta:
    heard_before = select(Response).where(Response.id.in_(ids), Response.state == "heard").execution_options(**how)
    responses = session.scalars(heard_before.options(selectinload(Response.answers).joinedload(Answer.question))).all()
    if not responses:
        return Counter()
    comments = session.execute(
        select(Comment, Finding)
        .outerjoin(Finding, Finding.comment_id == Comment.id)
        .where(Comment.response_id.in_(ids))
        .options(selectinload(Finding.themes))
        .execution_options(**how)
    ).all()
    heard = defaultdict(list)
    for comment, finding in comments:
        heard[comment.response_id].append((comment, finding))
    mentions = defaultdict(list)
    placed = select(Mention, Comment.response_id).join(Mention.comment).where(Comment.response_id.in_(ids))
    for mention, response_id in session.execute(placed.execution_options(**how)):
        mentions[response_id].append(mention)
    verdicts = defaultdict(list)
    for verdict in session.scalars(select(Verdict).where(Verdict.response_id.in_(ids)).execution_options(**how)):
        verdicts[verdict.response_id].append(verdict)
    total: Delta = Counter()
    for response in responses:
        total.update(contribution(response, heard[response.id], mentions[response.id], verdicts[response.id]))
    return total
