"""Did acting help: true falls are found, luck and the times are not taken for help, the odd input is survived."""

import numpy as np
import pytest

from analysis.stats.impact import measure


def background(rng, improvements=60, months=24, mean=4.0, level=1.0):
    """Mentions of untouched improvements at 2,000 comments a month."""
    rate = rng.gamma(0.8, mean / 0.8, improvements)
    return rng.poisson(rate[:, None] * np.ones(months) * level), np.full(months, 2000)


def with_one(rng, before, after, *, acted=12, level=1.0):
    """One improvement mentioned `before` and `after` times a month, among untouched ones that follow `level`."""
    mentions, comments = background(rng, level=level)
    own = np.where(np.arange(24) < acted, before, after)
    return np.vstack([own, mentions]), comments, np.array([acted] + [-1] * len(mentions))


def test_mentions_that_halve_while_others_go_on_fell():
    found = measure(*with_one(np.random.default_rng(1), before=20, after=10))
    assert found[0].verdict == "fell"
    assert found[0].low < 0.5 < found[0].high < 1
    assert found[0].observed == 120
    assert found[0].months == 12


def test_untouched_improvements_are_not_judged():
    found = measure(*with_one(np.random.default_rng(1), before=20, after=10))
    assert found[1:] == [None] * 60


def test_mentions_that_fall_with_everybody_elses_did_not_fall_by_acting():
    level = np.where(np.arange(24) < 12, 1.0, 0.5)
    found = measure(*with_one(np.random.default_rng(2), before=20, after=10, level=level))
    assert found[0].verdict == "no clear change"
    assert 0.8 < found[0].ratio < 1.25


def test_mentions_that_stay_while_everybody_elses_fall_rose():
    level = np.where(np.arange(24) < 12, 1.0, 0.4)
    assert measure(*with_one(np.random.default_rng(3), before=20, after=20, level=level))[0].verdict == "rose"


def test_fewer_comments_are_not_fewer_mentions():
    mentions, comments, acted = with_one(np.random.default_rng(4), before=20, after=20)
    mentions[:, 12:] //= 2
    comments[12:] //= 2
    assert measure(mentions, comments, acted)[0].verdict == "no clear change"


def test_those_chosen_at_their_worst_do_not_seem_to_be_helped():
    rng = np.random.default_rng(5)
    fell = rose = judged = 0
    for _ in range(25):
        mentions, comments = background(rng, improvements=150, mean=3.0)
        peak = mentions[:, 9:12].sum(axis=1)
        acted = np.full(150, -1)
        acted[np.argsort(-peak)[:10]] = 12
        verdicts = [i.verdict for i in measure(mentions, comments, acted) if i]
        judged += len(verdicts)
        fell += verdicts.count("fell")
        rose += verdicts.count("rose")
    assert judged == 250
    assert fell <= 12
    assert rose <= 12


def test_noisy_months_widen_the_interval():
    rng = np.random.default_rng(6)
    calm = with_one(rng, before=20, after=20)
    noisy = np.vstack([calm[0][:1], rng.poisson(calm[0][1:] * rng.gamma(2, 0.5, (60, 24)))])
    width = [i[0].high / i[0].low for i in (measure(*calm), measure(noisy, *calm[1:]))]
    assert width[1] > width[0] * 1.2


def test_two_services_have_each_their_own_times():
    rng = np.random.default_rng(7)
    first, _, acted = with_one(rng, before=20, after=20)
    second, _, also = with_one(rng, before=20, after=10, level=np.where(np.arange(24) < 12, 1.0, 0.5))
    comments = np.vstack([np.full((61, 24), 2000), np.full((61, 24), 500)])
    found = measure(np.vstack([first, second]), comments, np.concatenate([acted, also]))
    assert found[0].verdict == "no clear change"
    assert found[61].verdict == "no clear change"


@pytest.mark.parametrize(("acted", "verdict"), [(22, "too early"), (24, "too early"), (30, "too early"), (21, None)])
def test_fewer_than_three_months_after_are_too_early(acted, verdict):
    found = measure(*with_one(np.random.default_rng(8), before=20, after=20, acted=acted))[0]
    assert found.verdict == verdict or (verdict is None and found.verdict != "too early")


def test_nothing_before_is_nothing_to_compare_with():
    assert measure(*with_one(np.random.default_rng(9), before=20, after=20, acted=2))[0] is None
    assert measure(*with_one(np.random.default_rng(9), before=20, after=20, acted=0))[0] is None


def test_nobody_acted_and_nobody_mentioned_and_nobody_there():
    assert measure(np.zeros((3, 12), int), np.full(12, 100), np.full(3, -1)) == [None] * 3
    assert measure(np.zeros((0, 12), int), np.full(12, 100), np.zeros(0, int)) == []
    silent = measure(np.zeros((3, 12), int), np.full(12, 100), np.array([6, -1, -1]))[0]
    assert silent.verdict == "no clear change"
    assert silent.low < 1 < silent.high


def test_no_mention_at_all_never_says_that_mentions_rose():
    silent = measure(np.zeros((3, 24), int), np.full(24, 100), np.array([20, 18, 2]))
    assert [i and i.verdict for i in silent] == ["no clear change", "no clear change", None]
    assert silent[0].low == 0
    assert silent[0].p_value > 0.05


def test_a_steady_improvement_is_not_blamed_for_the_seasons_of_others():
    rng = np.random.default_rng(15)
    wave = np.exp(1.2 * np.sin(2 * np.pi * (np.arange(24)[None, :] + rng.integers(0, 12, 6)[:, None]) / 12))
    steady = np.full((24, 24), 15.0)
    steady[0, 12:] = 7.5
    mentions = rng.poisson(np.vstack([steady, 15 * wave]))
    found = measure(mentions, np.full(24, 2000), np.array([12] + [-1] * 29))[0]
    assert found.verdict == "fell"
    assert found.low < 0.5 < found.high


def test_everybody_acted_on_at_once_leaves_wide_intervals_and_no_claim():
    rng = np.random.default_rng(10)
    found = measure(rng.poisson(5, (12, 24)), np.full(24, 2000), np.full(12, 14))
    assert {i.verdict for i in found} == {"no clear change"}


def test_months_without_any_comment_are_survived():
    mentions, comments, acted = with_one(np.random.default_rng(11), before=20, after=10)
    mentions[:, [3, 15]] = 0
    comments[[3, 15]] = 0
    found = measure(mentions, comments, acted)[0]
    assert found.verdict == "fell"
    assert found.months == 11


def test_the_same_question_gets_the_same_answer():
    question = with_one(np.random.default_rng(12), before=9, after=6)
    assert measure(*question) == measure(*question)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="improvements, months"):
        measure(np.zeros((3, 12)), np.ones(12), np.zeros(2))
    with pytest.raises(ValueError, match="negative"):
        measure(np.full((1, 12), -1), np.ones(12), np.array([6]))
