"""Greetings and pointers are told from what people ask for, even where suggestions were asked for."""

from __future__ import annotations

import pytest

from analysis.text.courtesies import is_courtesy, points_back
from analysis.text.kinds import classify


@pytest.mark.parametrize(
    "text",
    [
        "Hiya.",
        "Dear team",
        "Good morning all!",
        "Kind regards",
        "Just a thought.",
        "Sorry for the essay",
        "OK so",
        "xx",
    ],
)
def test_courtesies_ask_for_nothing(text: str) -> None:
    """They are other things, whatever was asked."""
    assert is_courtesy(text)
    assert classify(text, asked="suggestion", sentiment=None).kind == "other"


@pytest.mark.parametrize("text", ["See above", "same as before.", "IDK", "I don't know", "as above!"])
def test_pointers_add_nothing(text: str) -> None:
    """They have nothing of their own to add."""
    assert points_back(text)
    assert classify(text, asked="suggestion", sentiment=None).kind == "nothing"


@pytest.mark.parametrize(
    "text",
    [
        "Morning classes",
        "A team for each ward",
        "Hello is all I ask of staff",
        "All day opening",
        "Best staff",
        "Right turn only",
        "See above the door for mould",
        "",
        "!!!",
    ],
)
def test_near_misses_are_read_as_they_are(text: str) -> None:
    """A word of greeting does not make a greeting."""
    assert not is_courtesy(text)
    assert not points_back(text)
