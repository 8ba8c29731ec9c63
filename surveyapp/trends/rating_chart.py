"""The chart "Are customers happier?": the share of good ratings with its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext
from sqlalchemy.orm import Session

from surveyapp.accounts.screen import day as say_day
from surveyapp.backlog import days
from surveyapp.models import NewLevel
from surveyapp.trends import declared, marks, new_levels, ratings, sentences
from surveyapp.trends.charts import Chart, Material
from surveyapp.trends.frame import long

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def make(material: Material) -> Chart:
    """Make the chart of ratings."""
    frame = material.frame
    found = material.ratings
    levels = new_levels.standing(material.session, frame)
    begins = new_levels.places(levels, frame)
    chart = ratings.limits(found, begins)
    legend, _places = marks.on(material.session, frame)
    rows = [
        (stamp, n, good, round(100 * good / n, 1) if n else None)
        for stamp, n, good in zip(frame.stamps, found.n, found.good, strict=True)
    ]

    standard = declared.levels(material.session, frame, declared.GAUGE_OF_PURPOSE.get(frame.purpose, ""))

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.rating import Level, rating  # noqa: PLC0415 - matplotlib takes a second

        shown = marks.shown(material.session, frame)
        level = Level(standard, declared.named(standard, gettext("standard")))
        return rating(
            chart, found.shares, frame.labels, shown, level, begins=tuple(begins), running=frame.running, dark=dark, narrow=narrow
        )  # fmt: skip

    said = sentences.rating(found, chart, begins)
    asked, rated = sum(found.asked), sum(found.n)
    how = (
        gettext("%(rated)d of %(asked)d responses in this time answered the question.", rated=rated, asked=asked),
        gettext("Good are the top two of five, 6 and 7 of seven, 9 and 10 of 0 to 10."),
        gettext("The band is where months fall by chance alone; it is wider where fewer people answered. A triangle up or down marks a "
                "month, or a run of months, that chance does not explain. The hollow month is not over and counts for nothing yet."),
        gettext("A line of long dashes is the standard that was declared for this place in the month."),
        *(_level(material.session, each) for place, each in sorted(begins.items()) if place),
    )  # fmt: skip
    return Chart(
        "rating", gettext("Are customers happier?"), said, gettext("Line of the share of good ratings by month. %(said)s", said=said),
        (gettext("Month"), gettext("Answers"), gettext("Good"), gettext("Good, %")), rows, how, draw, legend,
    )  # fmt: skip


def _level(session: Session, each: NewLevel) -> str:
    """Say from when on months are judged against a level of their own, who said so and why."""
    return gettext(
        "From %(month)s on, months are judged against a level of their own and not against the months before: %(reason)s "
        "(said by %(name)s on %(day)s%(proposed)s). With fewer than %(n)d months its band is a trial, and no month is marked.",
        month=long(each.month), reason=each.reason.rstrip("."), name=each.decider.name if each.decider else gettext("somebody"),
        day=say_day(days.of(session, each.at)), proposed=gettext("; Heed had proposed it") if each.proposed else "", n=ratings.ENOUGH,
    )  # fmt: skip
