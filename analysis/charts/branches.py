"""Branches compared by a funnel: each against what all have in common, with limits that narrow with the number of answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.charts.labels import Label, place
from analysis.charts.style import figure, palette
from analysis.stats.funnel import INNER, OUTER, Funnel, limits

SHAPES = {"improvement": "^", "concern": "v", "change": "D"}


def branches(
    funnel: Funnel,
    sizes: Sequence[int],
    names: Sequence[str],
    ends: tuple[str, str],
    *,
    dark: bool = False,
    narrow: bool = False,
) -> Figure:
    """Draw the funnel; branches outside its outer limits are named first and in colour, the others where there is room. `ends`
    say what is across and what is up."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow, height=4.2)
    known = [k for k, size in enumerate(sizes) if size > 0]
    most = max([sizes[k] for k in known], default=100)
    across = np.geomspace(max(min([sizes[k] for k in known], default=10) * 0.7, 1), most * 1.25, 120)
    if known:
        for z, colour in ((OUTER, colours.soft), (INNER, colours.soft)):
            low, high = limits(across, funnel.centre, z, funnel.excess)
            axes.fill_between(across, 100 * low, 100 * high, color=colour, linewidth=0, alpha=1 if z == OUTER else 0.0)
            axes.plot(
                across, 100 * low, color=colours.accent, linewidth=0.8, linestyle="-" if z == OUTER else (0, (2, 3))
            )
            axes.plot(
                across, 100 * high, color=colours.accent, linewidth=0.8, linestyle="-" if z == OUTER else (0, (2, 3))
            )
        axes.axhline(100 * funnel.centre, color=colours.accent, linewidth=1, linestyle=(0, (5, 3)))
    for k in known:
        direction = funnel.direction[k]
        colour = {"improvement": colours.good, "concern": colours.bad}.get(direction, colours.ink)
        axes.plot(
            sizes[k],
            100 * funnel.shares[k],
            marker=SHAPES.get(direction, "o"),
            markersize=8 if direction else 5.5,
            color=colour,
            linewidth=0,
            zorder=3,
        )
    axes.set_xlim(across[0], across[-1])
    values = [100 * float(funnel.shares[k]) for k in known] or [0.0, 100.0]
    axes.set_ylim(max(0.0, min(values) - 9), min(104.0, max(values) + 9))
    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:.0f} %")
    axes.xaxis.set_major_formatter(lambda value, _place: f"{value:,.0f}")
    axes.xaxis.set_major_locator(MaxNLocator(4 if narrow else 7, integer=True))
    axes.set_xlabel(ends[0], color=colours.quiet, fontsize=9.5, loc="right")
    axes.set_title(ends[1], color=colours.quiet, fontsize=9.5, loc="left")
    order = sorted(known, key=lambda k: (not funnel.direction[k], -sizes[k]))
    place(
        axes,
        [
            Label(
                sizes[k], 100 * float(funnel.shares[k]), names[k],
                {"improvement": colours.good, "concern": colours.bad}.get(funnel.direction[k], colours.quiet),
                far=bool(funnel.direction[k]),
            )
            for k in order
        ],
    )  # fmt: skip
    return made
