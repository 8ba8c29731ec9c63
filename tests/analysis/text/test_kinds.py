"""The kind of a sentence, read as a service lead would read it. All sentences were written for these tests."""

import numpy as np
import pytest

from analysis.finding import Sentiment
from analysis.text import kinds, shapes
from analysis.text.kinds import KINDS, classify


def kind(text, asked="suggestion", felt=None):
    sentiment = Sentiment("positive" if felt > 0 else "negative", felt, 0.8) if felt else None
    return classify(text, asked=asked, sentiment=sentiment).kind


@pytest.mark.parametrize(
    "text",
    [
        "Please put a bench by the entrance.",
        "It would be nice if the room had a kettle.",
        "Could you put hooks on the changing room doors?",
        "Make the signs bigger and clearer.",
        "The lift needs fixing.",
        "Why not open the cafe on Sundays?",
        "The walls could do with a coat of paint.",
        "I'd like to see a bigger choice of soups.",
        "Add an option to pay later.",
    ],
)
@pytest.mark.parametrize("asked", ["suggestion", None])
def test_a_request_is_a_suggestion_whatever_was_asked(text, asked):
    assert kind(text, asked) == "suggestion"


@pytest.mark.parametrize(
    "text",
    ["Nothing", "N/A", "No.", "Nope", "None", "Nothing at the moment", "I can't think of anything to change on the menu",
     "No complaints from our table",
     "Nothing, it was all fine", "Not a thing", "There is nothing you could do better", "-", "..."],
)  # fmt: skip
def test_having_nothing_to_add_is_told_in_many_ways(text):
    assert kind(text) == "nothing"


@pytest.mark.parametrize(
    "text",
    ["Nothing works here.", "Nothing was explained to us.", "There was no hot water.", "None of the lifts work, it is awful.",
     "Nothing good about it, rude staff."],
)  # fmt: skip
def test_nothing_is_not_always_nothing_to_add(text):
    assert kind(text, felt=-0.5) == "complaint"


@pytest.mark.parametrize(
    "text",
    ["It could not have been better.", "I cannot fault them.", "Keep up the good work!", "Thank you to both of the guides.",
     "Nothing was too much trouble.", "Second to none."],
)  # fmt: skip
@pytest.mark.parametrize("asked", ["suggestion", "experience"])
def test_praise_in_the_shape_of_a_denial_or_an_order_stays_out_of_the_backlog(text, asked):
    assert kind(text, asked, felt=0.5) == "praise"


def test_the_purpose_of_the_question_decides_what_a_bare_noun_means():
    assert kind("More parking.", "suggestion") == "suggestion"
    assert kind("The garden and the terrace", "experience", felt=0.6) == "praise"


def test_a_complaint_stays_one_where_people_were_asked_how_it_was():
    assert kind("The staff were rude and the toilets were filthy.", "experience", felt=-0.7) == "complaint"


def test_a_request_after_a_turn_is_found_in_a_long_sentence():
    assert kind("The waiters were rude and slow; you should train them", None) == "suggestion"


def test_after_nothing_a_doubtful_remark_does_not_enter_the_backlog():
    alone = classify("Well, the door.", asked="suggestion", sentiment=None)
    after = classify("Well, the door.", asked="suggestion", sentiment=None, before="nothing")
    assert after.kind in {alone.kind, "other"}
    assert classify("Please fix the door.", asked="suggestion", sentiment=None, before="nothing").kind == "suggestion"


def test_marks_and_emoji_are_read_by_their_feeling():
    assert kind("👍👍", felt=0.8) == "praise"
    assert kind("👎", felt=-0.8) == "complaint"
    assert kind("!!!") == "nothing"
    assert kind("10") == "other"


def test_the_words_that_decided_are_given():
    found = classify("Please add a ramp.", asked=None, sentiment=None)
    assert "please" in found.because
    assert "add" in found.because


def test_confidence_is_a_probability_and_clear_requests_have_more_of_it():
    clear = classify("Please add a ramp.", asked="suggestion", sentiment=None)
    vague = classify("The ramp by the door", asked=None, sentiment=None)
    assert 0.2 < vague.confidence < clear.confidence <= 1


def test_the_weights_cover_exactly_what_can_be_seen():
    assert set(kinds._weights()) == set(shapes.features())
    assert all(len(row) == len(KINDS) and np.isfinite(row).all() for row in kinds._weights().values())


@pytest.mark.parametrize(
    "text",
    ["", " ", "a" * 100_000, "please " * 20_000, "!" * 10_000, "not " * 20_000, ", and " * 15_000, "\x00\u202e😀" * 3_000,
     "İ" * 500 + " please add a ramp", "если можно, добавьте скамейку"],
)  # fmt: skip
def test_absurd_input_is_read_without_a_stumble(text):
    found = classify(text, asked="suggestion", sentiment=None)
    assert found.kind in KINDS
    assert 0 <= found.confidence <= 1
