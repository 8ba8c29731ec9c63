"""Charts beside the rating: how ratings divide, and customers, staff and money over the same months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from babel.numbers import format_currency, list_currencies
from flask_babel import gettext

from surveyapp.models import PART, Measure
from surveyapp.trends import breakdowns, declared, figures, guard, marks, ratings, words
from surveyapp.trends.charts import Chart, Material
from surveyapp.trends.frame import Frame

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_MEASURES = 3


def levels(material: Material) -> Chart:
    """Make "How do ratings divide?": great, good and poor."""
    frame = material.frame
    found = breakdowns.levels(material.session, frame)
    totals = [sum(each) for each in zip(*found.values(), strict=True)]

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.stacked import stacked  # noqa: PLC0415 - matplotlib takes a second

        tones = {"great": "good", "good": "fair", "poor": "poor"}
        layers = [
            (gettext(name), tones[name], [each / of if of else 0.0 for each, of in zip(n, totals, strict=True)])
            for name, n in found.items()
        ]
        return stacked(layers, frame.labels, marks.shown(material.session, frame), share=True, dark=dark, narrow=narrow)

    said = words.levels(found, frame)
    how = (
        gettext("Great is the best point of five or seven, 9 and 10 of 0 to 10. Good is the next of five, the next two of "
                "seven, 7 and 8 of 0 "
                "to 10. Poor is everything below."),
        marks.named(),
    )  # fmt: skip
    return Chart(
        "levels", gettext("How do ratings divide?"), said, gettext("Bars of shares that add up to all. %(said)s", said=said),
        (gettext("Period"), gettext("Ratings"), gettext("Great"), gettext("Good"), gettext("Poor")),
        list(zip(frame.stamps, totals, *found.values(), strict=True)), how, draw,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Panel:
    """One line: its name, a value a month of the frame, how values are written, and its standard now and, where it has
    changed or begun on the way, by month."""

    name: str
    values: list[float | None]
    write: Callable[[float], str]
    standard: float | None = None
    explains: bool = False
    levels: Sequence[float | None] = ()


def together(material: Material) -> Chart:
    """Make "Customers, staff, money": each by month, against its standard where there is one."""
    frame = replace(material.frame, grain="month", segment=None)
    panels = _panels(material, frame)

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.lines import Line, lines  # noqa: PLC0415

        shown = [
            Line(each.name, each.values, each.write, each.standard, _standard(each), each.explains, each.levels)
            for each in panels
        ]
        return lines(
            shown, frame.labels, marks.shown(material.session, frame), running=frame.running, dark=dark, narrow=narrow
        )

    said = _said(panels, frame)
    how = (
        gettext("Customers and staff: the share of good ratings, from the same surveys as everywhere here. Staff surveys are "
                "confidential: a month "
                "in which fewer than the smallest group answered is not shown to anybody."),
        gettext("Money and other figures were brought in by hand, from a file (Trends, Monthly figures). A node is what its "
                "branches come to; a "
                "month in which one of them is missing is left out."),
        gettext("Bars at the foot are there to explain what is above them; they have no standard and are never scored."),
        marks.named(),
        gettext("They stand beside each other; that they move together does not say that one moves the other."),
    )  # fmt: skip
    rows = [
        (
            stamp,
            *(
                None if each.values[place] is None else round(_shown(each.values[place] or 0.0, each), 3)
                for each in panels
            ),
        )
        for place, stamp in enumerate(frame.stamps)
    ]
    return Chart(
        "together", gettext("Customers, staff, money"), said, gettext("Lines under each other by month. %(said)s", said=said),
        (gettext("Month"), *(each.name for each in panels)), rows, how, draw,
    )  # fmt: skip


def _panels(material: Material, frame: Frame) -> list[Panel]:
    smallest = guard.minimum(material.session)
    found = []
    for purpose, name in (("csat", gettext("Customers happy, %")), ("esat", gettext("Staff happy, %"))):
        asked = guard.guarded(material.session, replace(frame, purpose=purpose), reads=not frame.least)
        read = ratings.read(material.session, asked)
        shares: list[float | None] = [
            good / n if n >= smallest else None for good, n in zip(read.good, read.n, strict=True)
        ]
        if any(share is not None for share in shares):
            levels = declared.levels(material.session, frame, purpose)
            found.append(Panel(name, shares, lambda value: f"{100 * value:.0f} %", _now(levels), levels=levels))
    every = figures.measures(material.session)
    scored = [each for each in every if not each.explains][:MOST_MEASURES]
    under = [each for each in every if each.explains][:MOST_MEASURES]  # laid under the others, as bars
    return found + [each for measure in scored + under if (each := panel(material, frame, measure)) is not None]


def panel(material: Material, frame: Frame, measure: Measure) -> Panel | None:
    """Return the line of a measure, None where a frame has nothing of it."""
    values = figures.by_month(material.session, frame, measure)
    if all(value is None for value in values):
        return None
    levels = declared.levels(material.session, frame, "figure", measure)
    standard = _now(levels)
    if (
        standard is None and measure.standard is not None
    ):  # declared for the whole house, where the node has none of its own
        standard, levels = measure.standard / PART, []
    return Panel(f"{measure.name}, {measure.unit}", values, writer(measure.unit), standard, measure.explains, levels)


def _now(levels: Sequence[float | None]) -> float | None:
    return next((level for level in reversed(levels) if level is not None), None)


def writer(unit: str) -> Callable[[float], str]:
    """Return how values of a unit are written: money with its sign, others as numbers."""
    if unit in list_currencies():
        return lambda value: format_currency(value, unit, "¤#,##0", locale="en_GB", currency_digits=False)
    return lambda value: f"{value:,.10g}" + (" %" if unit == "%" else "")


def _standard(each: Panel) -> str:
    return "" if each.standard is None else gettext("standard %(value)s", value=each.write(each.standard))


def _shown(value: float, each: Panel) -> float:
    return 100 * value if each.name.endswith(", %") and abs(value) <= 1 and "happy" in each.name else value


def _said(panels: list[Panel], frame: Frame) -> str:
    said = [words_ for each in panels if not each.explains and (words_ := _latest(each, frame))]
    if not said:
        return gettext("No month that is over has figures yet.")
    return gettext("The latest: ") + "; ".join(said) + "."


def _latest(each: Panel, frame: Frame) -> str:
    known = [(place, value) for place, value in enumerate(each.values[: frame.closed]) if value is not None]
    if not known:
        return ""
    place, value = known[-1]
    values: dict[str, Any] = {
        "name": each.name.rpartition(",")[0],
        "value": each.write(value),
        "month": frame.named(place),
    }
    if each.standard is None:
        return gettext("%(name)s %(value)s in %(month)s", **values)
    return gettext("%(name)s %(value)s in %(month)s (%(standard)s)", **values, standard=_standard(each))
