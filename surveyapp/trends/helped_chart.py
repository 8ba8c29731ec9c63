"""The chart "Did it help?": each improvement done with how often it is mentioned since, against what was to be expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from surveyapp.models import VERDICTS
from surveyapp.trends import guard, helping, sentences
from surveyapp.trends.charts import Chart, Material

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 14


def make(material: Material) -> Chart:
    """Make the chart of verdicts."""
    frame = material.frame
    found = helping.read(material.session, frame, material.mentioned)
    rows = [_figures(each) for each in found]

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.helped import Row, helped  # noqa: PLC0415

        shown = [_row(Row, each) for each in found[:MOST_ROWS]]
        ends = (
            ("¼", gettext("as expected"), "4 ×")
            if narrow
            else (gettext("a quarter"), gettext("as expected"), gettext("4 times"))
        )
        return helped(shown, ends, dark=dark, narrow=narrow)

    said = sentences.helped(found)
    how = (
        gettext("For each change, how often it was asked for since, against what was to be expected without acting: its own past, drawn "
                "towards what is usual because we act when something is asked for most, and carried along with everything untouched."),
        gettext("Judged by all closed months of five years, whatever span is shown. What nobody has sorted yet and may belong to a change "
                "is a bound: where the verdict would be another with it, we can't tell."),
        gettext("The bar holds the truth 95 times of 100. A bar inside the tinted band is no real change."),
        sentences.luck(found),
        sentences.told(found, guard.minimum(material.session)),
        gettext("“Customers” in the table are those who came back with their code, or were told, and were asked: did it help you?"),
    )  # fmt: skip
    return Chart(
        "helped", gettext("Did it help?"), said, gettext("Ratios with intervals. %(said)s", said=said),
        _head(), rows, tuple(filter(None, how)), draw, (), tuple(each.improvement.id for each in found),
    )  # fmt: skip


def _head() -> tuple[str, ...]:
    return (
        gettext("Improvement"), gettext("In effect since"), gettext("Mentions before"), gettext("Mentions since"), gettext("Expected"),
        gettext("Ratio"), gettext("From"), gettext("To"), gettext("Verdict"), gettext("Why"), gettext("Customers: yes"), gettext("Partly"),
        gettext("No"),
    )  # fmt: skip


def _row(kind: Any, verdict: helping.Verdict) -> Any:
    impact = verdict.impact if verdict.word != "Too early" else None
    good = {"Helped": True, "Got worse": False}.get(verdict.word)
    ends = (impact.ratio, impact.low, impact.high) if impact else (None, None, None)
    return kind(verdict.improvement.title, *ends, verdict.word, good)


def _figures(verdict: helping.Verdict) -> tuple[Any, ...]:
    impact = verdict.impact if verdict.word != "Too early" else None
    numbers = [round(x, 2) for x in (impact.expected, impact.ratio, impact.low, impact.high)] if impact else [None] * 4
    since = verdict.improvement.in_effect_since
    told = [verdict.customers.get(says, 0) for says in VERDICTS]
    return (verdict.improvement.title, since, verdict.before, verdict.after, *numbers, verdict.word, verdict.why, *told)
