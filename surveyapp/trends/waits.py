"""Was it answered, and how soon? Of what was raised: done, declined and open after 30, 60, 90 and 180 days.

Computed by the clock from the rollups (see computing.py) as of the end of the last closed month, and stored.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from surveyapp.models import Improvement, Rollup
from surveyapp.rollups import month_of
from surveyapp.trends.mentioned import PURPOSES

if TYPE_CHECKING:
    from analysis.stats.time_to_event import Outcomes

HORIZONS = (30, 60, 90, 180)
NAMES = ("done", "declined", "open")
DONE, DECLINED, OPEN = 1, 2, 0


@dataclass(frozen=True, slots=True)
class Raised:
    """Mentions of one improvement (that speaks for itself) at one service on one day, and the day it was answered, if it was."""

    service_id: int
    improvement_id: int
    day: date
    n: int
    outcome: int
    until: date | None


def read(session: Session, first: int, as_of: date) -> list[Raised]:
    """Read what was raised from month `first` on and before the day `as_of`, with what had become of it by then."""
    counted = (
        select(Rollup.service_id, Rollup.key, Rollup.day, func.sum(Rollup.n))
        .where(Rollup.fact == "mention", Rollup.purpose.in_(PURPOSES), Rollup.month >= first, Rollup.day < as_of)
        .group_by(Rollup.service_id, Rollup.key, Rollup.day)
        .order_by(Rollup.day, Rollup.service_id, Rollup.key)
    )
    ends = _ends(session, as_of)
    found = []
    for service_id, key, day, n in session.execute(counted):
        root, outcome, until = ends.get(int(key), (int(key), OPEN, None))
        if until is not None and day >= until:  # asked again: that answer did not reach this wish
            outcome, until = OPEN, None
        found.append(Raised(service_id, root, day, n, outcome, until))
    return found


def _ends(session: Session, as_of: date) -> dict[int, tuple[int, int, date | None]]:
    """Return, for every improvement merged or closed, which one speaks for it, its outcome and the day of it."""
    wanted = select(Improvement).where((Improvement.state != "open") | Improvement.merged_into_id.is_not(None))
    rows = list(session.scalars(wanted.options(selectinload(Improvement.outcomes))))
    into = {each.id: each.merged_into_id for each in rows if each.merged_into_id is not None}
    closed = {each.id: _end(each, as_of) for each in rows if each.merged_into_id is None}
    found = {}
    for each in rows:
        root = each.id
        while root in into:
            root = into[root]
        found[each.id] = (root, *closed.get(root, (OPEN, None)))
    return found


def _end(improvement: Improvement, as_of: date) -> tuple[int, date | None]:
    if not improvement.outcomes or improvement.state not in {"done", "declined"}:
        return OPEN, None
    last = improvement.outcomes[-1]
    day = last.effective_on or last.at.date()
    return (DONE if improvement.state == "done" else DECLINED, day) if day < as_of else (OPEN, None)


def compute(raised: Iterable[Raised], as_of: date) -> dict[str, Any]:
    """Return the shares after each of HORIZONS with their bands, and plain counts by month raised, as stored; see `Waits`."""
    import numpy as np  # noqa: PLC0415 - never on the way to a customer's page

    from analysis.stats.time_to_event import competing  # noqa: PLC0415

    rows = list(raised)
    times = np.array([each.n for each in rows], dtype=np.int64)
    days = np.array([((each.until or as_of) - each.day).days for each in rows], dtype=np.float64)
    outcome = np.array([each.outcome for each in rows], dtype=np.int64)
    groups = np.array([each.improvement_id for each in rows], dtype=np.int64)
    found = competing(np.repeat(days, times), np.repeat(outcome, times), np.repeat(groups, times), HORIZONS)
    return {
        "as_of": as_of.isoformat(),
        "mentions": int(times.sum()),
        "improvements": len(set(groups.tolist())),
        "shares": {name: _plain(found, name) for name in NAMES},
        "months": {str(month): counts for month, counts in sorted(by_month(rows, as_of).items())},
    }


def _plain(found: Outcomes, name: str) -> list[list[float | None]]:
    """Return [share, lower, upper] for each horizon; None for what is not known."""
    columns = (getattr(found, name), getattr(found, f"{name}_lower"), getattr(found, f"{name}_upper"))
    return [
        [None if math.isnan(value) else round(float(value), 6) for value in row] for row in zip(*columns, strict=True)
    ]


def by_month(raised: Iterable[Raised], as_of: date) -> dict[int, list[list[int] | None]]:
    """Count [done, declined, open] by month raised after each horizon; None where the month's last day has not waited so long."""
    months: dict[int, list[Raised]] = defaultdict(list)
    for each in raised:
        months[month_of(each.day)].append(each)
    return {
        month: [_counted(rows, days) if _last_day(month) + timedelta(days=days) < as_of else None for days in HORIZONS]
        for month, rows in months.items()
    }


def _counted(rows: Iterable[Raised], days: int) -> list[int]:
    counts = [0, 0, 0]
    for each in rows:
        answered = each.until is not None and (each.until - each.day).days <= days
        counts[{DONE: 0, DECLINED: 1, OPEN: 2}[each.outcome if answered else OPEN]] += each.n
    return counts


def _last_day(month: int) -> date:
    following = month + 1
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)
