"""Where to look next: how often each theme comes up against how much the rating differs with it, as a map of four fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from analysis.charts.labels import Label, place
from analysis.charts.style import Palette, figure, palette

SHAPES = {"fix first": ("v", True), "keep up": ("^", True), "watch": ("D", True), "leave": ("o", False)}
TICKS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
FEWER = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""On a phone, where the others would touch."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A theme: its share of comments (0 to 1), the difference in rating points, and its field, one of SHAPES."""

    name: str
    share: float
    difference: float
    field: str


def fields(
    spots: Sequence[Spot],
    corners: tuple[str, str, str, str],
    ends: tuple[str, str],
    *,
    dark: bool = False,
    narrow: bool = False,
) -> Figure:
    """Draw the map. `corners` name the fields: often and lower, often and higher, seldom and lower, seldom and higher; `ends`
    say what is across and what is up. Themes that need no look are hollow, and named where there is room."""
    colours = palette(dark=dark)
    made, axes = figure(colours, narrow=narrow, height=4.6 if narrow else 4.4)
    axes.grid(visible=False)
    shown = [spot for spot in spots if spot.share > 0]
    middle = sum(spot.share for spot in shown) / len(shown) if shown else 0.1
    axes.set_xscale("log")
    low, high = (min(s.share for s in shown), max(s.share for s in shown)) if shown else (0.01, 0.5)
    axes.set_xlim(min(low, middle) / 1.6, max(high, middle) * (2.1 if narrow else 1.6))
    reach = max([4.0, *(abs(spot.difference) for spot in shown)])
    axes.set_ylim(
        min([-4.0, *(s.difference for s in shown)]) - 0.22 * reach,
        max([4.0, *(s.difference for s in shown)]) + 0.22 * reach,
    )
    axes.axhline(0, color=colours.line, linewidth=1)
    axes.axvline(middle, color=colours.line, linewidth=1)
    axes.xaxis.set_major_locator(FixedLocator(FEWER if narrow else TICKS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _place: f"{100 * value:.3g} %")
    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:+.0f}" if value else "0")
    axes.set_xlabel(ends[0], color=colours.quiet, fontsize=9.5, loc="right")
    axes.set_title(ends[1], color=colours.quiet, fontsize=9.5, loc="left")
    for words, (across, up) in zip(corners, ((1, 0), (1, 1), (0, 0), (0, 1)), strict=True):
        axes.annotate(
            words, (across, up), xycoords="axes fraction", xytext=(-6 if across else 6, -6 if up else 6),
            textcoords="offset points", ha="right" if across else "left", va="top" if up else "bottom", fontsize=10.5,
            weight="bold", color=colours.quiet,
        )  # fmt: skip
    order = sorted(shown, key=lambda spot: (list(SHAPES).index(spot.field), -abs(spot.difference) * spot.share))
    for spot in order:
        shape, filled = SHAPES[spot.field]
        colour = _colour(colours, spot.field)
        axes.plot(
            spot.share, spot.difference, marker=shape, markersize=7, color=colour, linewidth=0,
            markerfacecolor=colour if filled else colours.paper, zorder=3,
        )  # fmt: skip
    place(
        axes,
        [
            Label(each.share, each.difference, each.name, _colour(colours, each.field), far=SHAPES[each.field][1])
            for each in order
        ],
    )
    return made


def _colour(colours: Palette, field: str) -> str:
    return {"fix first": colours.bad, "keep up": colours.good, "watch": colours.ink}.get(field, colours.quiet)
