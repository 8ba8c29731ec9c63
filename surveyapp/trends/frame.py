"""What a page of trends is about: a node of the tree, a span of months, and today."""

from __future__ import annotations

from calendar import month_abbr, month_name
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.errors import NotFound
from surveyapp.models import Service
from surveyapp.rollups import month_of

SPANS = (12, 24, 36, 60, 120)
PURPOSES = ("csat", "value", "expectation", "nps", "ces", "feeling", "esat")


@dataclass(frozen=True, slots=True)
class Frame:
    """A node, the months from `first` to `last` (year * 12 + month - 1, `last` is the running one), and the rating's purpose."""

    service: Service
    today: date
    span: int
    purpose: str = "csat"

    @property
    def last(self) -> int:
        """The running month."""
        return month_of(self.today)

    @property
    def first(self) -> int:
        """The first month that is shown: `span` closed ones and the running one."""
        return self.last - self.span

    @property
    def months(self) -> range:
        """Every month that is shown."""
        return range(self.first, self.last + 1)

    def services(self) -> Select[int]:
        """Return a query for the ids of the node and everything under it."""
        return select(Service.id).where(Service.path.like(f"{self.service.path}%"))

    def place(self, day: date) -> int | None:
        """Return the place of a day's month among those shown, None outside."""
        month = month_of(day)
        return month - self.first if self.first <= month <= self.last else None


def read(
    scope: Scope,
    session: Session,
    today: date,
    *,
    service: int | None = None,
    span: int | None = None,
    purpose: str = "",
) -> Frame:
    """Return the frame somebody asked for; what is missing or unknown is the highest node in scope, two years, and CSAT.

    Raises NotFound for a node out of scope, or where somebody has no service at all.
    """
    if service is not None:
        node = scope.service(session, service)
    else:
        tree = scope.tree(session)
        if not tree:
            raise NotFound("You have no service yet. Ask an administrator to give you one.")
        node = tree[0]
    return Frame(node, today, span if span in SPANS else 24, purpose if purpose in PURPOSES else "csat")


def short(month: int) -> str:
    """Name a month for an axis: "Mar", and "Jan 26" where the year turns."""
    name = month_abbr[month % 12 + 1]
    return f"{name} {month // 12 % 100:02d}"


def long(month: int) -> str:
    """Name a month in a sentence: "March 2026"."""
    return f"{month_name[month % 12 + 1]} {month // 12}"
