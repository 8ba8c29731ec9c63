"""Intervals for shares and rates, against published figures and at their edges."""

import math

import pytest

from analysis.stats.intervals import byar, difference, wilson


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
