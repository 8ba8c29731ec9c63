"""Was it answered, and how soon? Bars that add up to all, one for each number of days: done, declined, still open."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.charts.style import figure, palette

ROOM = 0.075
"""The least share of a bar that has room for its own figure."""
Row = tuple[float, float, float]


def waits(
    shares: Sequence[Row | None],
    days: Sequence[str],
    labels: tuple[str, str, str],
    nothing: str,
    *,
    dark: bool = False,
    narrow: bool = False,
) -> Figure:
    """Draw (done, declined, open) shares of 1 a bar, from the top; None, not known yet, says `nothing`."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow, height=0.95 + 0.5 * max(len(shares), 1))
    axes.grid(visible=False)
    looks = ((colours.accent, "", colours.paper), (colours.fill, "///", colours.ink), (colours.paper, "", colours.ink))
    for place, row in enumerate(shares):
        if row is None:
            axes.text(0.01, place, nothing, va="center", fontsize=9.5, color=colours.quiet)
            continue
        left = 0.0
        for share, (colour, hatch, ink) in zip(row, looks, strict=True):
            axes.barh(place, share, 0.62, left=left, color=colour, hatch=hatch, edgecolor=colours.quiet, linewidth=0.6)
            if share >= ROOM:
                box = {"facecolor": colours.paper, "edgecolor": "none", "pad": 1.2} if hatch else None
                axes.text(
                    left + share / 2,
                    place,
                    f"{100 * share:.0f} %",
                    ha="center",
                    va="center",
                    fontsize=9.5,
                    color=ink,
                    bbox=box,
                )
            left += share
    axes.set_xlim(0, 1)
    axes.set_ylim(len(shares) - 0.5, -0.5)
    axes.set_yticks(range(len(shares)), list(days), color=colours.ink)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    swatches = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=colours.quiet, linewidth=0.6) for colour, hatch, _ink in looks
    ]
    made.legend(
        swatches, list(labels), loc="outside upper left", ncols=3, frameon=False, fontsize=9.5, labelcolor=colours.ink,
        handlelength=1.1, handletextpad=0.4, columnspacing=1.2,
    )  # fmt: skip
    return made
