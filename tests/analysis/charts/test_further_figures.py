"""Figures as they are drawn: labels never lie on each other, and the same data give the same bytes."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.charts.branches import branches
from analysis.charts.fields import Spot, fields
from analysis.charts.grid import Row as GridRow
from analysis.charts.grid import grid
from analysis.charts.lines import Line, lines
from analysis.charts.rows import Row, rows
from analysis.charts.stacked import apart, stacked
from analysis.charts.style import draw
from analysis.charts.waits import waits
from analysis.stats.funnel import funnel

CORNERS = ("Fix first", "Keep up", "Watch", "Leave")


def crowd(seed: int, n: int = 24) -> list[Spot]:
    """Themes with long names close to each other."""
    rng = random.Random(seed)
    names = ("Changing rooms", "Price and value", "Being listened to", "Opening hours", "Manner of staff", "Pool")
    kinds = ("fix first", "keep up", "watch", "leave")
    return [
        Spot(f"{names[k % 6]} {k}", rng.uniform(0.04, 0.2), rng.uniform(-9, 5), kinds[rng.randrange(4)])
        for k in range(n)
    ]


def overlaps(made: Figure) -> list[tuple[str, str]]:
    """Every pair of labels whose boxes lie on each other."""
    made.draw_without_rendering()
    texts = [text for text in made.axes[0].texts if text.get_text()]
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in texts]
    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("narrow", [False, True])
def test_labels_of_a_crowded_map_never_overlap(seed: int, narrow: bool) -> None:
    made = fields(crowd(seed), CORNERS, ("often", "rating"), narrow=narrow)
    assert overlaps(made) == []
    assert len(made.axes[0].texts) > 8, "the corners and some themes are named"


def test_the_branch_outside_is_always_named() -> None:
    sizes = [200] * 30
    good = [140 + k % 5 for k in range(29)] + [60]
    names = [f"A branch with a long name {k}" for k in range(30)]
    for narrow in (False, True):
        made = branches(funnel(good, sizes), sizes, names, ("answers", "good"), narrow=narrow)
        assert overlaps(made) == []
        assert names[29] in {text.get_text() for text in made.axes[0].texts}


def test_the_same_data_give_the_same_bytes() -> None:
    assert draw(fields(crowd(1), CORNERS, ("a", "b")), "svg") == draw(fields(crowd(1), CORNERS, ("a", "b")), "svg")


def test_stacked_labels_keep_apart() -> None:
    heights = apart([0.1, 0.1, 0.1, 5.0], 1.0)
    assert all(high - low >= 1 for low, high in pairwise(heights))


@pytest.mark.parametrize("n", [0, 1, 120])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_one_month_and_ten_years_can_be_drawn(n: int, dark: bool) -> None:
    """Also what is not known, and absurd values."""
    months = [f"M{k}" for k in range(n)]
    share = [None if k % 7 == 3 else 0.3 for k in range(n)]
    figures = [
        stacked([("kept", "good", [1.0] * n), ("late", "poor", [0.0] * n)], months, dark=dark),
        rows([Row("Pool", share), Row("A" * 200, [None] * n)], months, dark=dark, narrow=True),
        lines([Line("Income", [None if s is None else 1e12 for s in share], str, 5.0, "standard 5")], months, dark=dark),
        waits([(0.0, 0.0, 1.0), None, (0.3, 0.3, 0.4)], ["30", "60", "90"], ("a", "b", "c"), "not yet", dark=dark),
        fields([Spot("All", 1.0, 1e6, "fix first")] * min(n, 1), CORNERS, ("a", "b"), dark=dark),
        branches(funnel([0] * min(n, 1), [1] * min(n, 1)), [1] * min(n, 1), ["A"] * min(n, 1), ("a", "b"), dark=dark),
    ]  # fmt: skip
    for made in figures:
        assert draw(made, "svg").startswith(b"<?xml")


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("n", [0, 1, 16])
def test_a_grid_names_every_row_once_and_draws_the_same_twice(n: int, narrow: bool) -> None:
    """Marks differ by shape; a month that was not judged has none."""
    states = ["met", "missed", "few", ""] * 6
    some = [GridRow(f"Standard {k} with a name that is too long to stand beside its row", states) for k in range(n)]
    made = grid(some, [f"M{k}" for k in range(24)], narrow=narrow)
    (axes,) = made.axes
    named = [text.get_text() for text in (axes.texts if narrow else axes.get_yticklabels())]
    assert len(named) == n
    assert all(name.endswith("…") for name in named)
    marks = {line.get_marker(): len(line.get_xdata()) for line in axes.lines if line.get_marker() != "None"}
    assert marks == ({"o": 6, "X": 6, ".": 6} if n else {})
    again = grid(some, [f"M{k}" for k in range(24)], narrow=narrow)
    assert draw(made, "svg") == draw(again, "svg")


def test_nothing_known_looks_like_the_other_charts_do() -> None:
    """Without a panel there is still no box around it, and in the dark the paper is dark."""
    (axes,) = lines([], ["May", "June"], dark=True).axes
    assert not axes.spines["top"].get_visible()
    assert axes.get_facecolor() == axes.figure.get_facecolor()


def test_no_scale_goes_below_nobody() -> None:
    """A year of 0 % does not need -80 %; a loss does."""
    flat, loss = (lines([Line("x", values, "{:g}".format)], ["a", "b"]).axes[0] for values in ([0.0, 0.0], [-5.0, 1.0]))
    assert flat.get_ylim()[0] == 0
    assert loss.get_ylim()[0] < -5


def test_ten_years_of_bars_stand_close_without_outlines() -> None:
    """Hatched slivers flicker; what is open still shows."""
    for months, outlined in ((24, True), (120, False)):
        made = stacked([("open", "none", [3.0] * months)], [f"M{k}" for k in range(months)])
        bar = made.axes[0].patches[0]
        assert (bar.get_linewidth() > 0) is outlined
        assert (bar.get_facecolor() != made.axes[0].get_facecolor()) is not outlined
