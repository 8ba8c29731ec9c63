"""The whole, with which the public page opens: how many suggestions, and what became of all of them; small numbers are held back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, selectinload

from surveyapp.backlog.families import roots
from surveyapp.backlog.ledger import judge
from surveyapp.models import Improvement, ImprovementCount, Mention, Organisation, Promise, Service


@dataclass(frozen=True, slots=True)
class Whole:
    """What became of every suggestion: done, declined and open add up to `n`. `broken` counts promises, not suggestions."""

    n: int
    done: int
    declined: int
    open: int
    broken: int


def whole(session: Session, service: Service, today: date) -> Whole | None:
    """Count what customers of a service and everything below it asked for; None where that would be too few people to tell.

    A suggestion counts where its improvement, or the one it was merged into, stands today. Asked again after it was done is open.
    """
    if not tellable(session, service):
        return None
    ids = nodes(session, service)
    states = _states(session, ids)
    again = _asked_again(session, ids)
    done = max(states.get("done", 0) - again, 0)
    n, declined = sum(states.values()), states.get("declined", 0)
    return Whole(n, done, declined, n - done - declined, _broken(session, ids, today))


def nodes(session: Session, service: Service) -> Sequence[int]:
    """Return the ids of a service and of everything below it."""
    return session.scalars(select(Service.id).where(Service.path.like(f"{service.path}%"))).all()


def around(session: Session, service: Service) -> list[int]:
    """Return the ids whose improvements concern a service's customers: below it, and everything that it is part of."""
    above = [int(part) for part in service.path.strip("/").split("/")]
    return sorted({*nodes(session, service), *above})


def tellable(session: Session, service: Service) -> bool:
    """Say whether counts of a service may be shown: at least the organisation's minimum, here and in all its siblings.

    With one sibling hidden, the whole less the others would give it away; so where one is too small none of them is shown.
    """
    least = session.scalar(select(Organisation.minimum_group).limit(1)) or 0
    counts = _counts(session)
    place: Service | None = service
    if sum(n for path, n in counts.items() if path.startswith(service.path)) < least:
        return False
    while place is not None and place.parent is not None:
        parts = _parts(counts, place.parent.path)
        if any(0 < n < least for n in parts.values()):
            return False
        place = place.parent
    return True


def _parts(counts: dict[str, int], path: str) -> dict[str, int]:
    """Return a node's own count and those of its children, each with everything below it."""
    found: dict[str, int] = defaultdict(int)
    for below, n in counts.items():
        if below.startswith(path):
            found[below[len(path) :].partition("/")[0]] += n
    return found


def _counts(session: Session) -> dict[str, int]:
    counted = select(Service.path, func.sum(ImprovementCount.n)).join(
        Service, Service.id == ImprovementCount.service_id
    )
    return {row[0]: row[1] for row in session.execute(counted.group_by(Service.path))}


def _states(session: Session, ids: Sequence[int]) -> dict[str, int]:
    up, top = roots(), aliased(Improvement)
    counted = (
        select(top.state, func.sum(ImprovementCount.n))
        .select_from(ImprovementCount)
        .outerjoin(up, up.c.id == ImprovementCount.improvement_id)
        .join(top, top.id == func.coalesce(up.c.root_id, ImprovementCount.improvement_id))
        .where(ImprovementCount.service_id.in_(ids))
    )
    return {row[0]: row[1] for row in session.execute(counted.group_by(top.state))}


def _asked_again(session: Session, ids: Sequence[int]) -> int:
    up, top = roots(), aliased(Improvement)
    found = (
        select(func.count())
        .select_from(Mention)
        .outerjoin(up, up.c.id == Mention.improvement_id)
        .join(top, top.id == func.coalesce(up.c.root_id, Mention.improvement_id))
        .where(Mention.asked_again, Mention.state == "filed", Mention.service_id.in_(ids), top.state == "done")
    )
    return session.scalar(found) or 0


def _broken(session: Session, ids: Sequence[int], today: date) -> int:
    promised = select(Improvement).where(
        Improvement.id.in_(select(Promise.improvement_id)), Improvement.merged_into_id.is_(None),
        Improvement.service_id.in_(ids),
    )  # fmt: skip
    standings = (
        judge(each.promises, each.state, each.in_effect_since, today)
        for each in session.scalars(promised.options(selectinload(Improvement.promises)))
    )
    return sum(1 for each in standings if each is not None and each.word == "broken")
