"""Promises kept: each judged by the first date that customers read, in the period of that date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from surveyapp.backlog import ledger
from surveyapp.models import Improvement, Service
from surveyapp.trends.frame import Frame

WORDS = ("kept early", "kept", "late", "broken")


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise that fell due: its improvement, how it stands (one of WORDS), the place of its period in the frame."""

    improvement: Improvement
    word: str
    place: int


def read(session: Session, frame: Frame) -> list[Promised]:
    """Return the promises that fell due in a frame, the latest first; of what was merged away, none."""
    wanted = (
        select(Improvement)
        .join(Improvement.service)
        .where(Improvement.merged_into_id.is_(None), Improvement.promises.any(), _touches(frame))
        .options(selectinload(Improvement.promises))
    )
    found = []
    for each in session.scalars(wanted):
        standing = ledger.standing(each, frame.today)
        if standing is None or standing.word not in WORDS:
            continue
        place = frame.place(standing.first)
        if place is not None:
            found.append((standing.first, Promised(each, standing.word, place)))
    return [each for _day, each in sorted(found, key=lambda pair: (pair[0], pair[1].improvement.id), reverse=True)]


def _touches(frame: Frame) -> Any:
    above = [int(part) for part in frame.service.path.strip("/").split("/")]
    return or_(Service.path.like(f"{frame.service.path}%"), Service.id.in_(above))
