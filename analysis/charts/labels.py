"""Labels beside points, none over another: each is tried around its point, nearer places first, and left out where none is free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

AROUND = (
    (1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top"),
    (0.8, 0.8, "left", "bottom"), (0.8, -0.8, "left", "top"), (-0.8, 0.8, "right", "bottom"), (-0.8, -0.8, "right", "top"),
)  # fmt: skip
RINGS = (7, 13, 22, 34, 48)
"""Points between a label and what it names; from the third ring on a thin line leads there."""
CLOSE = 2
MARKER = 5.0


@dataclass(frozen=True, slots=True)
class Label:
    """Words for the point at x, y (data), in a colour; `far` lets a thin line lead to words that found no room close by. `size`
    None takes that of the others."""

    x: float
    y: float
    text: str
    colour: str
    far: bool = True
    size: float | None = None
    weight: str = "normal"


def place(axes: Axes, labels: Sequence[Label], others: Iterable[tuple[float, float]] = (), *, size: float = 9.5) -> int:
    """Place labels, the first ones first, off each other and off every point; return how many found room.

    Call it last: it needs the axes as they will be drawn. `others` are further points that no label may cover.
    """
    made = axes.figure
    made.draw_without_rendering()  # type: ignore[union-attr]
    inside = axes.get_window_extent()
    points = [_around(axes, x, y) for x, y in [*((each.x, each.y) for each in labels), *others]]
    taken: list[Bbox] = [text.get_window_extent().padded(2) for text in axes.texts]
    placed = 0
    for number, label in enumerate(labels):
        free = [box for place_, box in enumerate(points) if place_ != number]
        text = _try(axes, label, inside, [*taken, *free], size)
        if text is not None:
            taken.append(text.get_window_extent().padded(2))
            placed += 1
    return placed


def _around(axes: Axes, x: float, y: float) -> Bbox:
    across, up = axes.transData.transform((x, y))
    return Bbox.from_extents(across - MARKER, up - MARKER, across + MARKER, up + MARKER)


def _try(axes: Axes, label: Label, inside: Bbox, taken: list[Bbox], size: float) -> Annotation | None:
    for ring, far in enumerate(RINGS if label.far else RINGS[:CLOSE]):
        for right, up, horizontal, vertical in AROUND:
            line = {"arrowstyle": "-", "color": label.colour, "linewidth": 0.5, "shrinkB": 3} if ring >= CLOSE else None
            text = axes.annotate(
                label.text, (label.x, label.y), xytext=(right * far, up * far), textcoords="offset points", fontsize=label.size or size,
                color=label.colour, ha=horizontal, va=vertical, arrowprops=line, weight=label.weight,
            )  # fmt: skip
            text.set_in_layout(False)
            box = _words(text)
            if _within(box, inside) and not any(box.overlaps(each) for each in taken):
                return text
            text.remove()
    return None


def _words(text: Annotation) -> Bbox:
    """Return the box of a label's words alone, without the line that leads to them."""
    text.get_window_extent()  # sets the words where they belong
    return Text.get_window_extent(text)


def _within(box: Bbox, outer: Bbox) -> bool:
    return bool(box.x0 >= outer.x0 and box.x1 <= outer.x1 and box.y0 >= outer.y0 and box.y1 <= outer.y1)
