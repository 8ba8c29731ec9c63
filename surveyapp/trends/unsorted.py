"""What nobody has sorted yet and may belong to an improvement that was done: a bound on its verdict.

Before a change people sorted its mentions; since then they may not have come to it, and what waits would look like a fall. Counted by
the clock from the machine's proposals, and stored.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import inbox
from surveyapp.db import UNDATED, Database, now
from surveyapp.models import Computed, Improvement, Mention, Outcome, Service
from surveyapp.rollups import month_of
from surveyapp.trends.frame import Frame
from surveyapp.trends.mentioned import PURPOSES, roots

NAME = "unsorted"
LIKELY = 0.3
"""The likelihood of the machine's best proposal from which a mention may belong there: a bound is rather too wide."""
Waiting = dict[int, dict[int, int]]
"""Mentions by improvement and month."""


def compute(database: Database) -> int:
    """Count anew if anything moved since; return how many mentions may belong to something that was done."""
    with database.read() as session:
        root, basis = _root(session), _basis(session)
        stored = session.get(Computed, (NAME, root, 0)) if root is not None else None
        if root is None or (stored is not None and stored.basis == basis):
            return 0
        body, version = _count(session), rollups.value(session, "rollups")
    with database.write() as session:
        session.merge(Computed(name=NAME, service_id=root, span=0, basis=basis, version=version, body=body, at=now()))
    return sum(n for rows in body.values() for _service, _month, n in rows)


def read(session: Session, frame: Frame) -> Waiting:
    """Return what may belong to each improvement at a frame's node and under it, of all groups of customers."""
    root = _root(session)
    stored = session.get(Computed, (NAME, root, 0)) if root is not None else None
    if stored is None or not stored.body:
        return {}
    here, found = set(session.scalars(frame.services())), defaultdict[int, Counter[int]](Counter)
    for key, rows in stored.body.items():
        for service, month, n in rows:
            if service in here:
                found[int(key)][month] += n
    return {key: dict(months) for key, months in found.items()}


def _root(session: Session) -> int | None:
    return session.scalar(select(Service.id).where(Service.parent_id.is_(None)).order_by(Service.id).limit(1))


def _basis(session: Session) -> str:
    decided = session.scalar(select(func.max(Outcome.id)))
    return hashlib.sha256(repr((rollups.value(session, "backlog"), decided)).encode()).hexdigest()


def _count(session: Session) -> dict[str, list[tuple[int, int, int]]]:
    """Return, by improvement done, in which service's month how many unsorted mentions filed elsewhere come nearest to it."""
    up = roots(session)
    done = set(session.scalars(select(Improvement.id).where(Improvement.state == "done")))
    waiting = select(Mention.service_id, Mention.day, Mention.improvement_id, Mention.proposals)
    waiting = waiting.where(inbox.unsorted(Mention), Mention.purpose.in_(PURPOSES), Mention.day != UNDATED)
    found: dict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    for service, day, filed, proposals in session.execute(waiting.execution_options(yield_per=5000)):
        best = proposals[0] if proposals else {"improvement": filed, "similarity": 0}
        target = up.get(best["improvement"], best["improvement"])
        if best["similarity"] >= LIKELY and target in done and target != up.get(filed, filed):
            found[target][service, month_of(day)] += 1
    return {str(key): sorted((*place, n) for place, n in cells.items()) for key, cells in found.items()}
