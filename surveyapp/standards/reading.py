"""What a node's month came to by each gauge: from the rollups, the promises, the mentions and the imported figures."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import PART, Measure, Mention, Organisation, PeriodRollup, Service, Standard, StandardVersion
from surveyapp.rollups import month_of
from surveyapp.standards.gauges import KINDS
from surveyapp.trends import figures, kept, waits
from surveyapp.trends.frame import Frame
from surveyapp.trends.periods import first_day, last_day
from surveyapp.trends.ratings import is_good

Place = tuple[int, int]
"""A node's id and a month."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What was counted: over how many, and the value with its range of chance, in thousandths; None where too few may be seen."""

    n: int
    value: int | None = None
    low: int | None = None
    high: int | None = None


class Reader:
    """Reads every gauge of every node from month `first` on, each source once and only when it is asked for."""

    def __init__(self, session: Session, day: date, first: int) -> None:
        self.session, self.day, self.first = session, day, first
        self.nodes = {each.id: each for each in session.scalars(select(Service))}
        self.parts: dict[int, list[int]] = defaultdict(list)
        for each in self.nodes.values():
            self.parts[each.parent_id or 0].append(each.id)
        self.least = session.scalar(select(Organisation.minimum_group).limit(1)) or 0
        self.rated = cache(self._rated)
        self.due = cache(self._due)
        self.measured = cache(self._measured)
        self.answered = cache(self._answered)
        self.sorted = cache(self._sorted)

    def observe(self, standard: Standard, version: StandardVersion, node: Service, month: int) -> Observed | None:
        """Return what a node's month came to, None where there is nothing to judge."""
        place = (node.id, month)
        if standard.measure is not None:
            value = self.measured(node.id, standard.measure).get(month)
            return None if value is None else Observed(1, *[round(PART * value)] * 3)
        kind = KINDS[standard.gauge]
        if kind.of_people:
            return self._of_people(standard.gauge, self.rated(kind.purpose), place)
        if standard.gauge == "promises":
            return _share(*self.due(node.id).get(month, (0, 0)))
        days = version.days or 0
        counted = self.answered(days) if standard.gauge == "answered" else self.sorted(days, month)
        return _share(*counted.get(place, (0, 0)))

    def _of_people(self, gauge: str, rated: Mapping[Place, Counter[str]], place: Place) -> Observed | None:
        counts = rated.get(place, Counter())
        n = sum(counts.values())
        if n == 0:
            return None
        if n < self.least or (gauge == "esat" and self._points_at_few(rated, place)):
            return Observed(n)
        if gauge == "rating":
            return _mean(counts, on_five, 1.0, 5.0, 1)
        if gauge == "nps":
            return _mean(counts, recommends, -100.0, 100.0, 1)
        return _share(sum(n for key, n in counts.items() if is_good(key)), n)

    def _points_at_few(self, rated: Mapping[Place, Counter[str]], place: Place) -> bool:
        """Say whether a node less what is known of others would be a group too small to show: in it, or anywhere around it."""
        month, node = place[1], self.nodes[place[0]]
        while node.parent_id is not None:
            node = self.nodes[node.parent_id]
            sizes = [sum(rated.get((each, month), Counter()).values()) for each in self.parts[node.id]]
            own = sum(rated.get((node.id, month), Counter()).values()) - sum(sizes)
            if any(0 < size < self.least for size in (*sizes, own)):
                return True
        return False

    def _rated(self, purpose: str) -> dict[Place, Counter[str]]:
        those = {"fact": "rating", "grain": "month", "segment": "", "purpose": purpose}
        counted = select(PeriodRollup.service_id, PeriodRollup.period, PeriodRollup.key, PeriodRollup.n)
        counted = counted.filter_by(**those).where(PeriodRollup.period >= self.first)
        found: dict[Place, Counter[str]] = defaultdict(Counter)
        for service_id, month, key, n in self.session.execute(counted):
            for above in self._above(service_id):
                found[above, month][key] += n
        return found

    def _due(self, node_id: int) -> dict[int, tuple[int, int]]:
        frame = Frame(self.nodes[node_id], self.day, max(month_of(self.day) - self.first, 1))
        found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for each in kept.read(self.session, frame):
            if not each.improvement.service.path.startswith(frame.service.path):
                continue  # promised for a larger place: that place is judged by it
            good, n = found[frame.periods[each.place]]
            found[frame.periods[each.place]] = (good + (each.word in {"kept", "kept early"}), n + 1)
        return found

    def _measured(self, node_id: int, measure: Measure) -> dict[int, float | None]:
        frame = Frame(self.nodes[node_id], self.day, max(month_of(self.day) - self.first, 1))
        return dict(zip(frame.months, figures.by_month(self.session, frame, measure), strict=True))

    def _answered(self, days: int) -> dict[Place, tuple[int, int]]:
        raised = waits.read(self.session, self.first, self.day)
        return self._added(
            (each.service_id, each.day, each.n, each.until is not None and (each.until - each.day).days <= days)
            for each in raised
        )

    def _sorted(self, days: int, month: int) -> dict[Place, tuple[int, int]]:
        asked = self.session.execute(select(Organisation.time_zone, Organisation.sort_from).limit(1)).one()
        since, zone = max(first_day(month), asked[1] or date.min), ZoneInfo(asked[0])
        said = select(Mention.service_id, Mention.day, Mention.sorted_at).where(
            Mention.day.between(since, last_day(month))
        )
        return self._added(
            (service_id, day, 1, at is not None and (at.astimezone(zone).date() - day).days <= days)
            for service_id, day, at in self.session.execute(said)
        )

    def _added(self, rows: Iterable[tuple[int, date, int, bool]]) -> dict[Place, tuple[int, int]]:
        found: dict[Place, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for service_id, day, n, good in rows:
            for above in self._above(service_id):
                place = (above, month_of(day))
                found[place] = (found[place][0] + n * good, found[place][1] + n)
        return found

    def _above(self, service_id: int) -> list[int]:
        return [int(part) for part in self.nodes[service_id].path.strip("/").split("/")]


def on_five(key: str) -> float:
    """Return a rollup's key ("1-7:6") as a point of the scale from 1 to 5."""
    scale, _colon, value = key.rpartition(":")
    low, high = (int(end) for end in scale.rstrip("r").split("-"))
    up = high - int(value) if scale.endswith("r") else int(value) - low
    return 1 + 4 * up / (high - low)


def recommends(key: str) -> float:
    """Return 100 for somebody who recommends us (9 and 10 of 0 to 10), -100 for who does not (0 to 6), 0 between."""
    value = int(key.rpartition(":")[2])
    return 100.0 if value >= 9 else -100.0 if value <= 6 else 0.0


def _share(good: int, n: int) -> Observed | None:
    if n == 0:
        return None
    from analysis.stats.intervals import wilson  # noqa: PLC0415 - beside numpy; never on the way to a customer's page

    return _observed(n, good / n, wilson(good, n), 100)


def _mean(
    counts: Mapping[str, int], read: Callable[[str], float], low: float, high: float, whole: int
) -> Observed | None:
    from analysis.stats.intervals import mean  # noqa: PLC0415

    values: dict[float, int] = defaultdict(int)
    for key, n in counts.items():
        values[read(key)] += n
    n = sum(values.values())
    return _observed(n, sum(value * times for value, times in values.items()) / n, mean(values, low, high), whole)


def _observed(n: int, value: float, reach: tuple[float, float], whole: int) -> Observed:
    """Return thousandths; the range is rounded outwards, so that rounding makes no miss."""
    scaled = partial(_scaled, whole * PART)
    return Observed(n, round(value * whole * PART), math.floor(scaled(reach[0])), math.ceil(scaled(reach[1])))


def _scaled(whole: int, value: float) -> float:
    return round(value * whole, 6)
