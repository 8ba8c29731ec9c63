"""The charts of the page: each with its sentence, what it is made of as a table, and how it is drawn."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveyapp.accounts.screen import day as say_day
from surveyapp.models import Improvement, Note, Service
from surveyapp.trends import answers, helping, mentioned, ratings, sentences
from surveyapp.trends.frame import Frame, long, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAMES = ("rating", "answered", "helped")
MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class Legend:
    """What a letter on the chart stands for."""

    letter: str
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart as the page shows it. `how` answers "How do we know?"; `draw(dark, narrow)` makes the picture."""

    name: str
    question: str
    sentence: str
    alt: str
    head: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    how: tuple[str, ...]
    draw: Callable[[bool, bool], Figure]
    legend: tuple[Legend, ...] = ()
    links: tuple[int | None, ...] = ()


class Material:
    """What the charts of one frame are made of, read once however many are drawn."""

    def __init__(self, session: Session, frame: Frame) -> None:
        self.session, self.frame = session, frame

    @cached_property
    def ratings(self) -> ratings.Ratings:
        """The frame's ratings."""
        return ratings.read(self.session, self.frame)

    @cached_property
    def mentioned(self) -> mentioned.Mentioned:
        """The frame's mentions and comments."""
        return mentioned.read(self.session, self.frame)


def make(material: Material, name: str) -> Chart:
    """Make one chart. Raises KeyError for a name that is none."""
    return {"rating": _rating, "answered": _answered, "helped": _helped}[name](material)


def _rating(material: Material) -> Chart:
    frame = material.frame
    found = material.ratings
    chart = ratings.limits(found)
    legend, places = _marks(material.session, frame)
    rows = [
        (long(month), n, good, round(100 * good / n, 1) if n else None)
        for month, n, good in zip(frame.months, found.n, found.good, strict=True)
    ]

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.rating import Mark, rating  # noqa: PLC0415 - matplotlib takes a second

        marks = [Mark(place, each.letter, each.done) for each, place in zip(legend, places, strict=True)]
        return rating(
            chart, found.shares, [short(m) for m in frame.months], marks, running=True, dark=dark, narrow=narrow
        )

    said = sentences.rating(found, chart)
    asked, rated = sum(found.asked), sum(found.n)
    how = (
        gettext("%(rated)d of %(asked)d responses in this time answered the question.", rated=rated, asked=asked),
        gettext("Good are the top two of five, 6 and 7 of seven, 9 and 10 of 0 to 10."),
        gettext("The band is where months fall by chance alone; it is wider where fewer people answered. A triangle up or down marks a "
                "month, or a run of months, that chance does not explain. The hollow month is not over and counts for nothing yet."),
    )  # fmt: skip
    return Chart(
        "rating", gettext("Are customers happier?"), said, gettext("Line of the share of good ratings by month. %(said)s", said=said),
        (gettext("Month"), gettext("Answers"), gettext("Good"), gettext("Good, %")), rows, how, draw, legend,
    )  # fmt: skip


def _answered(material: Material) -> Chart:
    frame = material.frame
    said_by = material.mentioned
    found = answers.of(frame, said_by)
    rows = list(zip((long(m) for m in frame.months), found.raised, found.done, found.declined, found.open, strict=True))

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.answered import answered  # noqa: PLC0415

        names = (gettext("done"), gettext("declined"), gettext("open"))
        return answered(
            found.done, found.declined, found.open, [short(m) for m in frame.months], names, dark=dark, narrow=narrow
        )

    said = sentences.answered(found)
    how = (
        gettext("Counted are suggestions and complaints in %(n)d comments, read by machine and checked by people where they looked.",
                n=sum(said_by.comments)),
        gettext("Each stands in the month in which it was said, with what has become of it by today. What was asked for again after it "
                "was done or declined counts as open."),
        gettext("%(n)d more have no date, and stand in no chart over time.", n=found.undated),
    )  # fmt: skip
    return Chart(
        "answered", gettext("Were suggestions answered?"), said, gettext("Bars by month raised. %(said)s", said=said),
        (gettext("Raised in"), gettext("Raised"), gettext("Done"), gettext("Declined"), gettext("Open")), rows, how, draw,
    )  # fmt: skip


def _helped(material: Material) -> Chart:
    frame = material.frame
    found = helping.verdicts(frame, material.mentioned)
    rows = [_figures(each) for each in found]

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.helped import Row, helped  # noqa: PLC0415

        shown = [_row(Row, each) for each in found[:MOST_ROWS]]
        return helped(
            shown, (gettext("a quarter"), gettext("as expected"), gettext("4 times")), dark=dark, narrow=narrow
        )

    said = sentences.helped(found)
    how = (
        gettext("For each change, how often it was asked for since, against what was to be expected without acting: its own past, drawn "
                "towards what is usual because we act when something is asked for most, and carried along with everything untouched."),
        gettext("The bar holds the truth 95 times of 100. A bar inside the tinted band is no real change."),
        sentences.luck(found),
    )  # fmt: skip
    head = (
        "Improvement",
        "In effect since",
        "Mentions before",
        "Mentions since",
        "Expected",
        "Ratio",
        "From",
        "To",
        "Verdict",
        "Why",
    )
    return Chart(
        "helped", gettext("Did it help?"), said, gettext("Ratios with intervals. %(said)s", said=said),
        tuple(gettext(word) for word in head), rows, tuple(filter(None, how)), draw, (),
        tuple(each.improvement.id for each in found),
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
    return (
        verdict.improvement.title,
        say_day(since),
        verdict.before,
        verdict.after,
        *numbers,
        verdict.word,
        verdict.why,
    )


def _marks(session: Session, frame: Frame) -> tuple[tuple[Legend, ...], list[int]]:
    """Return what happened in a frame, improvements and notes, each with its letter and the place of its month."""
    found = [(each.in_effect_since, each.title, True) for each in _done(session, frame) if each.in_effect_since]
    found += [(each.day, each.text, False) for each in notes(session, frame)]
    placed = sorted((day, text, done) for day, text, done in found if frame.place(day) is not None)
    legend = tuple(
        Legend(letter, f"{text} ({say_day(day)})", done)
        for letter, (day, text, done) in zip(_letters(), placed, strict=False)
    )
    return legend, [frame.place(day) or 0 for day, _text, _done in placed[: len(legend)]]


def _letters() -> Sequence[str]:
    return [*string.ascii_uppercase, *(a + b for a in string.ascii_uppercase for b in string.ascii_uppercase)]


def _done(session: Session, frame: Frame) -> list[Improvement]:
    wanted = (
        select(Improvement)
        .join(Improvement.service)
        .where(Improvement.state == "done", Improvement.merged_into_id.is_(None))
    )
    return list(session.scalars(wanted.where(_touches(frame)).order_by(Improvement.in_effect_since)))


def notes(session: Session, frame: Frame) -> list[Note]:
    """Return the notes that concern a frame's node: its own, those below it, and those above it."""
    return list(session.scalars(select(Note).join(Note.service).where(_touches(frame)).order_by(Note.day, Note.id)))


def _touches(frame: Frame) -> Any:
    above = [int(part) for part in frame.service.path.strip("/").split("/")]
    return or_(Service.path.like(f"{frame.service.path}%"), Service.id.in_(above))
