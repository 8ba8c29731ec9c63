"""What the screen says of an impact."""

from datetime import date

import numpy as np
import pytest

from analysis.stats.impact import Impact, measure
from analysis.stats.reading import by_luck, reading

MAY = date(2026, 5, 1)


def impact(low, high, verdict, *, observed=100, expected=100.0):
    return Impact((low * high) ** 0.5, low, high, 0.5, verdict, observed, expected, 6)


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (impact(0.4, 0.7, "fell"), "Helped"),
        (impact(1.3, 1.9, "rose"), "Got worse"),
        (impact(0.85, 1.2, "no clear change"), "No real change"),
        (impact(0.82, 0.97, "fell"), "No real change"),
        (impact(0.5, 1.6, "no clear change"), "Can't tell: too few comments"),
        (impact(0.7, 1.6, "no clear change"), "No real change"),
        (impact(0.7, 1.6, "no clear change", observed=30, expected=29.0), "Can't tell: too few comments"),
        (impact(0.6, 0.99, "fell"), "Helped"),
        (impact(0.1, 0.9, "fell", observed=0, expected=3.0), "Can't tell: too few comments"),
        (None, "Can't tell: too few comments"),
    ],
)
def test_each_finding_has_its_word(found, word):
    assert reading(found, MAY).word == word


def test_too_early_says_when_to_look_again():
    said = reading(impact(0.2, 2.0, "too early"), date(2026, 11, 1))
    assert said.word == "Too early"
    assert said.look_again == date(2027, 2, 1)


def go_on(per_month):
    rng = np.random.default_rng(3)
    others = rng.poisson(rng.gamma(2, 10, 60)[:, None] * np.ones(24))
    return measure(np.vstack([per_month, others]), np.full(24, 2000), np.array([12] + [-1] * 60))[0]


def test_mentions_that_go_on_as_before_are_no_real_change():
    assert reading(go_on(np.tile([29, 31], 12)), MAY).word == "No real change"


def test_three_comments_cannot_tell():
    few = np.zeros(24, int)
    few[[4, 9, 11]] = 1
    assert reading(go_on(few), MAY).word == "Can't tell: too few comments"


def test_of_forty_judged_about_one_looks_helpful_by_luck():
    assert by_luck(40) == 1
