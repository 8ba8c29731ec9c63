"""What is not the same: pairs of improvements that somebody called different, which the filing index is taught."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.errors import Invalid
from surveyapp.models import Apart, Improvement


def keep(session: Session, improvement: Improvement, other: Improvement, *, by: int | None) -> Apart:
    """Say that two improvements are different needs; saying it twice changes nothing. Raises Invalid for one and itself."""
    if improvement.id == other.id:
        raise Invalid("An improvement cannot be different from itself.", field="other")
    rollups.bump(session, "backlog")  # the filing index looks here when this has moved
    one, two = sorted((improvement.id, other.id))
    known = session.scalars(select(Apart).where(Apart.one_id == one, Apart.other_id == two)).first()
    if known is not None:
        return known
    made = Apart(one_id=one, other_id=two, by=by)
    session.add(made)
    record(session, by, "keep apart", improvement, other=other.id)
    return made


def of(session: Session, improvement_ids: list[int]) -> set[int]:
    """Return what was called different from any of these."""
    pairs = select(Apart.one_id, Apart.other_id).where(
        or_(Apart.one_id.in_(improvement_ids), Apart.other_id.in_(improvement_ids))
    )
    return {each for pair in session.execute(pairs) for each in pair} - set(improvement_ids)


def pairs(session: Session, after: int = 0) -> list[Apart]:
    """Return every pair that was made after the one with this id, oldest first."""
    return list(session.scalars(select(Apart).where(Apart.id > after).order_by(Apart.id)))
