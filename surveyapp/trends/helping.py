"""Did it help? Each improvement done, judged by how often it is mentioned since, against what was to be expected without acting.

What is judged by does not hang on the span that somebody looks at: five years of closed months at least, as far as there are comments.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext
from sqlalchemy.orm import Session

from surveyapp.models import Improvement
from surveyapp.rollups import month_of
from surveyapp.trends import customers, happened, unsorted
from surveyapp.trends.frame import Frame, long
from surveyapp.trends.mentioned import Mentioned
from surveyapp.trends.periods import first_day
from surveyapp.trends.words import some

if TYPE_CHECKING:
    from analysis.stats.impact import Impact


LEAST = 24
"""Mentions in all below which an improvement that nobody acted on says nothing of what was to be expected: hundreds of
needs that somebody voiced once would drown the rest in noise."""
OTHERS = 120
"""Of those that nobody acted on so many, spread evenly, say what was to be expected: a thousand say the same and cost a page ten times
as much."""
BESIDE = timedelta(days=366)
"""A change of survey, channel or analyser as near as this to the day on which something took effect is named with its verdict."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one improvement done: the word, the figures behind it, and what is said beside the word."""

    improvement: Improvement
    word: str  # Helped, Got worse, No real change, Can't tell, Too early
    why: str
    impact: Impact | None
    before: int
    after: int
    customers: Mapping[str, int] = field(default_factory=dict)
    """How many customers themselves said "yes", "partly" or "no" to "did it help you?"."""

    @property
    def judged(self) -> bool:
        """Whether the figures allowed a judgement at all."""
        return self.word in {"Helped", "Got worse", "No real change"}


def read(session: Session, frame: Frame, mentioned: Mentioned) -> list[Verdict]:
    """Judge every improvement that was done within the frame, the latest first, minding what is unsorted and what else changed."""
    if not any(_listed(each, frame) for each in mentioned.closed.values()):
        return []
    found = verdicts(
        frame, mentioned, waiting=unsorted.read(session, frame), changes=happened.of_hearing(session, frame)
    )
    said = customers.read(session, frame)
    return [replace(each, customers=said.get(each.improvement.id, {})) for each in found]


def verdicts(
    frame: Frame,
    mentioned: Mentioned,
    *,
    waiting: Mapping[int, Mapping[int, int]] | None = None,
    changes: Sequence[happened.Event] = (),
) -> list[Verdict]:
    """Judge every improvement that was done within the frame, the latest first. The running month is left out.

    `waiting` has, by improvement and month, mentions that nobody has sorted and that may belong to it; where a verdict would be another
    with them, it is "Can't tell". `changes` are days on which it changed how customers are heard.
    """
    import numpy as np  # noqa: PLC0415 - never on the way to a customer's page

    from analysis.stats.impact import measure  # noqa: PLC0415

    span = _evidence(frame, mentioned)
    acted = {key: month for key, each in mentioned.closed.items() if (month := _acted(each, span)) >= 0}
    keys = sorted({*_others(span, mentioned, acted), *(acted.keys() & mentioned.months.keys())})
    if not keys:
        return []
    counts = np.array([[mentioned.months[key].get(month, 0) for month in span] for key in keys])
    more = np.array([[(waiting or {}).get(key, {}).get(month, 0) for month in span] for key in keys])
    comments = np.array([mentioned.comments_by_month.get(month, 0) for month in span])
    begun = np.array([acted.get(key, -1) for key in keys])
    impacts = measure(counts, comments, begun)
    bounds = measure(counts + more, comments, begun) if more.any() else impacts
    found = [
        _bounded(_verdict(mentioned.closed[key], impact, row, span, acted[key]), bound, span, acted[key], changes)
        for key, impact, bound, row in zip(keys, impacts, bounds, counts.tolist(), strict=True)
        if key in acted and _listed(mentioned.closed[key], frame)
    ]
    return sorted(found, key=lambda each: each.improvement.in_effect_since or date.min, reverse=True)


def _evidence(frame: Frame, mentioned: Mentioned) -> range:
    """Return the months that are judged by: from the first with comments on."""
    months = frame.judged_months
    begin = min(
        (month for month, n in mentioned.comments_by_month.items() if n and month in months), default=frame.first
    )
    return range(begin, months.stop)


def _listed(improvement: Improvement, frame: Frame) -> bool:
    """Say whether an improvement took effect in the time that is shown."""
    since = improvement.in_effect_since
    return improvement.state == "done" and since is not None and frame.start <= since <= frame.until


def _others(span: range, mentioned: Mentioned, acted: Collection[int]) -> list[int]:
    """Return improvements that nobody acted on and that are mentioned often enough to compare with, in the order of their ids."""
    there = sorted(mentioned.months.items())
    often = [key for key, months in there if key not in acted and _said(months, span) >= LEAST]
    return often[:: -(-len(often) // OTHERS)] if often else []


def _said(months: dict[int, int], span: range) -> int:
    return sum(n for month, n in months.items() if month in span)


def first_whole_month(day: date) -> int:
    """Return the first month that lay wholly after something took effect."""
    return month_of(day) + (day.day > 1)


def _acted(improvement: Improvement, span: range) -> int:
    """Return the place of the first whole month after it took effect; the span's end where that has not come; -1 for none."""
    if improvement.state != "done" or improvement.in_effect_since is None:
        return -1
    month = first_whole_month(improvement.in_effect_since)
    return min(month, span.stop) - span.start if month > span.start else -1


def _verdict(improvement: Improvement, impact: Impact | None, row: list[int], span: range, acted: int) -> Verdict:
    from analysis.stats.reading import reading  # noqa: PLC0415

    before, after = sum(row[:acted]), sum(row[acted:])
    said = reading(impact, first_day(span.start + acted))
    word, _colon, why = said.word.partition(": ")
    if said.look_again is not None:
        why = gettext("look again in %(month)s", month=long(month_of(said.look_again)))
    elif word == "Can't tell":
        why = gettext(
            "too few comments, or too much chance: %(before)d before, %(after)d since", before=before, after=after
        )
    elif impact is not None:
        why = gettext(
            "%(seen)d mentions since, where about %(expected).0f were to be expected",
            seen=impact.observed, expected=impact.expected,
        )  # fmt: skip
    return Verdict(improvement, word, why, impact, before, after)


def _bounded(
    verdict: Verdict, bound: Impact | None, span: range, acted: int, changes: Sequence[happened.Event]
) -> Verdict:
    """Say "Can't tell" where the verdict hangs on what nobody has sorted, and name what else changed about that time."""
    from analysis.stats.reading import reading  # noqa: PLC0415

    word, why = verdict.word, verdict.why
    if verdict.judged and reading(bound, first_day(span.start + acted)).word != word:
        word = "Can't tell"
        why = gettext("it hangs on comments that nobody has sorted yet and that may be about this: see the inbox")
    since = verdict.improvement.in_effect_since or date.min
    beside = [text for day, text in changes if abs(day - since) <= BESIDE]
    if beside and verdict.judged:
        why = gettext("%(why)s. In the same time: %(changes)s", why=why, changes=some(beside))
    return replace(verdict, word=word, why=why)
