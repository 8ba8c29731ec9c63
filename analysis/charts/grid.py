"""A grid of months: one row for each standard and place, a mark for each month. Kept, missed and open differ by shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.charts.style import figure, label_months, palette

MARKS = {"met": "o", "missed": "X", "few": "."}


@dataclass(frozen=True, slots=True)
class Row:
    """A name, and for each month "met", "missed", "few" (too few to tell) or "" where nothing was judged."""

    name: str
    states: Sequence[str]


def grid(rows: Sequence[Row], months: Sequence[str], *, dark: bool = False, narrow: bool = False) -> Figure:
    """Draw the rows under each other, the first on top."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow, height=0.8 + 0.4 * max(len(rows), 1))
    looks = {"met": (colours.good, 6.5), "missed": (colours.bad, 10.0), "few": (colours.quiet, 6.0)}
    axes.grid(visible=False)
    for place, row in enumerate(rows):
        height = len(rows) - 1 - place
        axes.axhline(height, color=colours.line, linewidth=0.6, zorder=1)
        for state, (colour, size) in looks.items():
            across = [month for month, each in enumerate(row.states) if each == state]
            heights = [height] * len(across)
            axes.plot(across, heights, MARKS[state], color=colour, markersize=size * (0.75 if narrow else 1), zorder=2)
    limit = 18 if narrow else 34
    axes.set_yticks([len(rows) - 1 - place for place in range(len(rows))], [_short(row.name, limit) for row in rows])
    axes.tick_params(axis="y", colors=colours.ink)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlim(-0.7, len(months) - 0.3)
    label_months(axes, months, narrow=narrow)
    return made


def _short(name: str, limit: int) -> str:
    return name if len(name) <= limit else name[: limit - 1].rstrip() + "…"
