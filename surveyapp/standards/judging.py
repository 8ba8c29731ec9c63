"""Judging closed months: met, missed, or too few to tell. By the clock, kept as it was, and never changed without a trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Judge what is due and write to the leads, as the clock does it; return what the page of jobs shows."""
    with database.write() as session:
        made = judge(session, today(session))
        return {"judged": len(made), "letters": letters.tell(session, made, today(session), str(config["PUBLIC_URL"]))}


def judge(session: Session, day: date) -> list[Judgement]:
    """Judge every closed month that has not been judged, and add a row where figures changed since; return the new rows."""
    standards = declared.every(session)
    if not standards:
        return []
    rollups.bump(session, "standards")  # two clocks that judge at once would do it twice
    last = closing.last_closed(day)
    first = max(min(version.from_month for each in standards for version in each.standing), last - LOOKED_BACK + 1)
    reader = Reader(session, day, first)
    before = {(each.standard_id, each.service_id, each.month): each for each in latest(session, first)}
    made = []
    for standard, version, node, month in due(standards, list(reader.nodes.values()), range(first, last + 1), day):
        stored = before.get((standard.id, node.id, month))
        if stored is not None and standard.gauge not in AGAIN:
            continue
        found = reader.observe(standard, version, node, month)
        if found is not None and (stored is None or _differs(stored, found)):
            made.append(_row((standard, version, node, month), found, stored.number + 1 if stored else 0))
    session.add_all(made)
    if made:
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
        held[each.standard_id, each.service_id, each.month] = each
    return list(held.values())


def _differs(stored: Judgement, found: Observed) -> bool:
    return (stored.n, stored.value) != (found.n, found.value)


def _row(place: Due, found: Observed, number: int) -> Judgement:
    standard, version, node, month = place
    return Judgement(
        standard_id=standard.id, version_id=version.id, service_id=node.id, month=month, number=number,
        verdict=verdict(found, version), n=found.n, value=found.value, low=found.low, high=found.high,
        standard=standard, version=version, service=node,
    )  # fmt: skip
