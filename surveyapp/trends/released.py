"""Small groups: what of a service's month is counted for somebody who does not read the comments.

Every figure such a reader sees is a sum over pools of at least `frame.least` who answered (see `surveyapp.trends.pooling`). Whatever
two views, files or months are subtracted, what is left is a sum over pools again, never the answers of a few. See docs/showing.md,
"Small groups".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.models import PeriodRollup, Rollup, Service
from surveyapp.rollups import month_of
from surveyapp.trends import pooling
from surveyapp.trends.frame import Frame
from surveyapp.trends.pooling import Cell

Purposes = Iterable[str] | None


class Pools:
    """At which node each cell (a service's month that is over) counts, for one kind of fact.

    The running month is none of them: `running` counts it. A rating is answered by as many as gave it; for everything else count all
    who answered anything.
    """

    def __init__(
        self,
        session: Session,
        least: int,
        today: date,
        *,
        quarters: bool = False,
        fact: str = "response",
        purposes: Purposes = None,
    ) -> None:
        now = month_of(today)
        self.sizes = _sizes(session, now, fact, purposes)
        self.paths: dict[int, str] = {row[0]: row[1] for row in session.execute(select(Service.id, Service.path))}
        if quarters:
            self.counted = pooling.by_quarter(self.sizes, self.paths, least, now)
        else:
            self.counted = pooling.by_month(self.sizes, self.paths, least)

    def held_back(self, path: str) -> frozenset[Cell]:
        """Return the cells under the node of a path that do not count for it."""
        ours = (cell for cell in self.sizes if self.paths[cell[0]].startswith(path))
        return frozenset(cell for cell in ours if not self.counted.get(cell, "").startswith(path))


def held_back(session: Session, frame: Frame, fact: str, purposes: Purposes) -> frozenset[Cell]:
    """Return the cells under the frame's node that are not counted for it."""
    quarters, purposes = frame.grain == "quarter", tuple(purposes or ()) if fact == "rating" else None
    fact = fact if fact == "rating" else "response"

    def made() -> Pools:
        return Pools(session, frame.least, frame.today, quarters=quarters, fact=fact, purposes=purposes)

    pools: Pools = _once(session, ("pools", frame.least, frame.today, quarters, purposes), made)
    held = pools.held_back(frame.service.path)
    return held if frame.segment is None else held | _groups_held_back(session, frame, fact, purposes, pools.sizes)


def _once(session: Session, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """Make something once for a session and a version of the rollups: the charts of a page share it."""
    known, version = session.info.setdefault("released", {}), rollups.value(session, "rollups")
    if known.get("version") != version:
        known.clear()
        known["version"] = version
    if key not in known:
        known[key] = make()
    return known[key]


def _groups_held_back(
    session: Session, frame: Frame, fact: str, purposes: Purposes, whole: dict[Cell, int]
) -> frozenset[Cell]:
    """Return where a group of customers is small by itself, or part of a small whole, or could be had by subtraction.

    Where the whole less all groups that are large enough would leave a few, the smallest of these is held back as well.
    """
    assert frame.segment is not None, "without a segment there is no group"
    line, ours = f"{frame.segment.line}:", frame.segment.key
    held = set(whole)
    groups: dict[Cell, dict[str, int]] = defaultdict(dict)
    for service, month, segment, n in session.execute(
        _sized(fact, purposes, PeriodRollup.segment).where(PeriodRollup.segment.startswith(line, autoescape=True))
    ):
        groups[service, month][segment] = n
    for cell, sizes in groups.items():
        large = sorted((n, segment) for segment, n in sizes.items() if n >= frame.least)
        left = whole.get(cell, 0) - sum(n for n, _segment in large)
        shown = large if left == 0 or left >= frame.least else large[1:]
        if whole.get(cell, 0) >= frame.least and any(segment == ours for _n, segment in shown):
            held.discard(cell)
    return frozenset(held)


def _sizes(session: Session, running: int, fact: str, purposes: Purposes) -> dict[Cell, int]:
    sized = _sized(fact, purposes).where(PeriodRollup.segment == "", PeriodRollup.period < running)
    return {(service, month): n for service, month, n in session.execute(sized)}


def _sized(fact: str, purposes: Purposes, *more: Any) -> Any:
    by = (PeriodRollup.service_id, PeriodRollup.period, *more)
    of = select(*by, func.sum(PeriodRollup.n)).where(PeriodRollup.grain == "month", _base(PeriodRollup, fact, purposes))
    return of.group_by(*by)


def _base(table: Any, fact: str, purposes: Purposes) -> ColumnElement[bool]:
    """Return the condition on what is counted for the size of a cell."""
    if fact != "rating":
        condition: ColumnElement[bool] = table.fact == "response"
        return condition
    return (table.fact == "rating") & table.purpose.in_(list(purposes or ()))


def running(session: Session, frame: Frame, fact: str, purposes: Purposes) -> Counter[str]:
    """Return the counts of the running month by key, up to a day for each service that the next days cannot be subtracted from.

    Days that are over make batches of at least `frame.least` answers; the last whole batch is held back, so that what is not
    counted yet is never a few, neither tomorrow nor when the month ends.
    """
    base = tuple(purposes or ()) if fact == "rating" else None
    known = ("through", frame.least, frame.today, frame.service.path, base)
    through: dict[int, date] = _once(session, known, lambda: _through(session, frame, fact, purposes))
    counted = select(Rollup.key, Rollup.service_id, Rollup.day, Rollup.n).where(
        Rollup.fact == fact, *_this_month(frame), *([] if purposes is None else [Rollup.purpose.in_(list(purposes))])
    )
    found: Counter[str] = Counter()
    for key, service_id, day, n in session.execute(counted):
        if service_id in through and day <= through[service_id]:
            found[key] += n
    return found


def _through(session: Session, frame: Frame, fact: str, purposes: Purposes) -> dict[int, date]:
    sized = select(Rollup.service_id, Rollup.day, func.sum(Rollup.n)).where(_base(Rollup, fact, purposes))
    days: dict[int, list[tuple[date, int]]] = defaultdict(list)
    by = (Rollup.service_id, Rollup.day)
    for service_id, day, n in session.execute(sized.where(*_this_month(frame)).group_by(*by).order_by(*by)):
        days[service_id].append((day, n))
    ends = {service_id: batches(each, frame.least) for service_id, each in days.items()}
    return {service_id: each[-2] for service_id, each in ends.items() if len(each) > 1}


def batches(days: Iterable[tuple[date, int]], least: int) -> list[date]:
    """Return the days on which a batch of at least `least` answers was whole."""
    ends, gathered = [], 0
    for day, n in days:
        gathered += n
        if gathered >= least:
            ends.append(day)
            gathered = 0
    return ends


def _this_month(frame: Frame) -> tuple[ColumnElement[bool], ...]:
    return (
        Rollup.month == month_of(frame.today), Rollup.day < frame.today, Rollup.service_id.in_(frame.services()),
    )  # fmt: skip
