"""Sentences become text as typed, and each can be found again in it."""

import random

import pytest

from surveyapp.demo.comments import Part
from surveyapp.demo.pen import write
from surveyapp.demo.typos import mistype
from surveyapp.demo.voices import VOICES, choose, say

PARTS = [
    Part("praise", None, "the staff were kind"),
    Part("complaint", "showers", "the showers were cold on Monday"),
    Part("suggestion", "showers", "please turn up the hot water"),
    Part("suggestion", "lockers", "lockers that lock"),
    Part("suggestion", "cafe", "soup in winter"),
]
BY_NAME = {voice.name: voice for voice in VOICES}


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
def test_sentences_stand_apart_in_order_and_cover_the_text(voice):
    for seed in range(60):
        draft = write(PARTS, voice, random.Random(seed))
        assert [span.kind for span in draft.spans] == [part.kind for part in PARTS]
        assert draft.text[: draft.spans[0].start] in ("", "- ", "1. ")
        assert draft.spans[-1].end == len(draft.text)
        for span, after in zip(draft.spans, draft.spans[1:], strict=False):
            assert span.start < span.end <= after.start
            assert not any(letter.isupper() for letter in draft.text[span.end : after.start])
        assert all(draft.text[span.start : span.end].strip() for span in draft.spans)


def test_a_plain_voice_writes_sentences_and_a_shouter_capitals():
    rng = random.Random(2)
    assert (
        say(BY_NAME["business"], "i think the pool is cold", "complaint", rng, last=False)
        == "I think the pool is cold."
    )
    assert say(BY_NAME["shouter"], "the pool is cold", "complaint", rng, last=True).startswith("THE POOL")


def test_a_question_keeps_its_mark():
    assert (
        say(BY_NAME["business"], "any chance of soup?", "suggestion", random.Random(1), last=True)
        == "Any chance of soup?"
    )


def test_unhappy_people_are_more_often_annoyed():
    def annoyed(csat):
        rng = random.Random(5)
        return sum(choose(rng, csat).name in ("annoyed", "shouter") for _ in range(2000))

    assert annoyed(1) > 3 * annoyed(5)


def test_nobody_errs_at_no_rate_and_most_do_at_a_high_one():
    text = "the swimming lessons were cancelled because nobody told anyone"
    assert mistype(text, 0.0, random.Random(1)) == text
    assert sum(mistype(text, 0.2, random.Random(seed)) != text for seed in range(50)) > 40


def test_short_words_and_numbers_are_spelt_right():
    assert mistype("a 2 at 17:30 we go", 1.0, random.Random(1)) == "a 2 at 17:30 we go"
