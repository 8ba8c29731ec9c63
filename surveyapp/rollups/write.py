"""Adding to the rollups, inside the transaction that changes what they count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import case, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveyapp.db import UNDATED, Base
from surveyapp.models import ImprovementCount, PeriodRollup, Rollup, Tally
from surveyapp.models.running import Counter as CounterRow
from surveyapp.rollups.keys import Delta, Key, month_of, summed


def apply(session: Session, delta: Delta) -> None:
    """Add a delta to the rollups and to the improvements' counts. Sorted, so that two writers cannot wait for each other."""
    rows = [(key, n) for key, n in sorted(delta.items()) if n]
    if not rows:
        return
    session.flush()
    everybody = [(key, n) for key, n in rows if not key.segment]
    _upsert(session, Rollup, [by_day(key, n) for key, n in everybody])
    sums = [(key, n) for key, n in sorted(summed(delta).items()) if n]
    _upsert(session, PeriodRollup, [{**key._asdict(), "n": n} for key, n in sums])
    if any(n < 0 for _key, n in rows):
        session.execute(delete(Rollup).where(Rollup.n == 0))
        session.execute(delete(PeriodRollup).where(PeriodRollup.n == 0))
    _count_improvements(session, [(key, n) for key, n in everybody if key.fact in {"mention", "poor"}])
    bump(session, "rollups")


def by_day(key: Key, n: int) -> dict[str, Any]:
    """Return the row of a key that counts everybody."""
    row = {**key._asdict(), "month": month_of(key.day), "n": n}
    del row["segment"]
    return row


def keep(session: Session, counted: Delta) -> None:
    """Keep what an erased response counted for, so that a rebuild still finds the totals."""
    _upsert(session, Tally, [{**key._asdict(), "n": n} for key, n in sorted(counted.items()) if n])


def bump(session: Session, name: str) -> int:
    """Add one to a counter and return it. Its row stays locked until the transaction ends, which serialises whoever bumps it."""
    _upsert(session, CounterRow, [{"name": name, "value": 1}], column="value")
    return value(session, name)


def value(session: Session, name: str) -> int:
    """Return a counter; 0 before anything was counted."""
    return session.scalar(select(CounterRow.value).where(CounterRow.name == name)) or 0


def count_improvements(session: Session, improvement_ids: Iterable[int] | None = None) -> None:
    """Count improvements (all, or these) afresh from the mention rollups."""
    ids = None if improvement_ids is None else sorted(improvement_ids)
    clear, summed = delete(ImprovementCount), _summed()
    if ids is not None:
        clear = clear.where(ImprovementCount.improvement_id.in_(ids))
        summed = summed.where(Rollup.key.in_([str(i) for i in ids]))
    session.execute(clear)
    rows = [
        {"improvement_id": int(key), "service_id": service, "n": n, "poor": poor, "undated": undated, "last_day": last}
        for key, service, n, poor, undated, last in session.execute(summed)
    ]
    if rows:
        session.execute(insert(ImprovementCount), rows)


def _summed() -> Any:
    return (
        select(
            Rollup.key,
            Rollup.service_id,
            func.sum(case((Rollup.fact == "mention", Rollup.n), else_=0)),
            func.sum(case((Rollup.fact == "poor", Rollup.n), else_=0)),
            func.sum(case(((Rollup.fact == "mention") & (Rollup.day == UNDATED), Rollup.n), else_=0)),
            func.max(Rollup.day),
        )
        .where(Rollup.fact.in_(("mention", "poor")))
        .group_by(Rollup.key, Rollup.service_id)
    )


def _count_improvements(session: Session, rows: Sequence[tuple[Key, int]]) -> None:
    """Grow counts in place; where something shrank, the last day may have gone with it, so count afresh."""
    shrunk = {int(key.key) for key, n in rows if n < 0}
    grown: dict[tuple[int, int], dict[str, Any]] = {}
    for key, n in rows:
        if int(key.key) in shrunk:
            continue
        row = grown.setdefault(
            (int(key.key), key.service_id),
            {
                "improvement_id": int(key.key),
                "service_id": key.service_id,
                "n": 0,
                "poor": 0,
                "undated": 0,
                "last_day": key.day,
            },
        )
        row["n" if key.fact == "mention" else "poor"] += n
        row["undated"] += n if key.fact == "mention" and key.day == UNDATED else 0
        row["last_day"] = max(row["last_day"], key.day)
    if grown:
        _grow(session, [grown[place] for place in sorted(grown)])
    if shrunk:
        count_improvements(session, shrunk)


def _grow(session: Session, rows: list[dict[str, Any]]) -> None:
    statement = _insert(session, ImprovementCount)
    new, old = statement.excluded, ImprovementCount
    later = case((new.last_day > old.last_day, new.last_day), else_=old.last_day)
    changes = {"n": old.n + new.n, "poor": old.poor + new.poor, "undated": old.undated + new.undated, "last_day": later}
    session.execute(
        statement.on_conflict_do_update(index_elements=["improvement_id", "service_id"], set_=changes), rows
    )


def _upsert(session: Session, table: type[Base], rows: list[dict[str, Any]], *, column: str = "n") -> None:
    if not rows:
        return
    statement = _insert(session, table)
    keys = [each.name for each in table.__table__.primary_key]  # type: ignore[attr-defined]
    grown = {column: getattr(table, column) + getattr(statement.excluded, column)}
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=grown), rows)


def _insert(session: Session, table: type[Base]) -> Any:
    kind = session.get_bind().dialect.name
    return (sqlite if kind == "sqlite" else postgresql).insert(table)
