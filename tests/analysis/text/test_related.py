"""Sets of related words follow the theme that asks for them."""

from analysis.text.related import FIXED, takers, votes, word_sets
from analysis.text.roots import roots


def phrases(*entries):
    return [tuple(roots(entry)) for entry in entries]


def test_a_head_or_two_words_ask_for_a_set():
    taken = takers([phrases("food"), phrases("lager", "cider"), phrases("noisy")])
    assert (taken["dishes"].by, taken["drinks"].by) == (0, 1)
    assert "noise" not in taken


def test_a_set_within_another_goes_along_unless_somebody_asks_for_it():
    alone = takers([phrases("food")])
    assert (alone["drinks"].by, alone["drinks"].asked) == (0, False)
    asked = takers([phrases("food"), phrases("drinks")])
    assert (asked["drinks"].by, asked["drinks"].asked) == (1, True)


def test_two_that_ask_alike_get_nothing():
    assert "dishes" not in takers([phrases("food"), phrases("meal")])


def test_a_word_that_a_theme_names_is_not_voted_away():
    surely, _maybe = votes([phrases("food", "meal"), phrases("soup")])
    assert tuple(roots("soup")) not in surely
    assert surely[tuple(roots("stew"))] == frozenset({0})


def test_ambiguous_words_of_a_set_that_nobody_asked_for_do_not_vote():
    _surely, maybe = votes([phrases("food")])
    assert tuple(roots("glass")) not in maybe


def test_every_set_lies_within_one_that_exists():
    sets = word_sets()
    assert FIXED in sets
    assert all(not one.within or one.within in sets for one in sets.values())
    assert all(one.heads for name, one in sets.items() if name != FIXED)
