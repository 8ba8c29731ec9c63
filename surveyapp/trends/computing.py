"""Computing ahead what charts need rows or patience for: by the clock, when a closed month changed, never in a request.

Nothing depends on the running month. What a node's figures rest on is put into one word, its basis; where that is the word
stored with them, they stand.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.scope import Scope
from surveyapp.backlog.days import today
from surveyapp.db import Database, now
from surveyapp.models import Computed, Merge, Outcome, Rollup, Service
from surveyapp.rollups import month_of
from surveyapp.trends import guard, movers, released, unsorted, waits
from surveyapp.trends.frame import SPANS, Frame
from surveyapp.trends.pooling import Cell

ANSWERED, DRIVERS = "answered", "drivers"
GUARDED = "{}, guarded"
"""What is stored beside it where a node has months too small to count for who does not read the comments."""
FACTS = {ANSWERED: ("mention",), DRIVERS: ("theme", "rating")}
Place = tuple[str, int, int]
"""What is computed, for which service, over how many months."""


def run(database: Database, _config: Mapping[str, Any]) -> dict[str, Any]:
    """Compute what is out of date, as the clock does it; return what the page of jobs shows."""
    return {"computed": compute(database), "unsorted": unsorted.compute(database)}


def compute(database: Database, *, most: int | None = None) -> int:
    """Compute what is out of date, the top of the tree first, at most `most` places; return how many were computed."""
    with database.read() as session:
        moment = today(session)
        bases = _bases(session, moment)
        stored = {(each.name, each.service_id, each.span): each.basis for each in session.scalars(select(Computed))}
        stale = [place for place, basis in bases.items() if stored.get(place) != basis][:most]
        if not stale:
            return 0
        work = _work(session, moment, stale)
        version = rollups.value(session, "rollups")
    for place in stale:
        body = work(place)
        with database.write() as session:
            name, service_id, span = place
            key = {"name": name, "service_id": service_id, "span": span}
            session.merge(Computed(**key, basis=bases[place], version=version, body=body, at=now()))
    return len(stale)


def stored(session: Session, name: str, frame: Frame) -> Computed | None:
    """Return what is stored for a frame; None before the clock has come to it, and for an earlier span or a part of the customers."""
    if not frame.running or frame.segment is not None:
        return None
    if frame.least and _left_out(_pools(session, frame.today), frame.service, frame.first):
        name = GUARDED.format(name)
    return session.get(Computed, (name, frame.service.id, frame.span))


def _bases(session: Session, moment: date) -> dict[Place, str]:
    """Return the basis of every place where something was said, the top of the tree and the usual span of two years first."""
    tree = Scope.everything(session).tree(session)
    last = month_of(moment)
    decided = session.execute(select(func.count(), func.max(Outcome.id))).one()
    merged = session.execute(select(func.max(Merge.id), func.count(Merge.undone_at))).one()
    under = {node.id: {each.id for each in tree if node.holds(each)} for node in tree}
    pools = _pools(session, moment)
    found = {}
    for span in sorted(SPANS, key=lambda each: (each != 24, each)):
        said = _said(session, last - span, last)
        for node in sorted(tree, key=lambda each: each.depth):
            for name, facts in FACTS.items():
                rows = [said[fact, each] for fact in facts for each in sorted(under[node.id])]
                if any(rows):
                    extra = (tuple(decided), tuple(merged)) if name == ANSWERED else ()
                    found[name, node.id, span] = _word(last, rows, extra)
                    left_out = _left_out(pools, node, last - span)
                    if left_out:
                        found[GUARDED.format(name), node.id, span] = _word(last, rows, extra, sorted(left_out))
    return found


def _pools(session: Session, moment: date) -> released.Pools:
    return released.Pools(session, guard.minimum(session), moment)


def _left_out(pools: released.Pools, node: Service, since: int) -> frozenset[Cell]:
    """Return the cells from month `since` on that are not counted at a node for who does not read the comments."""
    return frozenset(cell for cell in pools.held_back(node.path) if cell[1] >= since)


def _word(*facts: Any) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _said(session: Session, first: int, last: int) -> Mapping[tuple[str, int], list[Any]]:
    """Return how much of each key was counted at each service in the closed months, and when, as a few numbers a key."""
    when = func.sum(Rollup.n * (Rollup.month - first + 1))
    counted = (
        select(Rollup.fact, Rollup.service_id, Rollup.key, func.sum(Rollup.n), when)
        .where(Rollup.fact.in_(sum(FACTS.values(), ())), Rollup.month >= first, Rollup.month < last)
        .group_by(Rollup.fact, Rollup.service_id, Rollup.key)
        .order_by(Rollup.fact, Rollup.service_id, Rollup.key)
    )
    found: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for fact, service_id, key, n, moments in session.execute(counted):
        found[fact, service_id].append((key, int(n), int(moments)))
    return found


def _work(session: Session, moment: date, stale: list[Place]) -> Callable[[Place], dict[str, Any]]:
    """Read once what all stale places need, and return what computes one of them."""
    first, as_of = month_of(moment) - max(span for _name, _id, span in stale), moment.replace(day=1)
    needed = {name.partition(",")[0] for name, _id, _span in stale}
    raised = waits.read(session, first, as_of) if ANSWERED in needed else []
    rated = movers.read(session, first, as_of) if DRIVERS in needed else []
    themes = movers.names(session)
    nodes = Scope.everything(session).tree(session)
    pools, by_id = _pools(session, moment), {node.id: node for node in nodes}

    def work(place: Place) -> dict[str, Any]:
        name, service_id, span = place
        node, since = by_id[service_id], month_of(moment) - span
        under = {each.id for each in nodes if node.holds(each)}
        plain, guarded, _rest = name.partition(",")
        left_out = _left_out(pools, node, since) if guarded else frozenset()

        def counts(service: int, month: int) -> bool:
            return service in under and month >= since and (service, month) not in left_out

        if plain == ANSWERED:
            return waits.compute([each for each in raised if counts(each.service_id, month_of(each.day))], as_of)
        return movers.compute([each for each in rated if counts(each.service_id, each.month)], themes)

    return work
