"""Other words for one need meet in a notion; a word of several notions counts less for each."""

from __future__ import annotations

import pytest

from analysis.text.needs import needs
from analysis.text.stems import stems


@pytest.mark.parametrize(("one", "other", "notion"), [
    ("the queue was endless", "we waited for ages", "wait"), ("nobody picked up", "they never answered", "unanswered"),
    ("somewhere to leave the car: a car park", "parking bays", "parking"), ("you are short staffed", "hire more staff", "short_staffed"),
])  # fmt: skip
def test_other_words_share_a_notion(one: str, other: str, notion: str) -> None:
    """No word in common is needed."""
    assert notion in needs(stems(one))
    assert notion in needs(stems(other))


@pytest.mark.parametrize("text", ["", "zzz", "purple elephants"])
def test_words_of_no_notion_give_none(text: str) -> None:
    """Most words name a thing and no general need."""
    assert needs(stems(text)) == {}


def test_a_phrase_needs_all_its_words_in_order() -> None:
    """ "Park car" is no car park."""
    assert "follow_up" in needs(stems("they never heard from us"))
    assert "follow_up" not in needs(stems("heard it, never"))
