"""What is seen in a sentence: the same things in every trade."""

import pytest

from analysis.finding import Sentiment
from analysis.text.shapes import describe, features, plain


def seen(text, asked=None, sentiment=None):
    return describe(text, asked, sentiment).values


def test_nothing_is_seen_that_the_model_does_not_know():
    known = set(features())
    for text in ("Please add a ramp!", "Nothing.", "Being ignored", "(and more", "By opening earlier?", ""):
        assert set(seen(text, "suggestion")) <= known
    assert len(features()) == len(known)


@pytest.mark.parametrize(
    ("text", "form"), [("Longer hours", "fragment"), ("The hall was cold", "clause"), ("N/A", "only_fixed")]
)
def test_a_sentence_is_a_fragment_a_clause_or_a_fixed_phrase(text, form):
    assert form in seen(text)


def test_a_negation_turns_good_into_bad_and_bad_into_good():
    assert "bad_words" in seen("The room was not clean")
    assert "not_bad" in seen("I never felt rushed")
    assert "bad_words" not in seen("No, it was great")


def test_a_wish_in_kind_words_is_not_taken_for_praise():
    assert "good_words" not in seen("It would be great to have a map")
    assert "good_words" in seen("It was great to have a map")


def test_the_purpose_counts_together_with_the_form():
    assert "fragment|suggestion" in seen("Longer hours", "suggestion")
    assert "fragment|none" in seen("Longer hours", "a purpose from elsewhere")


def test_sentiment_is_noted_by_its_sign_and_strength():
    weak = seen("It was so", None, Sentiment("positive", 0.2, 0.5))
    strong = seen("It was so", None, Sentiment("positive", 0.9, 0.9))
    assert 0 < weak["felt_good"] < strong["felt_good"] <= 1
    assert "felt_bad" in seen("It was so", None, Sentiment("negative", -0.4, 0.5))
    assert not {"felt_good", "felt_bad"} & set(seen("It was so"))


@pytest.mark.parametrize("text", ["Don’t İgnore", "ẞ", "A\r\nB", "𝐀 İİ"])
def test_plain_text_is_as_long_as_the_text(text):
    assert len(plain(text)) == len(text)


def test_values_lie_between_nought_and_one():
    for text in ("bad " * 50, "please please should must need " * 10, "x"):
        assert all(0 <= value <= 1 for value in seen(text, "suggestion").values())
