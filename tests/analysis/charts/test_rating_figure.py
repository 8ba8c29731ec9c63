"""The control chart as it is drawn: both levels with their figures, no month marked in a trial, letters that never overlap."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.charts.marks import ROWS, Mark, arranged
from analysis.charts.rating import Level, rating
from analysis.charts.style import draw
from analysis.stats.control_chart import p_chart

N = 200


def made(good: list[int], begins: tuple[int, ...] = (), marks: list[Mark] | None = None, **more: bool) -> Figure:
    """A chart of so many good answers of 200 a month."""
    chart = p_chart(good, [N] * len(good), prime=True, rebase_at=begins, improvement="increase") if good else None
    months = [f"M{k}" for k in range(len(good))]
    return rating(chart, [each / N for each in good], months, marks or [], begins=begins, **more)


def written(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def shapes(figure: Figure) -> list[str]:
    return [str(line.get_marker()) for line in figure.axes[0].lines if line.get_marker() in {"^", "v"}]


def test_both_levels_are_drawn_with_their_figures() -> None:
    """140 of 200 before, 164 since."""
    good = [140, 143, 138, 141, 139, 142, 137] * 2 + [164, 166, 161, 165, 163, 167, 162] * 2
    assert written(made(good, (14,))) == ["70 %", "82 %"]
    assert written(made(good)) == []
    for narrow in (False, True):
        assert written(made(good, (14,), narrow=narrow)) == ["70 %", "82 %"]


def test_a_trial_level_marks_no_month() -> None:
    """Eight months on a level of their own are too few to tell, even with one far outside."""
    good = [140, 143, 138, 141, 139, 142, 137] * 2 + [164, 166, 161, 165, 163, 100, 162, 165]
    assert shapes(made(good)), "on one level for all, the run is marked"
    assert shapes(made(good, (14,))) == []


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(("n", "many"), [(1, 3), (12, 40), (24, 25), (120, 70)])
def test_letters_never_lie_on_each_other(n: int, many: int, narrow: bool) -> None:
    """However many things happened, and all in one month too."""
    rng = random.Random(n)
    for places in ([rng.randrange(n) for _each in range(many)], [n // 2] * many):
        marks = [Mark(place, f"A{chr(65 + k % 26)}", bool(k % 2)) for k, place in enumerate(sorted(places))]
        figure = made([140] * n, (), marks, narrow=narrow)
        figure.draw_without_rendering()
        boxes = [Text.get_window_extent(text) for text in figure.axes[0].texts]
        assert boxes
        assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
        assert all(box.y1 <= figure.bbox.y1 + 1 for box in boxes), "within the picture"


def test_neighbours_share_a_label_where_there_is_no_room() -> None:
    """Every mark stands under exactly one label, in order, in at most so many rows."""
    marks = [Mark(k // 3, chr(65 + k), False) for k in range(26)]
    found = arranged(marks, 6.0)
    assert max(row for row, _group in found) < ROWS
    under = [mark for _row, group in found for mark in group.marks]
    assert under == marks
    assert any("-" in group.text for _row, group in found)
    spread = arranged([Mark(10 * k, chr(65 + k)) for k in range(5)], 6.0)
    assert [(row, group.text) for row, group in spread] == [(0, letter) for letter in "ABCDE"]


@pytest.mark.parametrize("values", [[], [0], [200], [0, 200] * 60, [0] * 30, [200] * 30])
def test_absurd_values_are_drawn_the_same_twice(values: list[int]) -> None:
    for dark, narrow in ((False, False), (True, True)):
        first = draw(made(values, (1,) if len(values) > 1 else (), dark=dark, narrow=narrow), "svg")
        assert first == draw(made(values, (1,) if len(values) > 1 else (), dark=dark, narrow=narrow), "svg")


def test_a_standard_stands_beside_two_levels() -> None:
    """Its name keeps off the figures of the levels."""
    good = [140, 143, 138, 141, 139, 142, 137] * 2 + [164, 166, 161, 165, 163, 167, 162] * 2
    chart = p_chart(good, [N] * len(good), prime=True, rebase_at=(14,), improvement="increase")
    level = Level([0.82] * len(good), "standard 82 %")
    figure = rating(chart, [each / N for each in good], [f"M{k}" for k in range(28)], [], level, begins=(14,))
    figure.draw_without_rendering()
    boxes = [Text.get_window_extent(text) for text in figure.axes[0].texts]
    assert len(boxes) == 3
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert [a <= b for a, b in pairwise(sorted(box.x0 for box in boxes))]
