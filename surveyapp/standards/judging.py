"""Judging closed months: met, missed, or too few to tell. By the clock, kept as it was, and never changed without a trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog.days import today
from surveyapp.db import Database
from surveyapp.models import Judgement, Service, Standard, StandardVersion
from surveyapp.standards import letters
from surveyapp.standards.reading import Observed, Reader
from surveyapp.trends import closing, declared
from surveyapp.trends.periods import last_day

MET, MISSED, FEW = "met", "missed", "few"
LOOKED_BACK = 24
"""Months back that are looked at again for figures that changed late."""
AGAIN = frozenset({"csat", "rating", "esat", "nps", "figure"})
"""Gauges that are read anew: their totals stand for ever. The others follow from acts that may be taken back, and stay as first seen."""
Key = tuple[int, int, int]
"""A standard, a node, a month."""
Due = tuple[Standard, StandardVersion, Service, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A month that is to be judged, as it was read: `number` 0 for the first look, one more for each later one."""

    standard_id: int
    version_id: int
    service_id: int
    month: int
    number: int
    verdict: str
    observed: Observed


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Judge what is due and write to the leads, as the clock does it; return what the page of jobs shows.

    Reading takes its time and locks nothing out; only what was found is written.
    """
    with database.read() as session:
        day = today(session)
        found = look(session, day)
    base = str(config["PUBLIC_URL"])
    with database.write() as session:
        made = store(session, found)
        written = letters.tell(session, made, day, base) + letters.remind(session, day, base)
        return {"judged": len(made), "letters": written}


def judge(session: Session, day: date) -> list[Judgement]:
    """Judge every closed month that has not been judged, and add a row where figures changed since; return the new rows."""
    return store(session, look(session, day))


def look(session: Session, day: date) -> list[Found]:
    """Read what is to be judged, and what differs from what was judged before."""
    standards = declared.every(session)
    if not standards:
        return []
    last = closing.last_closed(day)
    first = max(min(version.from_month for each in standards for version in each.standing), last - LOOKED_BACK + 1)
    reader = Reader(session, day, first)
    before = {_key(each): each for each in latest(session, first)}
    found = []
    for standard, version, node, month in due(standards, list(reader.nodes.values()), range(first, last + 1), day):
        stored = before.get((standard.id, node.id, month))
        if stored is not None and standard.gauge not in AGAIN:
            continue
        seen = reader.observe(standard, version, node, month)
        if seen is not None and (stored is None or _differs(stored, seen)):
            number = stored.number + 1 if stored else 0
            place = (standard.id, version.id, node.id, month)
            found.append(Found(*place, number, verdict(seen, version), seen))
    return found


def store(session: Session, found: Sequence[Found]) -> list[Judgement]:
    """Keep what was found, save where somebody else did so meanwhile or took the version back; return the new rows."""
    if not found:
        return []
    rollups.bump(session, "standards")  # two clocks that judge at once would do it twice
    there = {(*_key(each), each.number) for each in latest(session, min(each.month for each in found))}
    gone = set(session.scalars(select(StandardVersion.id).where(StandardVersion.taken_back_at.is_not(None))))
    made = [_row(each) for each in found if (*_key(each), each.number) not in there and each.version_id not in gone]
    session.add_all(made)
    session.flush()
    rollups.bump(session, "rollups")  # the pictures change with it
    return made


def due(standards: list[Standard], nodes: list[Service], months: range, day: date) -> Iterator[Due]:
    """Yield what is to be judged: for each open node and month what holds there, once its days of waiting are over."""
    for node in nodes:
        above = [each for each in standards if each.service.holds(node)]
        if node.closed_at is not None or not above:
            continue
        for month in months:
            for standard, version in declared.holding(above, node, month):
                if last_day(month) + timedelta(days=version.days or 0) < day:
                    yield standard, version, node, month


def verdict(found: Observed, version: StandardVersion) -> str:
    """Say how a month stands: met at the level or beyond; missed only where chance does not reach the level; else too few to tell."""
    if found.value is None or found.low is None or found.high is None:
        return FEW
    if version.at_most:
        return MET if found.value <= version.level else MISSED if found.low > version.level else FEW
    return MET if found.value >= version.level else MISSED if found.high < version.level else FEW


def latest(session: Session, first: int = 0, *, nodes: Any = None, standard_id: int | None = None) -> list[Judgement]:
    """Return the judgement that holds for each standard, node and month from `first` on, oldest month first."""
    wanted = select(Judgement).where(Judgement.month >= first)
    if standard_id is not None:
        wanted = wanted.where(Judgement.standard_id == standard_id)
    if nodes is not None:
        wanted = wanted.where(Judgement.service_id.in_(nodes))
    held: dict[Key, Judgement] = {}
    for each in session.scalars(wanted.order_by(Judgement.month, Judgement.id)):
        held[_key(each)] = each
    return list(held.values())


def _differs(stored: Judgement, found: Observed) -> bool:
    return (stored.n, stored.value) != (found.n, found.value)


def _row(found: Found) -> Judgement:
    seen = found.observed
    return Judgement(
        standard_id=found.standard_id, version_id=found.version_id, service_id=found.service_id, month=found.month,
        number=found.number, verdict=found.verdict, n=seen.n, value=seen.value, low=seen.low, high=seen.high,
    )  # fmt: skip


def _key(each: Found | Judgement) -> Key:
    return each.standard_id, each.service_id, each.month
