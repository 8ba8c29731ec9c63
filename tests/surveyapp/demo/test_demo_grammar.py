"""The phrases are filled in, and every phrase that ships can be."""

import random

import pytest

from surveyapp.demo.grammar import expand, parse, sections
from surveyapp.demo.plot import improvements
from surveyapp.demo.tide import CURRENTS

WORDS = {
    "branch": "Here",
    "other": "There",
    "month": "May",
    "np": "a ramp",
    "vp": "fix it",
    "bad": "it broke",
    "praised": "Good",
}


def all_of(line, tries=200, words=WORDS):
    rng = random.Random(1)
    return {expand(parse(line), words, rng) for _ in range(tries)}


def test_alternatives_nest_and_may_be_empty():
    assert all_of("[more|a few [big|small]|] lockers") == {
        "more lockers",
        "a few big lockers",
        "a few small lockers",
        "lockers",
    }


def test_slots_are_the_callers_words_first():
    assert all_of("{np} at {branch}, please") == {"a ramp at Here, please"}


def test_no_space_stays_before_a_stop_where_an_alternative_was_empty():
    assert all_of("queued [for|] [ages|], then left [now|] .") >= {"queued, then left."}


@pytest.mark.parametrize("line", ["[a|b", "a|b]", "a [b|[c]"])
def test_brackets_that_do_not_match_are_refused(line):
    with pytest.raises(ValueError, match=r"[Bb]racket"):
        parse(line)


def test_an_unknown_slot_is_an_error_and_no_gap():
    with pytest.raises(KeyError):
        expand(parse("the {wombat}"), WORDS, random.Random(1))


def test_every_phrase_that_ships_fills_in_without_a_bracket_left():
    rng = random.Random(3)
    for section, fields in sections().items():
        for name, phrases in fields.items():
            for phrase in phrases:
                text = expand(phrase, WORDS, rng)
                assert text, (section, name)
                assert not set("[]{}") & set(text), (section, name, text)


def test_sentences_are_as_many_as_the_letters_of_their_field():
    rng = random.Random(4)
    for section, fields in sections().items():
        for name in fields:
            if set(name) <= set("SCPNO"):
                for phrase in fields[name]:
                    assert len(expand(phrase, WORDS, rng).split("||")) == len(name), (section, name)


def test_every_need_of_the_plot_can_be_written_about(today):
    rng = random.Random(5)
    keys = {wish.key for wish in improvements(today)}
    assert keys == set(CURRENTS)
    for key in keys:
        fields = sections()[f"need.{key}"]
        assert {"np", "vp", "bad", "S", "C", "CS", "P"} <= set(fields) | ({"CS"} if "SC" in fields else set())
        for name in ("np", "vp", "bad"):
            assert len({expand(phrase, WORDS, rng) for phrase in fields[name] for _ in range(100)}) >= 15, (key, name)
