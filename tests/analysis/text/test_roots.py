"""Words meet their inflections and spellings, and stay apart from words that only look alike."""

import pytest

from analysis.text.roots import near, root, roots, skeleton, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("queue", "queued"),
        ("delay", "delays"),
        ("charge", "charging"),
        ("tip", "tipped"),
        ("bake", "baked"),
        ("tidy", "tidied"),
        ("dirty", "dirties"),
        ("child", "children"),
        ("flavour", "flavor"),
        ("café", "cafe"),
        ("potato", "potatoes"),
        ("customer's", "customers"),
    ],
)
def test_inflections_and_spellings_fall_together(one, other):
    assert root(one) == root(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("waiter", "wait"), ("server", "serve"), ("rated", "rats"), ("evening", "even"), ("theme", "them"), ("bus", "bu")],
)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert root(one) != root(other)


def test_hyphens_part_words_and_money_is_a_word():
    assert words("The car-park took $5, that’s dear") == ["the", "car", "park", "took", "$", "5", "that’s", "dear"]
    assert roots("Queues grew") == [root("queue"), root("grew")]


def test_a_slip_keeps_the_skeleton_and_is_near():
    assert skeleton("frendly") == skeleton("friendly")
    assert near("frendly", "friendly")
    assert not near("planet", "plantain")
    assert not near("warrant", "warranty")
