"""Many small lines under each other, one a row, each with its name and its last value: themes by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from analysis.charts.marks import Mark, draw_marks
from analysis.charts.style import figure, label_months, palette


@dataclass(frozen=True, slots=True)
class Row:
    """A name, a share (0 to 1) a month, None where nothing can be said, and whether the last ones are out of the ordinary."""

    name: str
    shares: Sequence[float | None]
    signal: str = ""


def rows(
    lines: Sequence[Row], months: Sequence[str], marks: Sequence[Mark] = (), *, dark: bool = False, narrow: bool = False
) -> Figure:
    """Draw each line in a row of its own, on one scale for all, so that heights can be compared."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow, height=0.7 + 0.42 * max(len(lines), 1))
    axes.grid(visible=False)
    everything = [share for line in lines for share in line.shares if share is not None]
    top = max([*everything, 0.01])
    places = np.arange(len(months))
    for row, line in enumerate(lines):
        ground = len(lines) - 1 - row
        values = np.array([np.nan if share is None else share for share in line.shares], dtype=float)
        heights = ground + 0.86 * values / top
        axes.axhline(ground, color=colours.line, linewidth=0.6, zorder=1)
        axes.fill_between(places, ground, heights, color=colours.soft, linewidth=0, zorder=2)
        axes.plot(places, heights, color=colours.ink, linewidth=1.2, zorder=3)
        known = np.flatnonzero(~np.isnan(values))
        if known.size:
            last = known[-1]
            axes.plot(last, heights[last], marker="o", markersize=3.5, color=colours.ink, zorder=4)
            axes.annotate(
                f"{100 * values[last]:.0f} %{line.signal}", (len(months) - 0.6, ground + 0.08), xytext=(5, 0),
                textcoords="offset points", fontsize=9.5, color=colours.ink, annotation_clip=False,
            )  # fmt: skip
    axes.set_yticks(
        [len(lines) - 1 - row + 0.3 for row in range(len(lines))],
        [_short(line.name, 16 if narrow else 30) for line in lines],
    )
    axes.tick_params(axis="y", colors=colours.ink)
    axes.set_ylim(-0.1, len(lines) + 0.05)
    axes.set_xlim(-0.4, len(months) - 0.6 + max(1.0, (0.2 if narrow else 0.09) * len(months)))
    label_months(axes, months, narrow=narrow)
    draw_marks(axes, marks, colours)
    return made


def _short(name: str, limit: int) -> str:
    return name if len(name) <= limit else name[: limit - 1].rstrip() + "…"
