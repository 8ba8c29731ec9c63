"""Words that differ by a slip or an ending are alike by their letters; other words are not."""

from __future__ import annotations

import pytest

from analysis.text.letters import alike, letters


def likeness(one: str, other: str) -> float:
    return alike(frozenset(letters(one)), letters(other))


@pytest.mark.parametrize(
    ("one", "other"), [("receptionist", "recepcionist"), ("car park", "carpark"), ("activate", "activation")]
)
def test_a_slip_or_an_ending_leaves_much_alike(one: str, other: str) -> None:
    """None of these share a word."""
    assert likeness(one, other) > 0.3 > likeness(one, "cold soup")


def test_longer_agreement_counts_more() -> None:
    """Three equal letters are no evidence; a few equal words are."""
    assert likeness("tea", "tea") < likeness("more tea for everybody", "more tea for everybody") < 1


@pytest.mark.parametrize("text", ["", "!!!", "你好", "😀"])
def test_what_holds_no_latin_letters_is_like_nothing(text: str) -> None:
    """Not even like itself."""
    assert likeness(text, text) == 0


def test_apostrophes_and_case_do_not_matter() -> None:
    """As thumbs write them."""
    assert letters("Don’t") == letters("don't")
