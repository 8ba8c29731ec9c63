"""Branches compared: a small one strays by luck, a large one does not."""

import numpy as np
import pytest

from analysis.stats.funnel import funnel, limits


def test_limits_narrow_with_the_number_of_answers():
    found = funnel([80, 800, 8000], [100, 1000, 10000])
    assert found.centre == pytest.approx(0.8)
    assert (np.diff(found.upper - found.lower) < 0).all()
    assert ((found.lower < found.inner_lower) & (found.inner_upper < found.upper)).all()


def test_the_same_share_is_luck_in_a_small_branch_and_none_in_a_large_one():
    found = funnel([7, 700, 8000, 8000], [10, 1000, 10000, 10000])
    assert found.outside.tolist() == [False, True, False, False]
    assert found.direction == ("", "concern", "", "")


def test_outside_is_better_or_worse_by_what_is_wished():
    counts, sizes = [950, 8000, 8000, 8000], [1000, 10000, 10000, 10000]
    assert funnel(counts, sizes).direction[0] == "improvement"
    assert funnel(counts, sizes, improvement="decrease").direction[0] == "concern"
    assert funnel(counts, sizes, improvement="neutral").direction[0] == "change"


def test_branches_that_differ_by_luck_alone_are_hardly_ever_named():
    rng = np.random.default_rng(5)
    sizes = rng.integers(20, 2000, 40)
    named = sum(funnel(rng.binomial(sizes, 0.7), sizes).outside.sum() for _ in range(100))
    assert named <= 12


def test_usual_differences_widen_the_limits_and_an_odd_branch_still_stands_out():
    rng = np.random.default_rng(6)
    sizes = np.full(30, 5000)
    shares = rng.normal(0.7, 0.03, 30)
    shares[0] = 0.4
    counts = np.round(shares * sizes)
    assert funnel(counts, sizes, allow_differences=False).outside.sum() > 10
    assert np.flatnonzero(funnel(counts, sizes).outside).tolist() == [0]


def test_a_branch_nobody_answered_in_has_no_value_and_is_not_named():
    found = funnel([0, 5, 7], [0, 10, 10])
    assert np.isnan([found.shares[0], found.lower[0], found.upper[0]]).all()
    assert not found.outside[0]


def test_no_branches_and_no_answers_at_all():
    assert funnel([], []).shares.size == 0
    assert np.isnan(funnel([0, 0], [0, 0]).centre)


def test_everybody_happy_everywhere_leaves_nothing_to_compare():
    found = funnel([10, 20], [10, 20])
    assert found.centre == 1
    assert not found.outside.any()


def test_limits_stay_possible_with_two_answers():
    lower, upper = limits(np.array([1.0, 2.0]), 0.95, 3.09)
    assert (lower >= 0).all()
    assert (upper <= 1).all()


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="length"):
        funnel([1], [1, 2])
    with pytest.raises(ValueError, match="between 0"):
        funnel([3], [2])
