"""What moves the rating: themes that lower it, raise it, or only seem to."""

import numpy as np
import pytest

from analysis.stats.drivers import drivers

NAMES = ["waiting", "staff", "parking", "food"]


def answers(n=3000, effects=(-0.8, 0.6, -0.7, 0.0), shares=(0.3, 0.4, 0.03, 0.3), seed=2):
    """Return ratings and themes of a service where waiting annoys, staff please, and parking rarely comes up."""
    rng = np.random.default_rng(seed)
    themes = rng.random((n, len(shares))) < shares
    return 3.5 + themes @ np.array(effects) + rng.normal(0, 1, n), themes


def test_each_theme_finds_its_field():
    fields = {d.theme: d.field for d in drivers(*answers(), NAMES)}
    assert fields == {"waiting": "fix first", "staff": "keep up", "parking": "watch", "food": "leave"}


def test_how_often_and_how_much_come_with_bounds():
    waiting = drivers(*answers(), NAMES)[0]
    assert waiting.share_low < 0.3 < waiting.share_high
    assert waiting.low < -0.8 < waiting.high
    assert waiting.high - waiting.low < 0.3
    assert waiting.mentions == answers()[1][:, 0].sum()


def test_a_theme_of_a_bad_branch_does_not_stand_for_the_branch():
    rng = np.random.default_rng(3)
    branch = rng.integers(0, 2, 4000)
    themes = np.column_stack([rng.random(4000) < np.where(branch == 1, 0.5, 0.1), rng.random(4000) < 0.3])
    ratings = 4 - 1.5 * branch + rng.normal(0, 1, 4000)
    assert drivers(ratings, themes, ["lifts", "food"])[0].field == "fix first"
    assert drivers(ratings, themes, ["lifts", "food"], branch=branch)[0].field == "leave"


def test_nor_for_the_month_when_branches_have_their_own_months():
    rng = np.random.default_rng(4)
    month = rng.integers(0, 12, 4000)
    branch = np.where(rng.random(4000) < 0.7, month % 3, rng.integers(0, 3, 4000))
    themes = (rng.random(4000) < np.where(month == 5, 0.8, 0.1))[:, None]
    ratings = 4 - 2.0 * (month == 5) + 0.5 * branch + rng.normal(0, 1, 4000)
    found = drivers(ratings, themes, ["heat"], branch=[f"b{b}" for b in branch], month=month)[0]
    assert found.low < 0 < found.high


def test_themes_that_come_together_are_told_apart():
    rng = np.random.default_rng(5)
    queue = rng.random(5000) < 0.3
    phone = np.where(rng.random(5000) < 0.7, queue, rng.random(5000) < 0.3)
    ratings = 4 - queue + rng.normal(0, 1, 5000)
    found = drivers(ratings, np.column_stack([queue, phone]), ["queue", "phone"])
    assert found[0].field == "fix first"
    assert abs(found[1].difference) < 0.15


def test_bounds_hold_the_truth_about_as_often_as_they_say():
    rng = np.random.default_rng(6)
    held = []
    for seed in range(40):
        effects = rng.normal(0, 0.4, 8)
        ratings, themes = answers(400, effects, np.full(8, 0.1), seed)
        found = drivers(ratings, themes, [str(k) for k in range(8)])
        held += [d.low <= e <= d.high for d, e in zip(found, effects, strict=True)]
    assert np.mean(held) > 0.92


def test_a_theme_with_nine_ratings_is_too_few_to_tell():
    ratings, themes = answers()
    themes[:, 2] = np.arange(len(themes)) < 9
    parking = drivers(ratings, themes, NAMES)[2]
    assert parking.field == "too few to tell"
    assert np.isnan(parking.difference)
    assert parking.mentions == 9


def test_comments_without_a_rating_are_left_out():
    ratings, themes = answers(2000)
    gaps = [None if k % 2 else float(r) for k, r in enumerate(ratings)]
    assert drivers(gaps, themes, NAMES) == drivers(ratings[::2], themes[::2], NAMES)


def test_the_same_data_give_the_same_bounds():
    assert drivers(*answers(1000), NAMES) == drivers(*answers(1000), NAMES)


def test_no_ratings_and_equal_ratings_say_nothing():
    assert {d.field for d in drivers([], np.zeros((0, 4)), NAMES)} == {"too few to tell"}
    _, themes = answers(300)
    assert "fix first" not in {d.field for d in drivers(np.full(300, 4.0), themes, NAMES)}


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="reshape"):
        drivers([1, 2], np.zeros((2, 3)), NAMES)
    with pytest.raises(ValueError, match="every rating"):
        drivers([1, 2], np.zeros((2, 4)), NAMES, branch=[1])
