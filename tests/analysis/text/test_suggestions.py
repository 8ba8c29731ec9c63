"""Suggestions are quoted in the customer's own words, exactly where they stand, each once."""

import pytest

from analysis.finding import Sentence
from analysis.text.suggestions import extract


def sentence(comment, text, kind="suggestion", confidence=0.8):
    start = comment.index(text)
    return Sentence(text, start, start + len(text), kind, None, confidence)


def quoted(comment, kind="suggestion", **options):
    return [one.text for one in extract(comment, [sentence(comment, comment, kind)], **options)]


@pytest.mark.parametrize(
    ("comment", "asks"),
    [
        ("Staff were lovely but please add a ramp.", "please add a ramp"),
        ("Great stay, although the room was cold, could you fix the heater?", "could you fix the heater?"),
        ("I'd like a bigger room - the view was great", "I'd like a bigger room"),
        ("If the queue is long, please open a second till.", "If the queue is long, please open a second till"),
        ("More chairs.", "More chairs"),
        ("The soup was fine; you should offer bread with it.", "you should offer bread with it"),
    ],
)
def test_a_long_mixed_sentence_is_narrowed_to_the_clause_that_asks(comment, asks):
    assert quoted(comment) == [asks]


def test_offsets_point_at_the_words_in_the_comment():
    comment = "😀 Lovely garden.  And please, add “hooks” – thanks"
    text = "And please, add “hooks” – thanks"
    (found,) = extract(comment, [sentence(comment, text)])
    assert comment[found.start : found.end] == found.text
    assert found.text.startswith("please, add “hooks”")
    assert found.confidence == 0.8


def test_letters_that_grow_in_lower_case_do_not_shift_the_offsets():
    comment = "İİİ but the hall was cold, so please add a heater."
    (found,) = extract(comment, [sentence(comment, comment)])
    assert comment[found.start : found.end] == found.text == "please add a heater"


def test_several_suggestions_are_given_in_order_and_none_twice():
    comment = "More chairs. A bigger sign please! more chairs"
    parts = ["More chairs.", "A bigger sign please!", "more chairs"]
    found = extract(comment, [sentence(comment, part) for part in parts])
    assert [one.text for one in found] == ["More chairs", "A bigger sign please!"]


@pytest.mark.parametrize("kind", ["complaint", "praise", "nothing", "other"])
def test_other_kinds_hold_no_suggestion(kind):
    assert quoted("Take earplugs with you.", kind) == []


@pytest.mark.parametrize("comment", ["Take earplugs with you.", "If you like it quiet, ask for a room at the back."])
def test_advice_to_other_customers_counts_only_when_wanted(comment):
    assert quoted(comment, "other") == []
    assert quoted(comment, "other", count_advice=True) == [comment.rstrip(".")]


def test_a_sentence_of_marks_gives_no_quotation():
    assert quoted("...") == []


def test_a_very_long_sentence_is_quoted_whole():
    comment = "please " * 20_000 + "stop"
    assert quoted(comment) == [comment]
