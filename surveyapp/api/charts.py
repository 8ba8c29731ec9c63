"""The figures behind the charts of the page of trends, guarded as they are there for whoever reads no comments."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from surveyapp.accounts.scope import Scope
from surveyapp.api import schemas
from surveyapp.api.contract import Operation, Param
from surveyapp.api.door import serves
from surveyapp.api.paging import choice, number
from surveyapp.backlog.days import today
from surveyapp.errors import Refused
from surveyapp.extensions import session
from surveyapp.trends import guard, registry, room
from surveyapp.trends.charts import Material
from surveyapp.trends.frame import GRAINS, PURPOSES, SPANS, Query, read
from surveyapp.trends.periods import Stamp

Row = dict[str, Any]


@serves(
    Operation(
        "chart", "get", "/chart", "read", "The figures of one chart, with what they say", schemas.CHART,
        (
            choice("name", [*registry.CHARTS], "which chart", default="rating"), number("service", "a service's id"),
            Param("span", {"enum": [*SPANS]}, f"months: {', '.join(map(str, SPANS))}", 24, read=int),
            choice("grain", GRAINS, "by", default="month"), choice("purpose", PURPOSES, "which rating", default="csat"),
            Param("segment", {"type": "string", "maxLength": 200}, "a segment as the page's address has it", ""),
            Param("back", {"type": "integer", "minimum": 0, "maximum": 40}, "how many spans back", 0, read=int),
        ),
    )
)  # fmt: skip
def chart(*, name: str, service: int | None, span: int, grain: str, purpose: str, segment: str, back: int) -> Row:
    """Return one chart's table. Raises Refused where so few answered that the figures could point at somebody."""
    asked = Query(service=service, span=span, purpose=purpose, grain=grain, segment=segment, back=back)
    if grain == "week":
        raise Refused("Charts come by month and by quarter: weeks, subtracted from months, would be a few days.")
    frame = read(Scope.everything(session()), session(), today(session()), asked)
    frame = guard.guarded(session(), frame, reads=False)
    if room.too_small(frame):
        raise Refused(
            f"Fewer than {frame.least} answered in every month: figures of so few could point at somebody. Ask for more at once."
        )
    made = registry.make(Material(session(), frame), name)
    return {
        "name": name, "service": frame.service.id, "question": str(made.question), "sentence": str(made.sentence),
        "head": [str(each) for each in made.head], "rows": [[_cell(each) for each in row] for row in made.rows],
        "how": [str(each) for each in made.how],
    }  # fmt: skip


def _cell(value: Any) -> Any:
    if isinstance(value, Stamp):
        value = value.day
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, (bool, int)) else str(value)
