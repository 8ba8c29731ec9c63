"""One act on many improvements at once. Each is done to all that were ticked, or to none.

What several people changed meanwhile is read afresh behind locks, in the order of the ids, so that two bulk acts cannot wait
for each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import labels, listing, merging, outcomes, owning
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import Improvement, Person, Theme

MOST = 200


def fetch(scope: Scope, session: Session, person: Person, ids: Sequence[int]) -> list[Improvement]:
    """Fetch and lock the ticked improvements. Raises Invalid for none or too many, NotFound where one is not this person's.

    Raises Conflict where one has been merged away since the page was drawn.
    """
    wanted = sorted(set(ids))
    if not wanted:
        raise Invalid("Tick at least one improvement first. Go back to the list and tick some.", field="improvement")
    if len(wanted) > MOST:
        raise Invalid(f"At most {MOST} at once: tick fewer.", field="improvement")
    rollups.bump(session, "backlog")
    seen = select(Improvement.id).where(Improvement.id.in_(wanted), listing.seen_by(scope, session, person))
    if len(session.scalars(seen).all()) != len(wanted):
        raise NotFound("One of these improvements is not there any more, or it is not one of yours.")
    held = select(Improvement).where(Improvement.id.in_(wanted)).order_by(Improvement.id)
    held = held.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = list(session.scalars(held))
    if any(each.merged_into_id is not None for each in found):
        raise Conflict("One of these improvements has been merged meanwhile. Reload the list and tick again.")
    return found


def own(session: Session, ticked: Sequence[Improvement], person: Person | None, *, by: int) -> None:
    """Give all of them one owner, or nobody."""
    for each in ticked:
        owning.own(session, each, person, by=by)


def theme(session: Session, ticked: Sequence[Improvement], chosen: Theme | None, *, by: int) -> None:
    """Put all of them under one theme, or none."""
    for each in ticked:
        owning.place(session, each, each.service, chosen, by=by)


def label(session: Session, ticked: Sequence[Improvement], name: str, *, by: int) -> None:
    """Put one label on all of them."""
    labels.add(session, ticked, name, by=by)


def decline(session: Session, ticked: Sequence[Improvement], reason: str, *, by: int) -> None:
    """Decline all of them with one reason that customers read. Raises Conflict where one is not open."""
    for each in ticked:
        outcomes.decline(session, each, reason=reason, by=by)


def merge(session: Session, ticked: Sequence[Improvement], target: Improvement, *, by: int) -> None:
    """Let `target`, one of them, speak for the others. Raises Invalid for fewer than two."""
    others = [each for each in ticked if each.id != target.id]
    if not others or len(others) == len(ticked):
        raise Invalid(
            "Tick at least two improvements: the one asked for most speaks for the others.", field="improvement"
        )
    for each in others:
        merging.merge(session, each, target, by=by)
