"""Which standards hold for a node of the tree in a month: its own, or those that it inherits from the nearest node above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp.models import PART, Measure, Service, Standard, StandardVersion
from surveyapp.rollups import month_of
from surveyapp.trends.frame import Frame
from surveyapp.trends.periods import last_day

GAUGE_OF_PURPOSE: Mapping[str, str] = {"csat": "csat", "esat": "esat"}
"""The gauge whose level belongs on the chart of a purpose: both are shares of good ratings."""
Held = tuple[Standard, StandardVersion]


def every(session: Session) -> list[Standard]:
    """Return every standard with its versions and its place, retired ones too, the top of the tree first."""
    wanted = select(Standard).join(Standard.service).order_by(Service.path, Standard.id)
    options = (selectinload(Standard.versions), joinedload(Standard.service), joinedload(Standard.measure))
    return list(session.scalars(wanted.options(*options)).unique())


def holding(standards: Iterable[Standard], node: Service, month: int) -> list[Held]:
    """Return what holds for a node in a month, for each gauge that of the nearest node at or above it."""
    nearest: dict[tuple[str, int | None], Held] = {}
    for standard in sorted(standards, key=lambda each: (len(each.service.path), each.id)):
        version = standard.in_month(month) if standard.service.holds(node) else None
        if version is not None:
            nearest[standard.gauge, standard.measure_id] = (standard, version)
    return list(nearest.values())


def levels(session: Session, frame: Frame, gauge: str, measure: Measure | None = None) -> list[float | None]:
    """Return the level that holds for a frame's node in each of its periods (the last month of each), None where none does.

    A level of shares is a share (0 to 1), that of a measure its own unit. Part of the customers has no standard.
    """
    standards = [each for each in every(session) if each.gauge == gauge and each.measure is measure]
    if frame.segment is not None or not standards:
        return [None] * len(frame.periods)
    whole = PART if gauge == "figure" else 100 * PART
    found: list[float | None] = []
    for period in frame.periods:
        held = holding(standards, frame.service, month_of(last_day(period, frame.grain)))
        found.append(held[0][1].level / whole if held else None)
    return found


def named(levels: Iterable[float | None], word: str) -> str:
    """Name a line of shares by the level that it ends on: "standard 90 %"; "" where there is none."""
    known = [level for level in levels if level is not None]
    return f"{word} {100 * known[-1]:.10g} %" if known else ""
