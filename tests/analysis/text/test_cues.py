"""Each turn of phrase finds its examples and leaves its near-misses alone."""

import re

import pytest

from analysis.text import asking, cues

EXAMPLES = [(cue, text, True) for cue in cues.cues() for text in cue.yes]
EXAMPLES += [(cue, text, False) for cue in cues.cues() for text in cue.no]


def found(cue, text):
    words = [token[0] for token in asking.tokens(text)]
    return cue.name in (cues.find_fixed(text, words) if cue.first else cues.find(text, words))


@pytest.mark.parametrize(
    ("cue", "text", "expected"), EXAMPLES, ids=lambda value: getattr(value, "name", str(value))[:40]
)
def test_a_cue_finds_its_examples_and_nothing_else(cue, text, expected):
    assert found(cue, text) is expected


def test_every_cue_has_an_example():
    assert [cue.name for cue in cues.cues() if not cue.yes] == []


def test_fixed_phrases_do_not_overlap_and_praise_comes_before_asking():
    text = "it could not have been better"
    assert list(cues.find_fixed(text, text.split())) == ["no_fault"]


def test_patterns_do_not_repeat_without_bound_inside_a_repetition():
    nested = re.compile(r"\([^()]*[+*]\)[+*]")
    assert [cue.name for cue in cues.cues() if nested.search(cue.pattern.pattern)] == []
