"""Did it help? Each improvement done, judged by how often it is mentioned since, against what was to be expected without acting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from surveyapp.models import Improvement
from surveyapp.rollups import month_of
from surveyapp.trends.frame import Frame, long
from surveyapp.trends.mentioned import Mentioned
from surveyapp.trends.periods import first_day

if TYPE_CHECKING:
    from analysis.stats.impact import Impact


LEAST = 24
"""Mentions in the frame below which an improvement that nobody acted on says nothing of what was to be expected: hundreds of
needs that somebody voiced once would drown the rest in noise."""
OTHERS = 120
"""Of those that nobody acted on so many, spread evenly, say what was to be expected: a thousand say the same and cost a page ten times
as much."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one improvement done: the word, the figures behind it, and what is said beside the word."""

    improvement: Improvement
    word: str  # Helped, Got worse, No real change, Can't tell, Too early
    why: str
    impact: Impact | None
    before: int
    after: int

    @property
    def judged(self) -> bool:
        """Whether the figures allowed a judgement at all."""
        return self.word in {"Helped", "Got worse", "No real change"}


def verdicts(frame: Frame, mentioned: Mentioned) -> list[Verdict]:
    """Judge every improvement that was done within the frame, the latest first. The running month is left out."""
    import numpy as np  # noqa: PLC0415 - never on the way to a customer's page

    from analysis.stats.impact import measure  # noqa: PLC0415

    span = frame.closed_months
    acted = {key: month for key, each in mentioned.closed.items() if (month := _acted(each, frame)) >= 0}
    keys = sorted({*_others(frame, mentioned, acted), *(acted.keys() & mentioned.months.keys())})
    if not keys:
        return []
    counts = np.array([[mentioned.months[key].get(month, 0) for month in span] for key in keys])
    impacts = measure(
        counts, np.array(mentioned.comments_by_month[: len(span)]), np.array([acted.get(key, -1) for key in keys])
    )
    found = [
        _verdict(mentioned.closed[key], impact, row, acted[key], frame)
        for key, impact, row in zip(keys, impacts, counts.tolist(), strict=True)
        if key in acted
    ]
    return sorted(found, key=lambda each: each.improvement.in_effect_since or date.min, reverse=True)


def _others(frame: Frame, mentioned: Mentioned, acted: Collection[int]) -> list[int]:
    """Return improvements that nobody acted on and that are mentioned often enough to compare with, in the order of their ids."""
    span, there = frame.closed_months, sorted(mentioned.months.items())
    often = [key for key, months in there if key not in acted and _said(months, span) >= LEAST]
    return often[:: -(-len(often) // OTHERS)] if often else []


def _said(months: dict[int, int], span: range) -> int:
    return sum(n for month, n in months.items() if month in span)


def first_whole_month(day: date) -> int:
    """Return the first month that lay wholly after something took effect."""
    return month_of(day) + (day.day > 1)


def _acted(improvement: Improvement, frame: Frame) -> int:
    """Return the place of the first whole month after it took effect; the span's end where that has not come; -1 for none."""
    if improvement.state != "done" or improvement.in_effect_since is None:
        return -1
    month = first_whole_month(improvement.in_effect_since)
    return min(month, frame.closed_months.stop) - frame.first if month > frame.first else -1


def _verdict(improvement: Improvement, impact: Impact | None, row: list[int], acted: int, frame: Frame) -> Verdict:
    from analysis.stats.reading import reading  # noqa: PLC0415

    before, after = sum(row[:acted]), sum(row[acted:])
    said = reading(impact, first_day(frame.first + acted))
    word, _colon, why = said.word.partition(": ")
    if said.look_again is not None:
        why = f"look again in {long(month_of(said.look_again))}"
    elif word == "Can't tell":
        why = f"too few comments, or too much chance: {before} before, {after} since"
    elif impact is not None:
        why = f"{impact.observed} mentions since, where about {impact.expected:.0f} were to be expected"
    return Verdict(improvement, word, why, impact, before, after)
