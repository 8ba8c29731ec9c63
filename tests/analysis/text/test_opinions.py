"""Opinion words in context."""

import pytest

from analysis.text.lexicon import opinion_words
from analysis.text.opinions import opinions
from analysis.text.tokens import tokens


def balance(text: str) -> float:
    found = opinions(tokens(text))
    return sum(hit.value for hit in [*found.ours, *found.borrowed])


@pytest.mark.parametrize(
    "text",
    ["The staff were lovely", "no problems at all", "It never fails", "could not be happier", "not bad", "a dream, to die for",
     "excelent servise", "I highly recommend it", "can't wait to come back", "not only good but great"],
)  # fmt: skip
def test_good_words_and_turns(text):
    assert balance(text) > 0


@pytest.mark.parametrize(
    "text",
    ["The food was awful", "not very friendly", "nobody was helpful or kind, dreadful", "It stopped working after a week",
     "too good to be true", "a great disappointment",
     "I do not think that they were at all helpful", "none of the staff seemed kind", "far from perfect", "highly unrecommended", "3/10",
     "I will be returning it", "below average",
     "could be better", "a waste of money", "we will not go back", "very dissapointed", "it does not work well", "without any good reason"],
)  # fmt: skip
def test_bad_words_and_turns(text):
    assert balance(text) < 0


@pytest.mark.parametrize("text", ["I parked as well as he did", "kind of blue", "The table is round", ""])
def test_words_that_only_look_like_opinions(text):
    assert opinions(tokens(text)).ours == []


def test_emphasis_and_doubt_change_the_strength():
    assert balance("extremely rude") < balance("rude") < balance("slightly rude")


def test_a_wish_is_worth_less_than_the_thing():
    assert balance("the room should be clean") < balance("the room is clean")


def test_the_last_contrast_is_found():
    words = tokens("Good food but slow service")
    assert words[opinions(words).contrast] == "but"


def test_words_are_inflected_by_their_class():
    words = opinion_words()
    for form in (
        "disappoints",
        "disappointed",
        "disappointing",
        "beautifully",
        "tastier",
        "delays",
        "bullies",
        "dragging",
    ):
        assert words.strength(form), form
    assert words.strength("kindly") < words.strength("kind")
    assert words.strength("table") == 0


def test_the_longest_phrase_wins():
    found = opinions(tokens("do not recommend"))
    assert [hit.word for hit in found.ours] == ["do not recommend"]
