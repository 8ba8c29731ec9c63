"""Turns of phrase: looking at a text's words first must not lose one that the patterns alone would find."""

import pytest

from analysis.text.tokens import tokens
from analysis.text.turns import TURNS, turns_in

SENTENCES = [
    "I had to wait",
    "You should add a ramp, it would help",
    "It could be cleaner and we might come back",
    "Nothing, it was all fine",
    "No parking",
    "no problem at all",
    "Only two toilets for a hundred people",
    "It broke after three days",
    "Again and again I was told to ring back, every time",
    "I wanted soup, got salad instead",
    "I don't know",
    "the notices go from bottom to more",
    "right now titles of more than a dozen words are cut",
    "2 of 5 lifts worked",
    "More chairs",
    "If only they answered",
    "",
    "!!!",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_look_at_the_words_finds_what_the_patterns_find(sentence):
    words = tokens(sentence)
    joined = f" {' '.join(words)} "
    plainly = {name: float(bool(pattern.search(joined))) for name, pattern in TURNS.items()}
    assert turns_in(joined, set(words)) == plainly


def test_each_turn_is_met_by_some_sentence():
    met = {
        name
        for each in SENTENCES
        for name, value in turns_in(f" {' '.join(tokens(each))} ", set(tokens(each))).items()
        if value
    }
    assert met == set(TURNS)
