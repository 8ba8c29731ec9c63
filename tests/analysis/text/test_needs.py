"""Other words for one need meet in a notion; a word of several notions counts less for each."""

from __future__ import annotations

import pytest

from analysis.text.needs import needs


@pytest.mark.parametrize(("one", "other", "notion"), [
    ("the queue was endless", "we waited for ages", "wait"), ("nobody picked up", "they never answered", "unanswered"),
    ("somewhere to leave the car a car park", "parking bays", "parking"), ("you are short staffed", "hire more staff", "short_staffed"),
])  # fmt: skip
def test_other_words_share_a_notion(one: str, other: str, notion: str) -> None:
    """No word in common is needed."""
    assert notion in needs(one.split())
    assert notion in needs(other.split())


@pytest.mark.parametrize("text", ["", "zzz", "purple elephants"])
def test_words_of_no_notion_give_none(text: str) -> None:
    """Most words name a thing and no general need."""
    assert needs(text.split()) == {}


def test_a_phrase_needs_all_its_words_in_order() -> None:
    """ "Park car" is no car park."""
    assert "follow_up" in needs(["they", "never", "heard", "from", "us"])
    assert "follow_up" not in needs(["heard", "it", "never"])


def test_a_word_listed_as_it_stands_means_that() -> None:
    """ "Staffing" is about how many, "staff" about who."""
    assert "short_staffed" in needs(["staffing"])
    assert "short_staffed" not in needs(["staff"])
    assert "choice_service" not in needs(["the", "lights", "were", "off"])


def test_the_longest_phrase_wins() -> None:
    """Fresh air is no fresh food, and a to-do list is no list."""
    assert set(needs(["more", "fresh", "air"])) == {"more", "outdoors"}


def test_what_is_wanted_counts_more_than_who_or_which_way() -> None:
    """ "More", "staff" and "ward" go with any need."""
    found = needs(["more", "parking", "for", "staff"])
    assert found["parking"] > found["staff"] > found["more"] > 0
