"""The chart "Are customers happier?": the share of good ratings with its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from surveyapp.trends import declared, marks, ratings, sentences
from surveyapp.trends.charts import Chart, Material

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def make(material: Material) -> Chart:
    """Make the chart of ratings."""
    frame = material.frame
    found = material.ratings
    chart = ratings.limits(found)
    legend, places = marks.on(material.session, frame)
    rows = [
        (stamp, n, good, round(100 * good / n, 1) if n else None)
        for stamp, n, good in zip(frame.stamps, found.n, found.good, strict=True)
    ]

    standard = declared.levels(material.session, frame, declared.GAUGE_OF_PURPOSE.get(frame.purpose, ""))

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.rating import Level, Mark, rating  # noqa: PLC0415 - matplotlib takes a second

        shown = [Mark(place, each.letter, each.done) for each, place in zip(legend, places, strict=True)]
        level = Level(standard, declared.named(standard, gettext("standard")))
        return rating(chart, found.shares, frame.labels, shown, level, running=frame.running, dark=dark, narrow=narrow)

    said = sentences.rating(found, chart)
    asked, rated = sum(found.asked), sum(found.n)
    how = (
        gettext("%(rated)d of %(asked)d responses in this time answered the question.", rated=rated, asked=asked),
        gettext("Good are the top two of five, 6 and 7 of seven, 9 and 10 of 0 to 10."),
        gettext("The band is where months fall by chance alone; it is wider where fewer people answered. A triangle up or down marks a "
                "month, or a run of months, that chance does not explain. The hollow month is not over and counts for nothing yet."),
        gettext("A line of long dashes is the standard that was declared for this place in the month."),
    )  # fmt: skip
    return Chart(
        "rating", gettext("Are customers happier?"), said, gettext("Line of the share of good ratings by month. %(said)s", said=said),
        (gettext("Month"), gettext("Answers"), gettext("Good"), gettext("Good, %")), rows, how, draw, legend,
    )  # fmt: skip
