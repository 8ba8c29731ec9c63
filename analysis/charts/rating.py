"""Are customers happier? A rating by month with its limits, the signals, and what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.labels import Label, place
from analysis.charts.marks import Mark, draw_marks
from analysis.charts.style import NARROW, Palette, figure, label_months, palette
from analysis.stats.control_chart import ControlChart


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
    begins: Sequence[int] = (),
    running: bool = False,
    dark: bool = False,
    narrow: bool = False,
) -> Figure:
    """Draw shares (0 to 1; None where nobody answered) over their months. `chart` holds the limits of the closed months, None
    where there are too few; `begins` the places at which a new level starts; `running` says that the last month is not over, and
    it is drawn hollow. `standard` is the level that was declared, with its name."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow)
    values = np.array([np.nan if share is None else 100 * share for share in shares], dtype=float)
    parts = _parts(chart, begins)
    for part in parts:
        _limits(axes, chart, part, colours)
    _line(axes, values, colours, running=running)
    _signals(axes, chart, values, colours)
    axes.set_xlim(-0.6, max(len(values), 1) - 0.4)
    _scale(axes, np.append(values, _standard(axes, standard, colours)), chart)
    label_months(axes, months, narrow=narrow)
    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:.0f} %")
    draw_marks(axes, marks, colours)
    if len(parts) > 1:
        _name_levels(axes, chart, parts, values, colours)
    return made


def _parts(chart: ControlChart | None, begins: Sequence[int]) -> list[slice]:
    """Return the stretches between new levels."""
    if chart is None:
        return []
    size = len(chart.centre)
    return [slice(a, b) for a, b in pairwise([0, *sorted({each for each in begins if 0 < each < size}), size])]


def _limits(axes: Axes, chart: ControlChart | None, part: slice, colours: Palette) -> None:
    """Draw one level with its band, from half a month before its first month to half a month after its last."""
    if chart is None or part.stop == part.start:
        return
    edges = np.arange(part.start, part.stop + 1) - 0.5
    low, mid, high = (100 * np.append(line[part], line[part][-1:]) for line in (chart.lower, chart.centre, chart.upper))
    trial = bool(chart.few[part].any())
    axes.fill_between(edges, low, high, step="post", color=colours.soft, linewidth=0, alpha=0.6 if trial else 1.0)
    axes.step(edges, mid, where="post", color=colours.accent, linewidth=1, linestyle=(0, (5, 3)))
    if part.start:
        axes.axvline(part.start - 0.5, color=colours.accent, linewidth=1.1, zorder=1)


def _line(axes: Axes, values: np.ndarray, colours: Palette, *, running: bool) -> None:
    places = np.arange(len(values))
    closed = values[:-1] if running else values
    axes.plot(places[: len(closed)], closed, color=colours.ink, linewidth=1.4, marker="o", markersize=4.5, zorder=3)
    if running and len(values):
        axes.plot(
            places[-1:], values[-1:], marker="o", markersize=6, markerfacecolor=colours.paper,
            markeredgecolor=colours.ink, zorder=3,
        )  # fmt: skip


def _signals(axes: Axes, chart: ControlChart | None, values: np.ndarray, colours: Palette) -> None:
    """Mark what chance does not explain; nothing where the months of a level are too few to tell."""
    for place_, direction in enumerate(chart.direction if chart else ()):
        if direction in {"improvement", "concern"} and chart is not None and not chart.few[place_]:
            colour, shape = (colours.good, "^") if direction == "improvement" else (colours.bad, "v")
            axes.plot(place_, values[place_], marker=shape, markersize=9, color=colour, zorder=4)


def _name_levels(
    axes: Axes, chart: ControlChart | None, parts: Sequence[slice], values: np.ndarray, colours: Palette
) -> None:
    """Write each level's figure beside its line, off every point of the data."""
    known = [(at, float(value)) for at, value in enumerate(values) if not np.isnan(value)]
    between = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in pairwise(known)]
    names = []
    for part in parts:
        centre = 100 * float(chart.centre[part.start]) if chart is not None else np.nan
        if not np.isnan(centre):
            middle = (part.start + part.stop - 1) / 2
            names.append(Label(middle, centre, f"{centre:.0f} %", colours.accent, size=10.5, weight="bold"))
    place(axes, names, [*known, *between])


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


def _scale(axes: Axes, values: np.ndarray, chart: ControlChart | None) -> None:
    everything = [values[~np.isnan(values)]]
    if chart is not None:
        everything += [100 * chart.lower[~np.isnan(chart.lower)], 100 * chart.upper[~np.isnan(chart.upper)]]
    known = np.concatenate(everything)
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 100.0)
    room = max(4.0, 0.12 * (high - low))
    axes.set_ylim(max(0.0, low - room), min(104.0, high + 2 * room))
