"""Are customers happier? A rating by month with its limits, the signals, and what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.style import NARROW, Palette, figure, label_months, palette
from analysis.stats.control_chart import ControlChart


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the line: the place of its month, a letter to find it by under the chart, and whether it was an improvement."""

    place: int
    letter: str
    done: bool = True


@dataclass(frozen=True, slots=True)
class Level:
    """A standard: the share that was declared for each month, None where none was, and the name of its line."""

    shares: Sequence[float | None]
    name: str


def rating(
    chart: ControlChart | None,
    shares: Sequence[float | None],
    months: Sequence[str],
    marks: Sequence[Mark] = (),
    standard: Level | None = None,
    *,
    running: bool = False,
    dark: bool = False,
    narrow: bool = False,
) -> Figure:
    """Draw shares (0 to 1; None where nobody answered) over their months. `chart` holds the limits of the closed months, None
    where there are too few; `running` says that the last month is not over, and it is drawn hollow. `standard` is the level that
    was declared, with its name."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow)
    values = np.array([np.nan if share is None else 100 * share for share in shares])
    places = np.arange(len(values))
    if chart is not None:
        size = len(chart.centre)
        axes.fill_between(
            places[:size], 100 * chart.lower, 100 * chart.upper, step="mid", color=colours.soft, linewidth=0
        )
        axes.step(
            places[:size], 100 * chart.centre, where="mid", color=colours.accent, linewidth=1, linestyle=(0, (5, 3))
        )
    closed = values[:-1] if running else values
    axes.plot(places[: len(closed)], closed, color=colours.ink, linewidth=1.4, marker="o", markersize=4.5, zorder=3)
    if running and len(values):
        axes.plot(
            places[-1:],
            values[-1:],
            marker="o",
            markersize=6,
            markerfacecolor=colours.paper,
            markeredgecolor=colours.ink,
            zorder=3,
        )
    if chart is not None:
        for place, direction in enumerate(chart.direction):
            if direction in {"improvement", "concern"}:
                colour, shape = (colours.good, "^") if direction == "improvement" else (colours.bad, "v")
                axes.plot(place, values[place], marker=shape, markersize=9, color=colour, zorder=4)
    _scale(axes, np.append(values, _standard(axes, standard, colours)), chart)
    _mark(axes, marks, colours.accent, colours.quiet)
    label_months(axes, months, narrow=narrow)
    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:.0f} %")
    return made


def _standard(axes: Axes, standard: Level | None, colours: Palette) -> np.ndarray:
    """Draw the level that was declared as a long-dashed step with its name to the right of it; return it in per cent."""
    shares = standard.shares if standard else ()
    levels = np.array([np.nan if level is None else 100 * level for level in shares], dtype=float)
    known = np.flatnonzero(~np.isnan(levels))
    if standard and known.size:
        axes.step(
            np.arange(len(levels)), levels, where="mid", color=colours.quiet, linewidth=1.6, linestyle=(0, (10, 3))
        )
        if known.size == 1:
            axes.plot(known, levels[known], marker="_", markersize=16, color=colours.quiet)
        end = len(levels) - 0.4
        axes.text(
            end, levels[known[-1]], standard.name.replace(" ", "\n", 1), color=colours.quiet, fontsize=9.5, va="center"
        )
        axes.set_xlim(-0.6, end + len(levels) * (0.22 if axes.get_figure(root=True).get_figwidth() <= NARROW else 0.1))  # type: ignore[union-attr]
    return levels


def _scale(axes: object, values: np.ndarray, chart: ControlChart | None) -> None:
    everything = [values[~np.isnan(values)]]
    if chart is not None:
        everything += [100 * chart.lower[~np.isnan(chart.lower)], 100 * chart.upper[~np.isnan(chart.upper)]]
    known = np.concatenate(everything)
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 100.0)
    room = max(4.0, 0.12 * (high - low))
    axes.set_ylim(max(0.0, low - room), min(104.0, high + 2 * room))  # type: ignore[attr-defined]


def _mark(axes: object, marks: Sequence[Mark], done: str, other: str) -> None:
    """Set each mark's letter above the plot; marks of one month stand on each other."""
    above: dict[int, int] = {}
    for mark in marks:
        row = above.get(mark.place, 0)
        above[mark.place] = row + 1
        colour = done if mark.done else other
        axes.axvline(mark.place, color=colour, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)  # type: ignore[attr-defined]
        axes.annotate(  # type: ignore[attr-defined]
            mark.letter, (mark.place, 1), xycoords=("data", "axes fraction"), xytext=(0, 3 + 13 * row), textcoords="offset points",
            ha="center", va="bottom", fontsize=9, color=colour, weight="bold" if mark.done else "normal",
        )  # fmt: skip
