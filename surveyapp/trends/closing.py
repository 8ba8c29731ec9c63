"""Closed months: none changes silently. What a closed month said is kept, and what changes afterwards is written down with why.

A month is closed once it is over and the first working day after it, on which its page is mailed, has come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from surveyapp.backlog.days import today
from surveyapp.db import Database
from surveyapp.models import (
    PART,
    TOLD,
    Act,
    ClosedFigure,
    ImportRun,
    Job,
    LateChange,
    Measure,
    Mention,
    Rollup,
    Service,
)
from surveyapp.rollups import month_of
from surveyapp.trends.frame import Frame
from surveyapp.trends.mentioned import PURPOSES
from surveyapp.trends.ratings import is_good

JOB = "closed months"
Kept = dict[tuple[int, int, str], int]
"""(service, month, figure) -> its count."""


def first_working_day(month: int) -> date:
    """Return the first day of a month that is neither Saturday nor Sunday."""
    day = date(month // 12, month % 12 + 1, 1)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def last_closed(day: date) -> int:
    """Return the last month whose page is due on a day, or was."""
    running = month_of(day)
    return running - 1 if day >= first_working_day(running) else running - 2


def run(database: Database, _config: Mapping[str, Any]) -> dict[str, Any]:
    """Look at the closed months, as the clock does it; return what the page of jobs shows."""
    with database.write() as session:
        job = session.get(Job, JOB)
        changes = look(session, today(session), since=job.last_finished_at if job else None)
    return {"changed": len(changes)}


def look(session: Session, day: date, *, since: datetime | None) -> list[LateChange]:
    """Keep what newly closed months say, write down what changed in the others, and return that.

    `since` is when somebody last looked, for saying why: what was imported or corrected after that.
    """
    kept: Kept = {(row[0], row[1], row[2]): row[3] for row in session.execute(_recorded())}
    until = last_closed(day)
    looked = max((month for _service, month, _figure in kept), default=0)
    counted = count(session, until)
    for key, n in counted.items():
        if kept.get(key) != n:
            session.merge(ClosedFigure(service_id=key[0], month=key[1], figure=key[2], n=n))
    for key in kept.keys() - counted.keys():
        counted[key] = 0
        session.merge(ClosedFigure(service_id=key[0], month=key[1], figure=key[2], n=0))
    changed = {key: n for key, n in counted.items() if key[1] <= looked and kept.get(key, 0) != n}
    why = _why(session, since) if changed else {}
    changes = [
        LateChange(service_id=key[0], month=key[1], figure=key[2], before=kept.get(key, 0), after=n, why=why[key[2]])
        for key, n in sorted(changed.items())
    ]
    session.add_all(changes)
    session.flush()
    return changes


def _recorded() -> Any:
    return select(ClosedFigure.service_id, ClosedFigure.month, ClosedFigure.figure, ClosedFigure.n)


FIGURES = ("responses", "ratings", "good ratings", "comments", "mentions")


def count(session: Session, until: int) -> Kept:
    """Count the figures of every service and month up to `until`, from the rollups."""
    key = case((Rollup.fact == "rating", Rollup.key), else_="")
    counted = (
        select(Rollup.service_id, Rollup.month, Rollup.fact, key, func.sum(Rollup.n))
        .where(Rollup.month > 0, Rollup.month <= until)
        .where(
            or_(
                (Rollup.fact == "response") & (Rollup.key != TOLD),
                (Rollup.fact == "rating") & (Rollup.purpose == "csat"),
                Rollup.fact.in_(("comment", "mention")) & Rollup.purpose.in_(PURPOSES),
            )
        )
        .group_by(Rollup.service_id, Rollup.month, Rollup.fact, key)
    )
    found: Kept = defaultdict(int)
    for service_id, month, fact, value, n in session.execute(counted):
        found[service_id, month, f"{fact}s"] += n
        if fact == "rating":
            found[service_id, month, "good ratings"] += n if is_good(value) else 0
    return found


def _why(session: Session, since: datetime | None) -> dict[str, str]:
    """Say, for each figure, what happened since somebody last looked that changes it."""
    imports = select(ImportRun.file_name).order_by(ImportRun.id)
    acts = select(func.count()).where(Act.thing == Mention.__tablename__, Act.by.is_not(None))
    if since is not None:
        imports, acts = imports.where(ImportRun.at > since), acts.where(Act.at > since)
    files = list(dict.fromkeys(session.scalars(imports)))[:3]
    came = gettext("an import of %(files)s", files=", ".join(files)[:300]) if files else gettext("answers came late")
    n = session.scalar(acts) or 0
    sorted_ = gettext("people sorted or corrected comments") if n and not files else came
    return {each: sorted_ if each == "mentions" else came for each in FIGURES}


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure of a node's closed month that changed: before and after for the whole node, why, and when it was seen."""

    month: int
    figure: str
    before: int
    after: int
    why: str
    at: datetime


def changes(session: Session, frame: Frame) -> list[Changed]:
    """Return what changed in a frame's closed months, for its node as a whole, the latest first."""
    under = Service.path.like(f"{frame.service.path}%")
    wanted = select(LateChange).join(Service, Service.id == LateChange.service_id).where(under)
    wanted = wanted.where(LateChange.month.between(frame.first, frame.last), LateChange.figure.in_(FIGURES))
    together: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0])
    for each in session.scalars(wanted.order_by(LateChange.at.desc(), LateChange.month.desc())):
        together[each.at.replace(microsecond=0), each.month, each.figure, each.why][0] += each.after - each.before
    totals = _totals(session, frame)
    found = []
    for (at, month, figure, why), (delta,) in together.items():
        after = totals.get((month, figure), 0)
        totals[month, figure] = after - delta
        found.append(Changed(month, figure, after - delta, after, why, at))
    return found


def measured(session: Session, frame: Frame) -> list[Changed]:
    """Return what changed in the imported figures of a frame's past months, service by service, the latest first."""
    names = {f"measure:{each.id}": f"{each.name}, {each.unit}" for each in session.scalars(select(Measure))}
    wanted = select(LateChange).join(Service, Service.id == LateChange.service_id)
    wanted = wanted.where(Service.path.like(f"{frame.service.path}%"), LateChange.figure.in_(names))
    shown = wanted.where(LateChange.month.between(frame.first, frame.last)).order_by(LateChange.id.desc())
    return [
        Changed(each.month, names[each.figure], each.before // PART, each.after // PART, each.why, each.at)
        for each in session.scalars(shown)
    ]


def _totals(session: Session, frame: Frame) -> dict[tuple[int, str], int]:
    summed = (
        select(ClosedFigure.month, ClosedFigure.figure, func.sum(ClosedFigure.n))
        .join(Service, Service.id == ClosedFigure.service_id)
        .where(Service.path.like(f"{frame.service.path}%"), ClosedFigure.month.between(frame.first, frame.last))
        .group_by(ClosedFigure.month, ClosedFigure.figure)
    )
    return {(row[0], row[1]): int(row[2]) for row in session.execute(summed)}
