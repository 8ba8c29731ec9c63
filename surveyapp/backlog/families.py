"""Families: an improvement with everything that is merged into it, however deep, as one statement sees them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session, aliased

from surveyapp.models import Improvement


def roots() -> Subquery:
    """Return (id, root_id) for every improvement that is merged into another, however deep."""
    chain = select(Improvement.id.label("id"), Improvement.merged_into_id.label("up")).where(
        Improvement.merged_into_id.is_not(None)
    )
    chains = chain.cte(recursive=True)  # no name: one statement may hold it twice
    above = aliased(Improvement)
    chains = chains.union_all(
        select(chains.c.id, above.merged_into_id)
        .join(above, above.id == chains.c.up)
        .where(above.merged_into_id.is_not(None))
    )
    top = aliased(Improvement)
    ends = select(chains.c.id, chains.c.up.label("root_id")).join(top, top.id == chains.c.up)
    return ends.where(top.merged_into_id.is_(None)).subquery()


def members(session: Session, root_ids: Sequence[int]) -> list[int]:
    """Return some improvements with everything that is merged into them."""
    up = roots()
    return [*root_ids, *session.scalars(select(up.c.id).where(up.c.root_id.in_(root_ids)))]
