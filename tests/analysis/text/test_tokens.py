"""The words of a sentence as the scorers read them."""

import pytest

from analysis.text.tokens import tokens


@pytest.mark.parametrize(
    "text",
    [
        "It doesn't work",
        "it doesn’t work",
        "It does n't work",
        "it doesnt work",
        "it does n ' t work",
        "it doesn ' t work",
    ],
)
def test_a_contracted_not_is_opened_however_it_is_typed(text):
    assert tokens(text) == ["it", "does", "not", "work"]


def test_cannot_and_will_not():
    assert tokens("I cannot and won't; I can't") == ["i", "can", "not", "and", "will", "not", ";", "i", "can", "not"]


def test_stretched_letters_are_shortened():
    assert tokens("sooooo goooood") == ["soo", "good"]


def test_emoticons_emoji_and_marks_are_kept():
    assert tokens("Great :) 👍 !!!") == ["great", ":)", "👍", "!!!"]


def test_addresses_say_nothing():
    assert tokens("see https://example.org/a?b=c or @desk &amp; go") == ["see", "or", "go"]


def test_words_with_nt_in_them_are_left_alone():
    assert tokens("I want a different appointment") == ["i", "want", "a", "different", "appointment"]


@pytest.mark.parametrize("text", ["", "\x00\x01", "a" * 100_000, "!" * 10_000, "n't" * 1_000])
def test_odd_texts_do_no_harm(text):
    assert all(len(token) <= 10_000 for token in tokens(text))
