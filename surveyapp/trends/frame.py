"""What a page of trends is about: a node of the tree, a segment, a span of months, its grain, the rating's purpose, and today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.errors import NotFound
from surveyapp.models import Service
from surveyapp.rollups import month_of
from surveyapp.trends import periods
from surveyapp.trends.periods import GRAINS, Stamp, long, short
from surveyapp.trends.segments import Segment, find

__all__ = ["GRAINS", "PURPOSES", "SPANS", "Frame", "Query", "Stamp", "long", "read", "short"]

SPANS = (12, 24, 36, 60, 120)
PURPOSES = ("csat", "value", "expectation", "nps", "ces", "feeling", "esat")
WEEKS_A_YEAR = 52
JUDGED = 60
"""Closed months by which a change is judged at least, however few are shown."""
FURTHEST = 40
"""Spans back that can be asked for; beyond lies nothing."""


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asked for, as it stands in the address; None and "" are the usual."""

    service: int | None = None
    span: int | None = None
    purpose: str = ""
    grain: str = ""
    segment: str = ""
    back: int = 0
    compare: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A node, a segment of its customers (None: all), and `span` closed months by month, week or quarter.

    `back` counts spans back from today's: 0 ends with the running period, which is not over; 1 is the span before, all closed.
    Periods are numbers (see `surveyapp.trends.periods`); a series has one element for each of `periods`, and its first `closed` ones
    are over. Months are year * 12 + month - 1. `compare` says that the span before is to be shown beside it. `least` guards against
    pointing at a few (see `surveyapp.trends.released`): 0 counts everything.
    """

    service: Service
    today: date
    span: int
    purpose: str = "csat"
    grain: str = "month"
    segment: Segment | None = None
    back: int = 0
    compare: bool = False
    least: int = 0

    @property
    def closed(self) -> int:
        """How many periods are over: those by which anything is judged. They come first in every series."""
        return {"month": self.span, "quarter": max(self.span // 3, 1), "week": self.span * WEEKS_A_YEAR // 12}[
            self.grain
        ]

    @property
    def running(self) -> bool:
        """Whether the last period is not over: it is drawn hollow and enters no rule. A guarded group has closed months only."""
        return self.back == 0 and not (self.least and self.segment)

    @property
    def periods(self) -> range:
        """Every period that is shown, the running one included."""
        end = periods.number(self.today, self.grain) - self.back * self.closed
        return range(end - self.closed, end + self.running)

    @property
    def start(self) -> date:
        """The first day that is shown."""
        return periods.first_day(self.periods[0], self.grain)

    @property
    def until(self) -> date:
        """The last day that is shown, or would be if the running period were over."""
        return periods.last_day(self.periods[-1], self.grain)

    @property
    def first(self) -> int:
        """The month in which the first period begins."""
        return month_of(self.start)

    @property
    def last(self) -> int:
        """The last month that is shown: the running one, where the frame ends today."""
        return month_of(self.today) if self.running else month_of(self.until)

    @property
    def months(self) -> range:
        """Every month that is shown, whatever the grain."""
        return range(self.first, self.last + 1)

    @property
    def closed_months(self) -> range:
        """The months that are over, for what is judged by month whatever the grain."""
        return range(self.first, self.last + (not self.running))

    @property
    def judged_months(self) -> range:
        """The closed months by which a change is judged: those shown and some before them, so that no verdict hangs on the span."""
        end = self.closed_months.stop
        return range(min(self.first, end - JUDGED), end)

    @property
    def labels(self) -> list[str]:
        """A short name for each period, for the axis."""
        return [short(each, self.grain) for each in self.periods]

    @property
    def stamps(self) -> list[Stamp]:
        """A table's first column: each period by name, a real date in files."""
        return [Stamp(periods.first_day(each, self.grain), periods.middle(each, self.grain)) for each in self.periods]

    @property
    def before(self) -> Frame:
        """The span before: as long, by the same grain, of the same node and segment, and wholly over."""
        return replace(self, back=self.back + 1, compare=False)

    @property
    def query(self) -> dict[str, Any]:
        """The frame as it stands in an address, for `url_for`; what is usual is left out."""
        usual = {"grain": "month", "segment": "", "back": 0, "compare": 0}
        said = {
            "service": self.service.id, "span": self.span, "purpose": self.purpose, "grain": self.grain,
            "segment": self.segment.key if self.segment else "", "back": self.back, "compare": int(self.compare),
        }  # fmt: skip
        return {name: value for name, value in said.items() if usual.get(name) != value}

    def named(self, place: int) -> str:
        """Name the period at a place in a sentence."""
        return long(self.periods[place], self.grain)

    def services(self) -> Select[int]:
        """Return a query for the ids of the node and everything under it."""
        return select(Service.id).where(Service.path.like(f"{self.service.path}%"))

    def place(self, day: date) -> int | None:
        """Return the place of a day's period among those shown, None outside."""
        period = periods.number(day, self.grain)
        return period - self.periods[0] if period in self.periods else None


def read(scope: Scope, session: Session, today: date, asked: Query) -> Frame:
    """Return the frame somebody asked for; what is missing or unknown is the highest node in scope, two years by month, and CSAT.

    Raises NotFound for a node out of scope, a segment that nobody belongs to, or where somebody has no service at all.
    """
    node = scope.service(session, asked.service) if asked.service is not None else _highest(scope, session)
    return Frame(
        node,
        today,
        asked.span if asked.span in SPANS else 24,
        asked.purpose if asked.purpose in PURPOSES else "csat",
        asked.grain if asked.grain in GRAINS else "month",
        find(session, asked.segment) if asked.segment else None,
        min(max(asked.back, 0), FURTHEST),
        asked.compare,
    )


def _highest(scope: Scope, session: Session) -> Service:
    tree = scope.tree(session)
    if not tree:
        raise NotFound("You have no service yet. Ask an administrator to give you one.")
    return tree[0]
