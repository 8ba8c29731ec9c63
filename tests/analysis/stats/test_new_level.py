"""A new level is proposed where a run lasts and the levels differ by more than the months vary; seldom by luck."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.stats.new_level import propose


def shares(
    levels: list[float], n: int = 200, wobble: tuple[int, ...] = (0, 3, -2, 4, -3, 1, -4)
) -> tuple[list[int], list[int]]:
    """Counts near each level, moved a little up and down."""
    return [round(level * n) + wobble[place % len(wobble)] for place, level in enumerate(levels)], [n] * len(levels)


@pytest.mark.parametrize(("old", "new"), [(0.7, 0.82), (0.7, 0.55)])
def test_a_step_that_lasts_is_found_where_it_began(old: float, new: float) -> None:
    found = propose(*shares([old] * 16 + [new] * 9))
    assert found is not None
    assert (found.at, found.points) == (16, 9)
    assert found.before == pytest.approx(old, abs=0.01)
    assert found.since == pytest.approx(new, abs=0.01)


@pytest.mark.parametrize(
    ("levels", "why"),
    [
        ([0.7] * 26, "nothing moved"),
        ([0.7] * 18 + [0.82] * 7, "seven months are a signal, and not yet a run that lasts"),
        ([0.7] * 10 + [0.82] * 12, "too few months before"),
        ([0.7] * 14 + [0.82] * 8 + [0.64], "it has come back"),
        ([0.7, 0.6, 0.8] * 6 + [0.73] * 9, "a step that is small beside how much the months vary"),
        ([], "no months at all"),
    ],
)  # fmt: skip
def test_what_is_not_proposed(levels: list[float], why: str) -> None:
    assert propose(*shares(levels)) is None, why


def test_what_follows_a_new_level_is_looked_at_by_itself() -> None:
    good, n = shares([0.5] * 14 + [0.7] * 13 + [0.85] * 8)
    found = propose(good, n, first=14)
    assert found is not None and found.at == 27
    assert propose(good[:27], n[:27], first=14) is None


def test_months_without_answers_are_passed_over() -> None:
    good, n = shares([0.7] * 16 + [0.85] * 10)
    good[3] = n[3] = good[20] = n[20] = 0
    found = propose(good, n)
    assert found is not None and (found.at, found.points) == (16, 9)


def test_luck_alone_hardly_ever_proposes() -> None:
    """Three years of one level, looked at every month from the second year on: at most 2 in 100 series propose anything."""
    rng = np.random.default_rng(5)
    wrong = 0
    for _each in range(100):
        n = rng.poisson(150, 36) + 1
        level = 1 / (1 + np.exp(-0.8 - 0.15 * rng.normal(size=36)))
        good = rng.binomial(n, level)
        wrong += any(propose(good[:months], n[:months]) is not None for months in range(24, 37))
    assert wrong <= 2
