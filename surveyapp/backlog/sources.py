"""Whose place and day a reader is not told: quotes from a service's month in which few answered would point at who wrote them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Mention, Organisation, PeriodRollup, Person
from surveyapp.rollups import month_of

WORK_WITH_IT = frozenset({"lead", "administrator", "colleague"})
FEWEST = 10
"""The smallest group before anything is set up."""


def few(session: Session, person: Person, mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the ids of mentions whose source somebody is not told: none to those who work with the comments."""
    if person.duties & WORK_WITH_IT or not mentions:
        return frozenset()
    least = session.scalar(select(Organisation.minimum_group).limit(1)) or FEWEST
    cells = {each.id: (each.service_id, month_of(each.day)) for each in mentions}
    place = (PeriodRollup.service_id, PeriodRollup.period)
    counted = select(*place, func.sum(PeriodRollup.n)).where(
        PeriodRollup.fact == "response", PeriodRollup.grain == "month", PeriodRollup.segment == "",
        PeriodRollup.service_id.in_({service for service, _month in cells.values()}),
        PeriodRollup.period.in_({month for _service, month in cells.values()}),
    )  # fmt: skip
    sizes = {(service, month): n for service, month, n in session.execute(counted.group_by(*place))}
    return frozenset(mention for mention, cell in cells.items() if sizes.get(cell, 0) < least)
