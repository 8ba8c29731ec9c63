"""A few lines over the same months, each in a panel of its own with its own scale and its standard: customers, staff, money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.charts.marks import Mark, draw_marks
from analysis.charts.style import NARROW, WIDE, Palette, label_months, palette


@dataclass(frozen=True, slots=True)
class Line:
    """A panel: its name, a value a month (None: not known), how values are written, and its standard with its words;
    `levels`, where given, is the standard month by month."""

    name: str
    values: Sequence[float | None]
    write: Callable[[float], str]
    standard: float | None = None
    standard_name: str = ""
    bars: bool = False
    levels: Sequence[float | None] = ()


def lines(
    panels: Sequence[Line],
    months: Sequence[str],
    marks: Sequence[Mark] = (),
    *,
    running: bool = True,
    dark: bool = False,
    narrow: bool = False,
) -> Figure:
    """Draw a panel under the other; the last month is hollow where it is not over. Marks stand above the first panel."""
    colours, panels = palette(dark=dark), panels or [Line("", [None] * len(months), "{:g}".format)]
    made = Figure(
        figsize=(NARROW if narrow else WIDE, 0.5 + 1.5 * len(panels)),
        facecolor=colours.paper,
        layout="constrained",
    )
    every = made.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for axes, panel in zip(every, panels, strict=True):
        draw_panel(axes, panel, colours, running=running)
    if marks:
        _titles(every[0], panels[0], colours, pad=6 + draw_marks(every[0], marks, colours))
    for axes in every[:-1]:
        axes.tick_params(labelbottom=False)
    label_months(every[-1], months, narrow=narrow)
    return made


def draw_panel(axes: Axes, panel: Line, colours: Palette, *, running: bool) -> None:
    """Draw one panel into axes of its own."""
    axes.set_facecolor(colours.paper)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(colours.line)
    axes.tick_params(colors=colours.quiet, labelsize=9.5, length=0)
    axes.tick_params(axis="x", pad=8)
    _titles(axes, panel, colours)
    values = np.array([np.nan if value is None else value for value in panel.values], dtype=float)
    places = np.arange(len(values))
    if panel.bars:
        axes.bar(places, np.nan_to_num(values), 0.7, color=colours.fill, edgecolor=colours.quiet, linewidth=0.5)
    else:
        _line(axes, places, values, colours, running=running)
    _scale(axes, values, panel)
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.yaxis.set_major_formatter(lambda value, _place: panel.write(value))
    axes.grid(axis="y", color=colours.line, linewidth=0.6)
    axes.set_axisbelow(True)
    if panel.standard is not None:
        _level(axes, panel, colours)


def _titles(axes: Axes, panel: Line, colours: Palette, pad: float = 6.0) -> None:
    narrow = axes.figure.get_figure(root=True).get_figwidth() <= NARROW  # type: ignore[union-attr]
    below = "\n" if narrow and panel.standard is not None else ""  # on a phone the standard has a line of its own
    axes.set_title(panel.name + below, loc="left", fontsize=10.5, color=colours.ink, weight="bold", pad=pad)
    if panel.standard is not None:
        axes.set_title(panel.standard_name, loc="right", fontsize=9.5, color=colours.accent, pad=pad)


def _level(axes: Axes, panel: Line, colours: Palette) -> None:
    look: Any = {"color": colours.accent, "linewidth": 1.2, "linestyle": (0, (5, 3)), "zorder": 2}
    if panel.levels:
        levels = np.array([np.nan if level is None else level for level in panel.levels], dtype=float)
        axes.step(np.arange(len(levels)), levels, where="mid", **look)
    elif panel.standard is not None:
        axes.axhline(panel.standard, **look)


def _line(axes: Axes, places: np.ndarray, values: np.ndarray, colours: Palette, *, running: bool) -> None:
    known = ~np.isnan(values)
    closed = known & (places < len(values) - 1) if running else known
    axes.plot(places[closed], values[closed], color=colours.ink, linewidth=1.4, marker="o", markersize=3.5, zorder=3)
    hollow = known & ~closed
    axes.plot(
        places[hollow], values[hollow], linewidth=0, marker="o", markersize=5, markerfacecolor=colours.paper,
        markeredgecolor=colours.ink, zorder=3,
    )  # fmt: skip


def _scale(axes: Axes, values: np.ndarray, panel: Line) -> None:
    known = [float(value) for value in values[~np.isnan(values)]]
    known += [level for level in (panel.standard, *panel.levels) if level is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    room = 0.12 * (high - low) or max(abs(high) * 0.1, 1.0)
    bottom = low - room if low < 0 else max(low - room, 0.0)  # no axis says that less than nobody is happy
    axes.set_ylim(0.0 if panel.bars and low >= 0 else bottom, high + room)
