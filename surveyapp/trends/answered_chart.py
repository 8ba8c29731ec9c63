"""The chart "Were suggestions answered?": what was raised, and what has become of it by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from surveyapp.trends import answers, marks, sentences
from surveyapp.trends.charts import Chart, Material

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def make(material: Material) -> Chart:
    """Make the chart of what was raised."""
    frame = material.frame
    said_by = material.mentioned
    found = answers.of(frame, said_by)
    rows = list(zip(frame.stamps, found.raised, found.done, found.declined, found.open, strict=True))

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.stacked import stacked  # noqa: PLC0415 - matplotlib takes a second

        happened = marks.shown(material.session, frame)
        layers = [
            (gettext("done"), "good", found.done), (gettext("declined"), "poor", found.declined),
            (gettext("open"), "none", found.open),
        ]  # fmt: skip
        return stacked(layers, frame.labels, happened, dark=dark, narrow=narrow)

    said = sentences.answered(found)
    how = (
        gettext("Counted are suggestions and complaints in %(n)d comments, read by machine and checked by people where they looked.",
                n=sum(said_by.comments)),
        gettext("Each stands in the month in which it was said, with what has become of it by today. What was asked for again after it "
                "was done or declined counts as open."),
        marks.named(),
        gettext("%(n)d more have no date, and stand in no chart over time.", n=found.undated),
    )  # fmt: skip
    return Chart(
        "answered", gettext("Were suggestions answered?"), said, gettext("Bars by month raised. %(said)s", said=said),
        (gettext("Raised in"), gettext("Raised"), gettext("Done"), gettext("Declined"), gettext("Open")), rows, how, draw,
    )  # fmt: skip
