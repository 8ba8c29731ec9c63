"""What moved beyond luck this week: told soon, once, and hardly ever without reason."""

import numpy as np
import pytest

from analysis.stats.early_warning import alarms, noticed


def usual(weeks=60, seed=7, share=0.1):
    """Return counts and comments of weeks in which nothing happens."""
    rng = np.random.default_rng(seed)
    comments = rng.poisson(400, weeks)
    return rng.binomial(comments, share), comments


def test_years_in_which_nothing_happens_are_quiet():
    told = sum(len(alarms(*usual(weeks=104, seed=s))) for s in range(40))
    assert told <= 10


def test_a_theme_that_doubles_is_noticed_within_weeks_with_the_weeks_of_its_move():
    counts, comments = usual()
    counts[50:] *= 2
    first = alarms(counts, comments)[0]
    assert first.direction == "more"
    assert 46 <= first.since <= 50
    assert 50 <= first.week <= 53
    assert first.observed > 1.3 * first.expected
    assert first.comments == comments[first.since : first.week + 1].sum()


def test_a_theme_that_goes_away_is_noticed_too():
    counts, comments = usual()
    counts[50:] //= 3
    assert alarms(counts, comments)[0].direction == "less"


def test_more_comments_are_no_more_of_the_theme():
    counts, comments = usual()
    counts[50:] *= 3
    comments[50:] *= 3
    assert not alarms(counts, comments)


def test_one_odd_week_alone_is_not_told():
    counts, comments = usual()
    counts[50] *= 3
    assert not alarms(counts, comments)


def test_what_stays_high_is_told_once():
    counts, comments = usual(weeks=90)
    counts[50:] *= 2
    assert len(alarms(counts, comments)) == 1


def test_what_comes_back_is_told_again():
    counts, comments = usual(weeks=110)
    counts[50:80] *= 2
    assert [a.direction for a in alarms(counts, comments)] == ["more", "less"]


def test_only_this_week_s_alarm_is_news():
    counts, comments = usual()
    counts[50:] *= 2
    week = alarms(counts, comments)[0].week
    assert noticed(counts[: week + 1], comments[: week + 1]) is not None
    assert noticed(counts[: week + 2], comments[: week + 2]) is None


def test_three_mentions_of_something_rare_are_no_news():
    comments = np.full(40, 300)
    counts = np.zeros(40, dtype=int)
    counts[-2:] = [1, 2]
    assert not alarms(counts, comments)


def test_too_short_a_past_says_nothing():
    assert not alarms([1] * 9 + [90], [100] * 10)
    assert alarms([], []) == []
    assert noticed([], []) is None


def test_weeks_without_comments_are_passed_over():
    counts, comments = usual()
    counts[50:] *= 2
    counts[52] = comments[52] = 0
    assert alarms(counts, comments)[0].week in (53, 54, 51)
    assert not alarms(np.zeros(30, dtype=int), np.zeros(30, dtype=int))


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="length"):
        alarms([1, 2], [10])
    with pytest.raises(ValueError, match="as many mentions as comments"):
        alarms([11], [10])
