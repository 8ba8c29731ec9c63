"""How every chart looks: paper, ink and one accent, in the light and in the dark; told apart by shape as well as colour."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

Format = Literal["svg", "png"]
FONTS = (
    "DejaVu Sans",
    "Noto Sans CJK JP",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Noto Emoji",
)
"""Where a letter is looked for, in this order; matplotlib brings the first, the others where they are installed."""
_THERE = {font.name for font in fontManager.ttflist}
mpl.rcParams["font.family"] = [name for name in FONTS if name in _THERE]
_DRAWING = Lock()  # matplotlib keeps state of its own, and web workers have threads


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one appearance."""

    paper: str
    ink: str
    quiet: str
    line: str
    accent: str
    good: str
    bad: str
    soft: str
    fill: str


LIGHT = Palette("#ffffff", "#1d2528", "#566066", "#d8d4ca", "#0b665c", "#1d6b3c", "#a32a1c", "#e4f0ed", "#c9c5ba")
DARK = Palette("#1b2022", "#e9e7e2", "#a7b0b4", "#3a4346", "#6bcdbb", "#86d6a2", "#f2a194", "#173430", "#59646a")


def palette(*, dark: bool) -> Palette:
    """Return the colours of an appearance."""
    return DARK if dark else LIGHT


WIDE, NARROW = 8.0, 4.0
"""Inches across for a desk and for a phone, on which the same letters must still be read."""


def figure(colours: Palette, *, narrow: bool = False, height: float = 3.6) -> tuple[Figure, Axes]:
    """Return a figure of some inches with one plain pair of axes: a ground line, quiet labels, no box."""
    made = Figure(figsize=(NARROW if narrow else WIDE, height), facecolor=colours.paper, layout="constrained")
    axes = made.add_subplot(facecolor=colours.paper)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(colours.line)
    axes.tick_params(colors=colours.quiet, labelsize=9.5, length=0)
    axes.tick_params(axis="x", pad=8)  # the first month must not run into the lowest figure beside it
    axes.grid(axis="y", color=colours.line, linewidth=0.6)
    axes.set_axisbelow(True)
    return made, axes


def label_months(axes: Axes, months: Sequence[str], *, narrow: bool = False) -> None:
    """Name the months under the ground line, as many as fit, the last one always."""
    longer = max(map(len, months), default=0) > len("Nov 26")  # weeks have days
    most = (3 if longer else 4) if narrow else (7 if longer else 9)
    step = max(1, -(-len(months) // most))
    places = sorted(range(len(months) - 1, -1, -step))
    axes.set_xticks(places, [months[place] for place in places])


def draw(made: Figure, kind: Format) -> bytes:
    """Return the figure as a file, the same bytes for the same figure. Text becomes outlines, so labels fit in any viewer."""
    out = io.BytesIO()
    settings: Any = {"svg.fonttype": "path", "svg.hashsalt": "heed"}
    with _DRAWING, mpl.rc_context(settings):
        metadata = {"Date": None, "Creator": "Heed"} if kind == "svg" else {"Software": "Heed"}
        made.savefig(out, format=kind, dpi=192 if kind == "png" else 96, metadata=metadata)  # type: ignore[arg-type]
    return out.getvalue()
