"""What happened when, above a chart over time: a letter for each mark, none over another, and a thin line down from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from analysis.charts.style import Palette

ROWS = 4
"""Rows of letters before neighbours share one label ("C-F")."""
ROW, SIZE = 13.0, 9.0
"""Points from row to row, and of a letter."""
PER_LETTER, GAP = 0.86, 4.0
"""Width of a letter as a part of its size, that of the widest usual fonts; points between two labels."""
INSIDE = 0.84
"""The part of a figure's width that its axes have at least."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the line: the place of its period, a letter to find it by under the chart, and whether it was an improvement."""

    place: int
    letter: str
    done: bool = True


@dataclass(frozen=True, slots=True)
class _Group:
    """Marks that share a label."""

    marks: tuple[Mark, ...]

    @property
    def middle(self) -> float:
        return (self.marks[0].place + self.marks[-1].place) / 2

    @property
    def text(self) -> str:
        first, last = self.marks[0].letter, self.marks[-1].letter
        return first if len(self.marks) == 1 else f"{first}-{last}"

    @property
    def done(self) -> bool:
        return any(each.done for each in self.marks)


def draw_marks(axes: Axes, marks: Sequence[Mark], colours: Palette) -> float:
    """Draw marks above axes whose limits across are set; return how many points their labels need above the axes."""
    for mark in marks:
        colour = colours.accent if mark.done else colours.quiet
        axes.axvline(mark.place, color=colour, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)
    placed = arranged(marks, _points_each(axes))
    for row, group in placed:
        axes.annotate(
            group.text, (group.middle, 1), xycoords=("data", "axes fraction"), xytext=(0, 3 + ROW * row),
            textcoords="offset points", ha="center", va="bottom", fontsize=SIZE, annotation_clip=False,
            color=colours.accent if group.done else colours.quiet, weight="bold" if group.done else "normal",
        )  # fmt: skip
    return 3 + ROW * (1 + max(row for row, _group in placed)) if placed else 0.0


def arranged(marks: Sequence[Mark], points_each: float) -> list[tuple[int, _Group]]:
    """Return marks with the row of each label, the lowest that is free; neighbours share a label where ROWS rows would not do.

    `points_each` is how wide one period is on the paper.
    """
    groups = [_Group((mark,)) for mark in sorted(marks, key=lambda mark: mark.place)]
    while max(rows := _rows(groups, points_each), default=0) >= ROWS:
        nearest = min(range(len(groups) - 1), key=lambda at: (_apart(groups, at), len(groups[at].marks)))
        groups[nearest : nearest + 2] = [_Group(groups[nearest].marks + groups[nearest + 1].marks)]
    return list(zip(rows, groups, strict=True))


def _apart(groups: Sequence[_Group], at: int) -> int:
    return groups[at + 1].marks[-1].place - groups[at].marks[0].place


def _rows(groups: Sequence[_Group], points_each: float) -> list[int]:
    """Return the lowest row in which each label, taken from the left, stands clear of the one before."""
    ends: list[float] = []
    found = []
    for group in groups:
        half = len(group.text) * PER_LETTER * SIZE / 2
        at = group.middle * points_each
        row = next((row for row, end in enumerate(ends) if end + GAP <= at - half), len(ends))
        ends[row : row + 1] = [at + half]
        found.append(row)
    return found


def _points_each(axes: Axes) -> float:
    low, high = axes.get_xlim()
    made = axes.get_figure(root=True)
    width = made.get_figwidth() if made is not None else 1.0
    return 72 * width * INSIDE / max(high - low, 1e-9)
