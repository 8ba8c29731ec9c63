"""Charts of whether suggestions were answered: how soon, and whether promises were kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from surveyapp.trends import computing, kept, marks, words
from surveyapp.trends.charts import Chart, Material
from surveyapp.trends.frame import long
from surveyapp.trends.waits import HORIZONS, NAMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def waits(material: Material) -> Chart:
    """Make "How soon was it answered?" from what the clock stored."""
    found = computing.stored(material.session, computing.ANSWERED, material.frame)
    body: dict[str, Any] | None = found.body if found else None
    shares = _shares(body)

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts import waits as chart  # noqa: PLC0415 - matplotlib takes a second

        rows = [None if None in row else row for row in shares or [(None,)] * len(HORIZONS)]
        days = [gettext("after %(n)d days", n=HORIZONS[0]), *(gettext("%(n)d days", n=n) for n in HORIZONS[1:])]
        names = (gettext("done"), gettext("declined with a reason"), gettext("still open"))
        return chart.waits(rows, days, names, gettext("not known yet"), dark=dark, narrow=narrow)

    said = words.waits(body, material.frame)
    head = [gettext("Raised in"), gettext("After days"), gettext("Done"), gettext("Declined"), gettext("Open")]
    how = (
        gettext("Counted is every mention from the day it was said to the day its improvement took effect or was declined; "
                "what was asked "
                "for again after that is open. The three always add up to all."),
        _bands(body),
        gettext("What waits today has not waited for ever: those who have only just asked count for the days that they have "
                "waited, and the "
                "shares are worked out from all (docs/time-to-event.md)."),
        gettext("As of the end of %(month)s; made anew when a month that is over changes.", month=_as_of(body)) if body else "",
    )  # fmt: skip
    return Chart(
        "waits", gettext("How soon was it answered?"), said, gettext("Bars for 30, 60, 90 and 180 days. %(said)s", said=said),
        tuple(head), _by_month(body), tuple(filter(None, how)), draw,
    )  # fmt: skip


def _shares(body: dict[str, Any] | None) -> list[tuple[Any, ...]]:
    if body is None:
        return []
    return [tuple(body["shares"][name][place][0] for name in NAMES) for place in range(len(HORIZONS))]


def _as_of(body: dict[str, Any]) -> str:
    day = date.fromisoformat(body["as_of"])
    return long(day.year * 12 + day.month - 2)


def _by_month(body: dict[str, Any] | None) -> list[tuple[Any, ...]]:
    if body is None:
        return []
    return [
        (long(int(month)), days, *counts)
        for month, horizons in body["months"].items()
        for days, counts in zip(HORIZONS, horizons, strict=True)
        if counts is not None
    ]


def _bands(body: dict[str, Any] | None) -> str:
    if body is None or None in body["shares"]["done"][-1]:
        return ""
    ends = {name: [f"{100 * value:.0f}" for value in body["shares"][name][-1][1:]] for name in NAMES}
    return gettext(
        "With as many improvements as these (%(n)d), the shares after 180 days could as well be: done %(done)s %%, declined "
        "%(declined)s %%, open %(open)s %%.",
        n=body["improvements"], **{name: "–".join(pair) for name, pair in ends.items()},
    )  # fmt: skip


def promises(material: Material) -> Chart:
    """Make "Were promises kept?"."""
    frame = material.frame
    found = kept.read(material.session, frame)
    counts = {word: [0] * len(frame.periods) for word in kept.WORDS}
    for each in found:
        counts[each.word][each.place] += 1

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.stacked import stacked  # noqa: PLC0415

        tones = ("good", "fair", "poor", "bad")
        layers = [(gettext(word), tone, counts[word]) for word, tone in zip(kept.WORDS, tones, strict=True)]
        return stacked(layers, frame.labels, marks.shown(material.session, frame), dark=dark, narrow=narrow)

    said = words.kept(found)
    how = (
        gettext("Each promise stands in the month of the first date that customers read, and is judged by that date: kept, "
                "kept early (by "
                "more than a week), late (done after it) or broken (past and not done, or declined). A date that was moved "
                "does not help."),
    )  # fmt: skip
    rows = [
        (each.improvement.title, _first(each), gettext(each.word), each.improvement.in_effect_since) for each in found
    ]
    return Chart(
        "promises", gettext("Were promises kept?"), said, gettext("Bars by month promised. %(said)s", said=said),
        (gettext("Improvement"), gettext("First promised for"), gettext("Came of it"), gettext("In effect since")), rows, how, draw, (),
        tuple(each.improvement.id for each in found),
    )  # fmt: skip


def _first(each: kept.Promised) -> date | None:
    return next((promise.due_on for promise in each.improvement.promises if promise.due_on is not None), None)
