"""Merge, un-merge, split. A merge moves no mention: each stays with its own improvement, and the family is read as one.

So un-merging needs to remember nothing. What arrived for the merged improvement meanwhile was filed with it and leaves with it;
what a person placed on the one they saw stays there.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups, searching
from surveyapp.accounts.audit import record
from surveyapp.backlog import apart
from surveyapp.backlog.mentions import family, move, root_of
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Improvement, Mention, Merge


def merge(session: Session, source: Improvement, target: Improvement, *, by: int | None) -> Merge:
    """Let `target` speak for `source`. Raises Invalid for an improvement with itself, Conflict for one that is merged already."""
    _hold(session, source)
    target = _root_now(session, target)
    if source.merged_into_id is not None:
        raise Conflict("This improvement has been merged already. Open it again to see where it is now.")
    if source.id == target.id:
        raise Invalid("An improvement cannot be merged into itself: choose another one.", field="target")
    source.merged_into, source.merged_into_id = target, target.id
    made = Merge(source_id=source.id, target_id=target.id, by=by)
    session.add(made)
    record(session, by, "merge", source, into=target.id)
    return made


def unmerge(session: Session, source: Improvement, *, by: int | None) -> Improvement:
    """Take the merge of `source` back. Raises Conflict where it is not merged (any more)."""
    _hold(session, source)
    if source.merged_into_id is None:
        raise Conflict("This improvement is not merged any more. Somebody has taken it out already.")
    standing = select(Merge).where(Merge.source_id == source.id, Merge.undone_at.is_(None)).order_by(Merge.id.desc())
    for merged in session.scalars(standing):
        merged.undone_at, merged.undone_by = now(), by
    record(session, by, "unmerge", source, out_of=source.merged_into_id)
    source.merged_into, source.merged_into_id = None, None
    session.flush()
    return source


def split(session: Session, mentions: Sequence[Mention], title: str, *, by: int | None) -> Improvement:
    """Found a new improvement from some mentions of one. Raises Invalid where none is chosen or they are not of one family."""
    if not mentions:
        raise Invalid("Tick the comments that belong to the new improvement.", field="mentions")
    roots = {root_of(mention.improvement).id: root_of(mention.improvement) for mention in mentions}
    if len(roots) > 1:
        raise Invalid("These comments belong to different improvements. Split one at a time.", field="mentions")
    old = next(iter(roots.values()))
    made = Improvement(
        title=title, service_id=old.service_id, theme_id=old.theme_id, owner_id=old.owner_id, created_by=by
    )
    session.add(made)
    session.flush()
    searching.learn(session, [title])
    move(session, mentions, made, by=by)
    record(session, by, "split", made, out_of=old.id, mentions=[mention.id for mention in mentions])
    apart.keep(session, made, old, by=by)
    return made


def _hold(session: Session, improvement: Improvement) -> None:
    """Lock the backlog and read an improvement as it is now: two merges at once would otherwise make a circle."""
    rollups.bump(session, "backlog")
    session.refresh(improvement)


def _root_now(session: Session, improvement: Improvement) -> Improvement:
    session.refresh(improvement)
    while improvement.merged_into is not None:
        improvement = improvement.merged_into
        session.refresh(improvement)
    return improvement


def merged_here(session: Session, improvement: Improvement) -> list[Improvement]:
    """Return what has been merged into an improvement, directly or through another, oldest first."""
    ids = [each for each in family(session, improvement.id) if each != improvement.id]
    return list(session.scalars(select(Improvement).where(Improvement.id.in_(ids)).order_by(Improvement.id)))
