"""What customers may expect: the public standards that hold for a service, each with how its last closed month stood."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.models import Judgement, Service, Standard, StandardVersion
from surveyapp.standards import gauges, judging
from surveyapp.trends import declared


@dataclass(frozen=True, slots=True)
class Expected:
    """One public standard at a service; `judged` is its last closed month there, None before the first. `value` is rounded."""

    standard: Standard
    version: StandardVersion
    measured: str
    aim: str
    judged: Judgement | None
    value: str


def expected(session: Session, service: Service, month: int) -> list[Expected]:
    """Return what customers of a service may expect in a month, in the order of declaring."""
    held = [pair for pair in declared.holding(declared.every(session), service, month) if pair[0].public]
    judged = {
        each.standard_id: each for each in judging.latest(session, month - judging.LOOKED_BACK, nodes=[service.id])
    }  # oldest first: the last stays
    return [
        _expected(standard, version, judged.get(standard.id))
        for standard, version in sorted(held, key=lambda pair: pair[0].id)
    ]


def _expected(standard: Standard, version: StandardVersion, judged: Judgement | None) -> Expected:
    gauge, measure = standard.gauge, standard.measure
    value = "" if judged is None or judged.value is None else gauges.rounded(judged.value, gauge, measure)
    return Expected(
        standard, version, gauges.name_of(gauge, measure), gauges.aim(version, gauge, measure), judged, value
    )
