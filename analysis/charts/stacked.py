"""What came of things, month by month, as bars that stand on each other: told apart by hatching as well as by tone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from analysis.charts.marks import Mark, draw_marks
from analysis.charts.style import Palette, figure, label_months, palette

TONES = ("good", "fair", "poor", "bad", "none")
DENSE = 60
"""Bars from which on they stand close and without outlines: hatched slivers flicker."""


def _look(colours: Palette, tone: str, *, dense: bool) -> tuple[str, str]:
    if dense and tone == "none":
        return colours.line, ""
    return {
        "good": (colours.accent, ""), "fair": (colours.soft, ""), "poor": (colours.fill, "///"), "bad": (colours.fill, "xxx"),
        "none": (colours.paper, ""),
    }[tone]  # fmt: skip


def stacked(
    layers: Sequence[tuple[str, str, Sequence[float]]],
    months: Sequence[str],
    marks: Sequence[Mark] = (),
    *,
    share: bool = False,
    dark: bool = False,
    narrow: bool = False,
) -> Figure:
    """Draw layers from the ground up, each (label, tone of TONES, a value a month); labels stand beside the last bars.

    With `share` values are parts of 1 and the axis is in per cent.
    """
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow)
    places, bottom = np.arange(len(months)), np.zeros(len(months))
    middles, dense = [], len(months) > DENSE
    for _label, tone, values in layers:
        colour, hatch = _look(colours, tone, dense=dense)
        axes.bar(
            places, values, 1.0 if dense else 0.78, bottom=bottom, color=colour, hatch="" if dense else hatch,
            edgecolor=colour if dense else colours.quiet, linewidth=0 if dense else 0.6,
        )  # fmt: skip
        filled = np.flatnonzero(bottom + np.asarray(values, dtype=float) > 0)
        last = filled[-1] if filled.size else -1
        middles.append(float(bottom[last] + values[last] / 2) if len(months) else 0.0)
        bottom = bottom + np.asarray(values, dtype=float)
    top = 1.0 if share else max(float(bottom.max()) if len(months) else 1.0, 1.0)
    for (label, _tone, _values), height in zip(layers, apart(middles, top * 0.09), strict=True):
        axes.annotate(
            label, (len(months) - 0.5, height), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9.5,
            color=colours.ink, annotation_clip=False,
        )  # fmt: skip
    longest = max((len(label) for label, _tone, _values in layers), default=4)
    axes.set_xlim(-0.6, len(months) + max(1.2, (0.034 if narrow else 0.017) * longest * len(months)))
    axes.set_ylim(0, top if share else top * 1.08)
    if share:
        axes.yaxis.set_major_formatter(lambda value, _place: f"{100 * value:.0f} %")
    else:
        axes.yaxis.get_major_locator().set_params(integer=True)  # type: ignore[call-arg]
    label_months(axes, months, narrow=narrow)
    draw_marks(axes, marks, colours)
    return made


def apart(heights: Sequence[float], least: float) -> list[float]:
    """Return heights at least some distance apart, from the lowest up, so that labels never overlap."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + least if placed else least / 2))
    return placed
