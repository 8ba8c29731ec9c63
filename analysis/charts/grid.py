"""A grid of months: one row for each standard and place, a mark for each month. Kept, missed and open differ by shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.style import Palette, figure, label_months, palette

MARKS = {"met": "o", "missed": "X", "few": "."}
LONGEST, LONGEST_ABOVE = 34, 46
"""Letters of a name beside its row, and above it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A name, and for each month "met", "missed", "few" (too few to tell) or "" where nothing was judged."""

    name: str
    states: Sequence[str]


def grid(rows: Sequence[Row], months: Sequence[str], *, dark: bool = False, narrow: bool = False) -> Figure:
    """Draw the rows under each other, the first on top; on a phone each name stands above its row, for want of room beside it."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow, height=0.8 + (0.55 if narrow else 0.4) * max(len(rows), 1))
    axes.grid(visible=False)
    for place, row in enumerate(rows):
        _draw_row(axes, row, len(rows) - 1 - place, colours, 0.75 if narrow else 1.0)
    _name_rows(axes, [row.name for row in rows], colours, above=narrow)
    axes.set_ylim(-0.6, len(rows) - (0.25 if narrow else 0.4))
    axes.set_xlim(-0.7, len(months) - 0.3)
    label_months(axes, months, narrow=narrow)
    return made


def _draw_row(axes: Axes, row: Row, height: float, colours: Palette, scale: float) -> None:
    looks = {"met": (colours.good, 6.5), "missed": (colours.bad, 10.0), "few": (colours.quiet, 6.0)}
    axes.axhline(height, color=colours.line, linewidth=0.6, zorder=1)
    for state, (colour, size) in looks.items():
        across = [month for month, each in enumerate(row.states) if each == state]
        axes.plot(across, [height] * len(across), MARKS[state], color=colour, markersize=size * scale, zorder=2)


def _name_rows(axes: Axes, names: Sequence[str], colours: Palette, *, above: bool) -> None:
    heights = range(len(names) - 1, -1, -1)
    if not above:
        axes.set_yticks(list(heights), [_short(name, LONGEST) for name in names])
        axes.tick_params(axis="y", colors=colours.ink)
        return
    axes.set_yticks([])
    for height, name in zip(heights, names, strict=True):
        axes.text(-0.6, height + 0.28, _short(name, LONGEST_ABOVE), fontsize=9.5, color=colours.ink, va="bottom")


def _short(name: str, limit: int) -> str:
    return name if len(name) <= limit else name[: limit - 1].rstrip() + "…"
