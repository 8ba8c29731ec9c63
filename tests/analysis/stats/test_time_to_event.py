"""How long until something happens: agreement with R, and outcomes that compete."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from analysis.stats.time_to_event import competing, kaplan_meier

SAMPLES = json.loads((Path(__file__).parent / "reference" / "km.json").read_text())["samples"]


def numbers(values):
    return np.array([math.nan if v is None else v for v in values], dtype=float)


@pytest.mark.parametrize("sample", SAMPLES, ids=[s["id"] for s in SAMPLES])
def test_waits_agree_with_r(sample):
    found = kaplan_meier(sample["days"], sample["observed"], sample["at"])
    for name in ("survival", "lower", "upper"):
        np.testing.assert_allclose(getattr(found, name), numbers(sample[name]), rtol=1e-9)
    np.testing.assert_allclose(found.median, numbers([sample["median"]])[0], rtol=1e-9)


def test_a_wait_that_ends_on_the_day_asked_for_has_ended():
    assert kaplan_meier([30, 31], [1, 1], at=(29, 30, 31)).survival.tolist() == [1, 0.5, 0]


def test_the_order_of_the_waits_does_not_matter():
    days, observed = [5, 3, 9, 3, 7, 1], [1, 0, 1, 1, 0, 1]
    back = kaplan_meier(days[::-1], observed[::-1], at=(4, 8))
    assert kaplan_meier(days, observed, at=(4, 8)).survival.tolist() == back.survival.tolist()


def test_nothing_ended_means_nobody_knows_when():
    found = kaplan_meier([10, 20, 30], [0, 0, 0])
    assert found.survival.tolist() == [1, 1, 1, 1]
    assert np.isnan(found.lower).all()
    assert math.isnan(found.median)


def test_no_waits_at_all():
    found = kaplan_meier([], [])
    assert np.isnan(found.survival).all()
    assert np.isnan(competing([], [], []).done).all()


def test_without_declines_and_large_improvements_competing_is_kaplan_meier():
    days, observed = SAMPLES[1]["days"], SAMPLES[1]["observed"]
    found = competing(days, observed, range(len(days)))
    np.testing.assert_allclose(found.open, kaplan_meier(days, observed).survival, rtol=1e-12)
    assert set(found.declined) == {0.0}


def test_declined_is_not_open():
    """Four mentions: one done on day 10, two declined on day 20, one still open. Censoring the declined reads 1/4 too."""
    found = competing([10, 20, 20, 200], [1, 2, 2, 0], [1, 2, 2, 3], at=(9, 10, 30))
    assert found.done.tolist() == [0, 0.25, 0.25]
    assert found.declined.tolist() == [0, 0, 0.5]
    assert found.open.tolist() == [1, 0.75, 0.25]


def test_what_was_declined_can_no_longer_be_done():
    """A wish declined early leaves fewer to be done: half, where censoring it would read all of them."""
    assert competing([5, 30], [2, 1], [1, 2], at=(60,)).done[0] == 0.5
    assert kaplan_meier([5, 30], [0, 1], at=(60,)).survival[0] == 0


def test_three_shares_add_up_and_lie_inside_their_bands():
    rng = np.random.default_rng(3)
    group = rng.integers(0, 40, 500)
    found = competing(rng.integers(1, 300, 500), rng.integers(0, 3, 500), group)
    np.testing.assert_allclose(found.done + found.declined + found.open, 1)
    for kind in ("done", "declined", "open"):
        share, low, high = (getattr(found, kind + end) for end in ("", "_lower", "_upper"))
        assert ((low <= share) & (share <= high) & (low >= 0) & (high <= 1)).all()


def test_one_large_improvement_tells_less_than_many_small_ones():
    days, outcome = [20] * 100, [1] * 60 + [0] * 40
    small = competing(days, outcome, range(100), at=(30,))
    large = competing(days, outcome, [0] * 60 + list(range(1, 41)), at=(30,))
    assert large.done_upper[0] - large.done_lower[0] > 1.5 * (small.done_upper[0] - small.done_lower[0])


def test_one_improvement_alone_has_no_band():
    found = competing([10, 20], [1, 1], ["a", "a"], at=(15,))
    assert found.done[0] == 0.5
    assert math.isnan(found.done_lower[0])


def test_bands_are_the_same_every_time_and_whatever_the_improvements_are_called():
    days, outcome, group = [10, 20, 30, 40, 50], [1, 2, 0, 1, 1], [1, 1, 2, 3, 4]
    named = ["d", "d", "c", "b", "a"]
    np.testing.assert_allclose(competing(days, outcome, group).done_upper, competing(days, outcome, named).done_upper)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        kaplan_meier([-1], [1])
    with pytest.raises(ValueError, match="length"):
        kaplan_meier([1, 2], [1])
    with pytest.raises(ValueError, match="length"):
        competing([1, 2], [1, 1], [1])
    with pytest.raises(ValueError, match="outcome is"):
        competing([1], [3], [1])
