"""Every chart, a line each, in the order of the page: a name, the function that makes it, and whether it stands at the front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from surveyapp.trends import (
    answer_charts,
    answered_chart,
    guard,
    helped_chart,
    level_charts,
    rating_chart,
    standards_chart,
    where_charts,
)
from surveyapp.trends.charts import Chart, Material


@dataclass(frozen=True, slots=True)
class Entry:
    """One chart: its name in addresses, what makes it, and whether it is one of the page's first or stands under "More"."""

    name: str
    make: Callable[[Material], Chart]
    front: bool = False


ENTRIES = (
    Entry("rating", rating_chart.make, front=True),
    Entry("answered", answered_chart.make, front=True),
    Entry("helped", helped_chart.make, front=True),
    Entry("where", where_charts.where, front=True),
    Entry("waits", answer_charts.waits),
    Entry("promises", answer_charts.promises),
    Entry("themes", where_charts.themes),
    Entry("branches", where_charts.branches),
    Entry("levels", level_charts.levels),
    Entry("together", level_charts.together),
    Entry("standards", standards_chart.make),
)
CHARTS = {entry.name: entry for entry in ENTRIES}
FRONT = tuple(entry.name for entry in ENTRIES if entry.front)
MORE = tuple(entry.name for entry in ENTRIES if not entry.front)


def make(material: Material, name: str) -> Chart:
    """Make one chart, which says where small groups are left out. Raises KeyError for a name that is none."""
    made = CHARTS[name].make(material)
    left_out = guard.said(material.frame)
    return replace(made, how=(*made.how, left_out)) if left_out else made
