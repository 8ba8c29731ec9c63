"""Did it help? For each improvement done, how often it is mentioned now against what was to be expected, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.charts.style import figure, palette

WIDEST = (0.125, 8.0)
"""Ratios beyond these stand at the edge; the table has the figures."""


@dataclass(frozen=True, slots=True)
class Row:
    """One improvement: its title, ratio and interval (None where nothing can be told), and the verdict in words."""

    title: str
    ratio: float | None
    low: float | None
    high: float | None
    verdict: str
    good: bool | None = None


def helped(rows: Sequence[Row], labels: tuple[str, str, str], *, dark: bool = False, narrow: bool = False) -> Figure:
    """Draw ratios on a log scale, a row each, from the top; `labels` stand at the left end, at 1 and at the right end."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow, height=1.1 + 0.42 * max(len(rows), 1))
    axes.grid(visible=False)
    axes.axvspan(0.8, 1.25, color=colours.soft, linewidth=0)
    axes.axvline(1, color=colours.accent, linewidth=1)
    for place, row in enumerate(rows):
        if row.ratio is not None and row.low is not None and row.high is not None:
            colour = {True: colours.good, False: colours.bad, None: colours.ink}[row.good]
            low, high, ratio = (min(max(each, WIDEST[0]), WIDEST[1]) for each in (row.low, row.high, row.ratio))
            axes.plot([low, high], [place, place], color=colour, linewidth=2.2, solid_capstyle="butt")
            shape = {True: "<", False: ">", None: "o"}[row.good]
            axes.plot([ratio], [place], marker=shape, markersize=8, color=colour)
        axes.annotate(
            row.verdict, (1, place), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points", va="center",
            fontsize=9.5, color=colours.ink, annotation_clip=False,
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xlim(*WIDEST)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [_short(row.title, 18 if narrow else 38) for row in rows], color=colours.ink)
    axes.minorticks_off()
    axes.set_xticks([0.25, 1, 4], [label.replace(" ", "\n") if narrow else label for label in labels])
    return made


def _short(title: str, limit: int) -> str:
    return title if len(title) <= limit else title[: limit - 1].rstrip() + "…"
