"""Early warning: a theme or a sentiment that moved beyond noise in the last whole week is kept as a signal, and told once.

Series are weekly counts, Monday to Sunday, of a node and everything under it; the running week is left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.models import Rollup, Service, Signal, Theme
from surveyapp.trends.mentioned import PURPOSES

if TYPE_CHECKING:
    from analysis.stats.early_warning import Alarm

WEEKS = 60
"""Whole weeks that are read: twice what says what is usual, and time for a move to build up."""
LATELY = 2
"""Last weeks whose alarms are still news: a clock that stood still for a week tells late rather than never."""
SAME = timedelta(weeks=4)
"""Within this time an alarm of the same series in the same direction is the same alarm, though late answers moved its week."""
LEAST = 20
"""Times that a series must have come up in all these weeks; less cannot be read by the week."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """The weekly counts of a node: of its comments, and of each series ("theme:7", "sentiment:negative")."""

    comments: list[int]
    series: dict[str, list[int]]


def notice(session: Session, today: date, *, lately: int = LATELY) -> list[Signal]:
    """Keep every alarm of the last `lately` whole weeks that was not kept before, and return these."""
    from analysis.stats.early_warning import alarms  # noqa: PLC0415 - numpy; never on the way to a customer's page

    begins = first_week(today)
    found = []
    for service_id, weekly in read(session, today).items():
        for series, counts in sorted(weekly.series.items()):
            if sum(counts) < LEAST:
                continue
            for alarm in alarms(counts, weekly.comments):
                if alarm.week >= WEEKS - lately:
                    found.append(_signal(service_id, series, alarm, begins))
    fresh = [each for each in found if not _known(session, each)]
    session.add_all(fresh)
    session.flush()
    return fresh


def first_week(today: date) -> date:
    """Return the Monday on which the first week that is read begins."""
    return today - timedelta(days=today.weekday()) - timedelta(weeks=WEEKS)


def read(session: Session, today: date) -> dict[int, Weekly]:
    """Read the weekly counts of every node under which somebody wrote something, from the rollups."""
    begins = first_week(today)
    counted = (
        select(Rollup.service_id, Rollup.fact, Rollup.day, Rollup.key, func.sum(Rollup.n))
        .where(Rollup.fact.in_(("comment", "theme")), Rollup.purpose.in_(PURPOSES))
        .where(Rollup.day >= begins, Rollup.day < begins + timedelta(weeks=WEEKS))
        .group_by(Rollup.service_id, Rollup.fact, Rollup.day, Rollup.key)
    )
    above = _above(session)
    active = {str(each) for each in session.scalars(select(Theme.id).where(Theme.active))}
    found: dict[int, Weekly] = defaultdict(lambda: Weekly([0] * WEEKS, defaultdict(lambda: [0] * WEEKS)))
    for service_id, fact, day, key, n in session.execute(counted):
        week = (day - begins).days // 7
        series = _series(fact, key, active)
        for node in above[service_id]:
            if fact == "comment":
                found[node].comments[week] += n
            if series:
                found[node].series[series][week] += n
    return dict(found)


def _series(fact: str, key: str, active: set[str]) -> str | None:
    if fact == "comment":
        return "sentiment:negative" if key == "negative" else None
    theme = key.partition(":")[0]
    return f"theme:{theme}" if theme in active else None


def _above(session: Session) -> dict[int, list[int]]:
    """Return each node's id with those of the nodes above it and its own."""
    tree = Scope.everything(session).tree(session)
    return {each.id: [int(part) for part in each.path.strip("/").split("/")] for each in tree}


def _signal(service_id: int, series: str, alarm: Alarm, begins: date) -> Signal:
    return Signal(
        service_id=service_id, series=series, week=begins + timedelta(weeks=alarm.week),
        since=begins + timedelta(weeks=alarm.since), direction=alarm.direction, observed=alarm.observed,
        expected=round(alarm.expected), comments=alarm.comments,
    )  # fmt: skip


def _known(session: Session, new: Signal) -> bool:
    same = select(Signal.id).where(
        Signal.service_id == new.service_id, Signal.series == new.series, Signal.direction == new.direction
    )
    near = same.where(Signal.week > new.week - SAME, Signal.week < new.week + SAME)
    return session.scalar(near.limit(1)) is not None


def recent(session: Session, service: Service, today: date, *, weeks: int = 8) -> list[Signal]:
    """Return the signals of a node and of what lies under it in the last weeks, the newest first."""
    wanted = (
        select(Signal)
        .join(Signal.service)
        .where(Service.path.like(f"{service.path}%"), Signal.week >= today - timedelta(weeks=weeks))
        .order_by(Signal.week.desc(), Service.path, Signal.series)
    )
    return list(session.scalars(wanted))
