"""Erasing a response: its words and every copy go, and an anonymous tally stays, from which the totals are what they were."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups, searching
from surveyapp.accounts.audit import record
from surveyapp.models import Comment, ErasedIdentity, Improvement, Mention, Response
from surveyapp.recovery import forgetting
from surveyapp.sharing import quotes
from surveyapp.telling.forgetting import forget

UNTITLED = "(title erased with the customer's words)"


def erase(session: Session, response: Response) -> None:
    """Erase one response. One that nobody has heard yet is counted first, or its ratings would vanish from the totals.

    Whoever comes second, after another eraser, finds nothing left to do.
    """
    if not _hold(session, response):
        return
    if response.state != "heard":
        response.state = "heard"
        session.flush()
        rollups.apply(session, rollups.counted(session, [response.id]))
    rollups.keep(session, rollups.counted(session, [response.id]))
    forgetting.forget(session, response)
    quotes.forget(session, [comment.id for comment in response.comments])
    _retitle(session, [comment.id for comment in response.comments])
    for fingerprint in fingerprints(response):
        if session.get(ErasedIdentity, fingerprint) is None:
            session.add(ErasedIdentity(fingerprint=fingerprint, day=response.day))
    record(session, None, "erase", response)
    texts = [comment.text for comment in response.comments]
    forget(session, response.id)
    session.delete(response)
    rollups.bump(session, "erasures")  # tells the filing index to forget the words
    session.flush()
    searching.forget(session, texts)


def _hold(session: Session, response: Response) -> bool:
    """Lock the backlog and the response and read it as it is now: heard meanwhile, maybe, or gone."""
    session.flush()
    rollups.bump(session, "backlog")
    there = select(Response).where(Response.id == response.id).with_for_update()
    return session.scalars(there.execution_options(populate_existing=True)).first() is not None


def fingerprints(response: Response) -> list[str]:
    """Return what would make the same response the same again: a resent form, a second import."""
    found = []
    if response.submission_id:
        found.append(fingerprint("form", response.submission_id, response.digest or ""))
    if response.source and response.identity:
        found.append(fingerprint("import", response.source, response.identity))
    return found


def fingerprint(*parts: str) -> str:
    """Return a hash that says whether something has been here, and nothing else."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _retitle(session: Session, comment_ids: list[int]) -> None:
    """Give improvements whose title quotes an erased comment a title from another of their mentions."""
    from analysis.text.titles import title  # noqa: PLC0415 - heavy

    for improvement in session.scalars(select(Improvement).where(Improvement.title_comment_id.in_(comment_ids))):
        others = (
            select(Mention)
            .join(Mention.comment)
            .where(Mention.improvement_id == improvement.id, Mention.state == "filed", Comment.id.not_in(comment_ids))
        )
        other = session.scalars(others.order_by(Mention.id).limit(1)).first()
        improvement.title = title([other.quote]) if other else UNTITLED
        improvement.title_comment_id = other.comment_id if other else None
        searching.learn(session, [improvement.title])
