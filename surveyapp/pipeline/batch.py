"""Which responses are heard next: a batch is leased in a short transaction, and only its holder may store what was found."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session, selectinload

from surveyapp.db import now
from surveyapp.models import Comment, Response


def any_free(session: Session) -> bool:
    """Say whether anything waits to be heard that nobody is hearing."""
    return session.scalars(_free().limit(1)).first() is not None


def lease(session: Session, holder: str, *, size: int, seconds: float) -> list[int]:
    """Lease up to `size` pending responses, oldest first, for some seconds; return their ids."""
    moment = now()
    ids = list(session.scalars(_free().order_by(Response.id).limit(size).with_for_update(skip_locked=True)))
    taken = update(Response).where(Response.id.in_(ids))
    session.execute(
        taken.values(lease=holder, lease_until=moment + timedelta(seconds=seconds), attempts=Response.attempts + 1)
    )
    return ids


def read(session: Session, ids: list[int]) -> list[Comment]:
    """Return the comments of a batch."""
    found = select(Comment).where(Comment.response_id.in_(ids)).order_by(Comment.id)
    return list(session.scalars(found.options(selectinload(Comment.response).joinedload(Response.survey))))


def still_held(session: Session, ids: list[int], holder: str) -> list[Response]:
    """Return, locked, those of a batch that the holder still has: not heard by another meanwhile, and not erased."""
    held = select(Response).where(Response.id.in_(ids), Response.state == "pending", Response.lease == holder)
    return list(session.scalars(held.order_by(Response.id).with_for_update()))


def close(responses: list[Response]) -> None:
    """Mark a batch as heard."""
    for response in responses:
        response.state, response.heard_at = "heard", now()
        response.lease = response.lease_until = None


def _free() -> Select[int]:
    waits = or_(Response.lease_until.is_(None), Response.lease_until < now())
    return select(Response.id).where(Response.state == "pending", waits)
