"""Were suggestions answered? What was raised in each month, and what has become of it by now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from analysis.charts.marks import Mark, draw_marks
from analysis.charts.style import figure, label_months, palette


def answered(
    done: Sequence[int],
    declined: Sequence[int],
    still_open: Sequence[int],
    months: Sequence[str],
    labels: tuple[str, str, str],
    *,
    marks: Sequence[Mark] = (),
    dark: bool = False,
    narrow: bool = False,
) -> Figure:
    """Draw counts by month raised, stacked: done at the bottom, declined, open. `labels` name them in that order."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow)
    places = np.arange(len(months))
    bottom = np.zeros(len(months))
    looks = ((colours.accent, ""), (colours.fill, "///"), (colours.paper, ""))
    ends = []
    for counts, (colour, hatch) in zip((done, declined, still_open), looks, strict=True):
        axes.bar(places, counts, 0.78, bottom=bottom, color=colour, hatch=hatch, edgecolor=colours.quiet, linewidth=0.6)
        ends.append((bottom[-1] + counts[-1] / 2) if len(months) else 0.0)
        bottom = bottom + np.array(counts, dtype=float)
    top = float(bottom.max()) if len(months) else 1.0
    for label, height in zip(labels, _apart(ends, max(top, 1) * 0.09), strict=True):
        axes.annotate(
            label, (len(months) - 0.5, height), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9.5,
            color=colours.ink, annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(-0.6, len(months) + max(1.2, (0.26 if narrow else 0.13) * len(months)))
    axes.set_ylim(0, max(top * 1.08, 1))
    axes.yaxis.get_major_locator().set_params(integer=True)  # type: ignore[call-arg]
    label_months(axes, months, narrow=narrow)
    draw_marks(axes, marks, colours)
    return made


def _apart(heights: Sequence[float], least: float) -> list[float]:
    """Return heights at least some distance apart, from the lowest up, so that labels never overlap."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + least if placed else least / 2))
    return placed
