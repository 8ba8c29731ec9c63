"""Control charts: agreement with NHSRplotthedots and qicharts2, and what is decided where those are accidental."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from analysis.stats.control_chart import p_chart, u_chart, xmr

REFERENCE = Path(__file__).parent / "reference"
XMR = json.loads((REFERENCE / "xmr.json").read_text())["series"]
P = json.loads((REFERENCE / "pchart.json").read_text())["series"]
KINDS = {"common_cause": "", "special_cause_improvement": "improvement", "special_cause_concern": "concern"}


def numbers(values):
    return np.array([math.nan if v is None else v for v in values], dtype=float)


@pytest.mark.parametrize("series", XMR, ids=[s["id"] for s in XMR])
def test_single_values_agree_with_nhsrplotthedots(series):
    options = {k: series[k] for k in ("rebase_at", "baseline", "screen", "improvement")}
    chart = xmr(series["values"], **options)
    for line in ("centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(chart, line), numbers(series[line]), rtol=1e-9)
    for flag in ("outside", "shift", "trend", "two_in_three"):
        assert getattr(chart, flag).tolist() == [bool(v) for v in series[flag]], flag
    if series["improvement"] != "neutral":
        assert list(chart.direction) == [KINDS[kind] for kind in series["kind"]]


@pytest.mark.parametrize("kind", ["p", "pp", "pp_unscreened"])
@pytest.mark.parametrize("series", P, ids=[s["id"] for s in P])
def test_proportions_agree_with_qicharts2(series, kind):
    chart = p_chart(
        series["numerators"],
        series["denominators"],
        prime=kind != "p",
        screen=kind != "pp_unscreened",
        rebase_at=series["rebase_at"],
        baseline=series["baseline"],
    )
    expected = series["expected"][kind]
    for line in ("centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(chart, line), numbers(expected[line]), rtol=1e-9)
    assert chart.outside.tolist() == [bool(v) for v in expected["outside"]]


def test_a_constant_series_has_a_centre_and_no_limits_and_nothing_to_say():
    chart = xmr([0.1] * 20)
    assert set(chart.centre) == {0.1}
    assert np.isnan(chart.lower).all()
    assert np.isnan(chart.upper).all()
    assert set(chart.signal) == {""}


def test_two_constant_levels_read_as_two_shifts_not_as_twenty_points_outside():
    chart = xmr([10] * 10 + [20] * 10)
    assert chart.lower[0] < 15 < chart.upper[0]
    assert chart.shift.all()
    assert chart.direction[0] == "concern"
    assert chart.direction[-1] == "improvement"


def test_a_missing_month_interrupts_a_rise_instead_of_stopping_the_chart():
    rising = [50, 40, 41, 42, 43, None, 44, 45, 46, 30, 35, 31, 37]
    assert not xmr(rising).trend.any()
    assert xmr([v for v in rising if v is not None]).trend.sum() == 7


def test_six_rising_months_are_no_trend_and_seven_are():
    wobble = [50, 47, 52, 48, 51, 46]
    assert not xmr([*wobble, 47, 48, 49, 50, 51, 30]).trend.any()
    assert xmr([*wobble, 47, 48, 49, 50, 51, 52, 30]).trend.sum() == 7


def test_a_shorter_run_can_be_asked_for():
    values = [1, 9, 1, 9, 1, 9, 6, 6.5, 6.2, 6.4, 6.1, 6.3, 1]
    assert not xmr(values, run=8).shift.any()
    assert xmr(values, run=6).shift.sum() >= 6


def test_the_same_move_is_better_or_worse_by_what_is_wished():
    values = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 30]
    assert xmr(values, improvement="increase").direction[-1] == "improvement"
    assert xmr(values, improvement="decrease").direction[-1] == "concern"
    assert xmr(values, improvement="neutral").direction[-1] == "change"
    assert xmr(values).signal[-1] == "outside"


def test_rebasing_starts_limits_and_runs_afresh():
    values = [10, 11, 10, 12, 11, 10, 20, 21, 20, 22, 21, 20]
    chart = xmr(values, rebase_at=[6])
    assert chart.centre[0] == pytest.approx(32 / 3)
    assert chart.centre[6] == pytest.approx(62 / 3)
    assert set(chart.signal) == {""}
    assert set(xmr(values).signal) != {""}


def test_fewer_than_twelve_values_are_marked_as_too_few():
    assert xmr(range(11)).few.all()
    assert not xmr(range(12)).few.any()
    assert xmr([*range(11), None]).few.all()


@pytest.mark.parametrize("values", [[], [3.0], [None], [None, None, 4], [1, 2]])
def test_hardly_any_data_draws_what_there_is(values):
    chart = xmr(values)
    assert len(chart.centre) == len(values)
    assert not chart.outside.any()


def test_a_month_nobody_answered_has_no_value_and_no_limits():
    chart = p_chart([1, 0, 2, 1], [10, 0, 10, 12])
    assert np.isnan([chart.values[1], chart.lower[1], chart.upper[1]]).all()
    assert not np.isnan(chart.upper[[0, 2, 3]]).any()


def test_limits_of_a_proportion_stay_possible_and_follow_the_number_of_answers():
    chart = p_chart([1, 5, 1, 90], [20, 100, 21, 1000])
    assert chart.lower.min() == 0.0
    assert chart.upper[0] > chart.upper[3]
    assert p_chart([19, 20, 20], [20, 20, 20]).upper.max() == 1.0


def test_a_rate_may_exceed_one():
    chart = u_chart([300, 310, 290, 500], [100, 100, 100, 100])
    assert chart.centre[0] == pytest.approx(3.5)
    assert chart.upper[0] == pytest.approx(3.5 + 3 * math.sqrt(3.5 / 100))
    assert chart.outside[3]


def test_prime_limits_widen_where_months_vary_more_than_luck():
    rng = np.random.default_rng(4)
    sizes = np.full(40, 5000)
    counts = rng.binomial(5000, np.clip(rng.normal(0.3, 0.05, 40), 0, 1))
    plain, prime = p_chart(counts, sizes), p_chart(counts, sizes, prime=True)
    assert plain.outside.mean() > 0.3
    assert prime.outside.mean() < 0.1


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="larger"):
        p_chart([11], [10])
    with pytest.raises(ValueError, match="negative"):
        u_chart([-1], [10])
    with pytest.raises(ValueError, match="length"):
        p_chart([1, 2], [10])
    with pytest.raises(ValueError, match="outside the series"):
        xmr([1, 2, 3], rebase_at=[3])
    with pytest.raises(ValueError, match="infinite"):
        xmr([1, math.inf])
