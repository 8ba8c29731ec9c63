"""Intervals for shares and rates, against published figures and at their edges."""

import math
from collections import Counter

import numpy as np
import pytest

from analysis.stats.intervals import byar, difference, mean, wilson


@pytest.mark.parametrize(
    ("events", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_newcombe_s_published_figures(events, of, low, high):
    """Newcombe (1998), Statistics in Medicine 17, table I."""
    assert wilson(events, of) == pytest.approx((low, high), abs=5e-5)


def test_nobody_and_everybody_are_the_ends_and_mirror_each_other():
    assert wilson(0, 7)[0] == 0.0
    assert wilson(7, 7)[1] == 1.0
    low, high = wilson(2, 7)
    assert wilson(5, 7) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1.0)],
)
def test_differences_of_shares_are_newcombe_s(now, before, low, high):
    """Newcombe (1998), Statistics in Medicine 17, 873-890, method 10."""
    assert difference(*now, *before) == pytest.approx((low, high), abs=5e-5)


def test_a_rate_s_interval_is_near_the_exact_one():
    """Exact Poisson limits for 10 events are 4.795 and 18.390."""
    low, high = byar(10, 1.0)
    assert low == pytest.approx(4.795, rel=0.01)
    assert high == pytest.approx(18.390, rel=0.01)
    assert byar(10, 1000.0) == pytest.approx((low / 1000, high / 1000))
    assert byar(0, 5.0)[0] == 0.0


def test_nothing_counted_is_no_interval():
    assert all(math.isnan(x) for x in (*wilson(0, 0), *byar(0, 0), *difference(1, 2, 0, 0), *difference(0, 0, 1, 2)))


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="between 0"):
        wilson(3, 2)
    with pytest.raises(ValueError, match="negative"):
        byar(-1, 1)


@pytest.mark.parametrize("n", [10, 30, 100])
@pytest.mark.parametrize(
    "shares", [(0.02, 0.03, 0.1, 0.35, 0.5), (0.05, 0.1, 0.2, 0.35, 0.3), (0.3, 0.05, 0.05, 0.1, 0.5)]
)
def test_the_mean_s_interval_holds_the_truth(shares, n):
    """In at least 93 of 100 samples, however skewed or split the answers are."""
    draw, truth = np.random.default_rng(5), float(np.dot(shares, range(1, 6)))
    held = 0
    for _sample in range(1_000):
        low, high = mean(Counter(draw.choice(5, size=n, p=shares) + 1), 1, 5)
        held += low <= truth <= high
    assert held >= 930


def test_ten_equal_answers_are_not_certain():
    low, high = mean({5: 10}, 1, 5)
    assert (low < 4.5, high) == (True, 5)
    assert mean({5: 1000}, 1, 5)[0] > 4.9


def test_a_mean_of_nothing_and_off_the_scale():
    assert all(map(math.isnan, mean({}, 1, 5)))
    for counts in ({0: 3}, {6: 3}, {3: -1}):
        with pytest.raises(ValueError, match="scale"):
            mean(counts, 1, 5)
