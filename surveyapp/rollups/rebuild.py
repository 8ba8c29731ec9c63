"""The rollups from scratch, by queries over the rows. Written apart from the increments, so that each checks the other."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from surveyapp.models import PeriodRollup, Rollup
from surveyapp.rollups.counting import count
from surveyapp.rollups.keys import Key, PeriodKey, month_of
from surveyapp.rollups.write import bump, by_day, count_improvements

SOME = 10_000


def rebuild(session: Session) -> int:
    """Throw all rollups away and count again; return how many there are by day."""
    counted = count(session)
    session.execute(delete(Rollup))
    session.execute(delete(PeriodRollup))
    days = [by_day(key, n) for key, n in sorted(counted.items()) if not key.segment]
    _insert(session, Rollup, days)
    _insert(session, PeriodRollup, [{**key._asdict(), "n": n} for key, n in sorted(_sums(counted).items())])
    count_improvements(session)
    bump(session, "rollups")
    return len(days)


def differences(session: Session) -> Counter[Any]:
    """Return where the stored rollups, by day and summed, differ from a count of the rows: nothing, unless there is a fault."""
    counted = count(session)
    columns = (Rollup.fact, Rollup.service_id, Rollup.day, Rollup.purpose, Rollup.key, Rollup.n)
    found: Counter[Any] = Counter({Key(*row[:5]): row[5] for row in session.execute(select(*columns))})
    found.update({PeriodKey(*row[:7]): row[7] for row in session.execute(_summed())})
    found.subtract({key: n for key, n in counted.items() if not key.segment})
    found.subtract(_sums(counted))
    return Counter({key: n for key, n in found.items() if n})


def _summed() -> Select[*tuple[Any, ...]]:
    table = PeriodRollup
    what = (table.fact, table.grain, table.segment, table.purpose, table.service_id, table.period, table.key)
    return select(*what, func.sum(table.n)).group_by(*what)


def _sums(counted: Counter[Key]) -> Counter[PeriodKey]:
    """Sum days over months and weeks, whose Mondays are numbered from the first one of the calendar."""
    found: Counter[PeriodKey] = Counter()
    for fact, service, day, purpose, key, segment in counted:
        n = counted[Key(fact, service, day, purpose, key, segment)]
        week = (day.toordinal() - 1) // 7
        for grain, period in (("month", month_of(day)), ("week", week)):
            found[PeriodKey(fact, grain, segment, purpose, service, period, key)] += n
    return found


def _insert(session: Session, table: type[Rollup] | type[PeriodRollup], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), SOME):
        session.execute(insert(table), rows[start : start + SOME])
