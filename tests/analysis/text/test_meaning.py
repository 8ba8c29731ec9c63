"""With the optional extra, other words for one need are found by what they mean; without it, nothing changes."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.text import grouping, meaning
from analysis.text.grouping import MentionIndex

needs_the_extra = pytest.mark.skipif(not meaning.installed(), reason="the extra `semantic` is not installed")
FIRST, LAST = 101, 102


@pytest.mark.parametrize(("text", "count"), [
    ("", 0), ("more chairs", 2), ("More chairs!", 3), ("caf\u00e9 chairs", 2), ("it's", 3), ("zzzz\u4f60" * 60, None), ("a " * 5_000, 126),
])  # fmt: skip
def test_text_is_cut_into_known_pieces(text: str, count: int | None) -> None:
    """Both ends are marked, case and accents do not matter, and long texts are cut."""
    found = meaning.pieces(text)
    assert (found[0], found[-1]) == (FIRST, LAST)
    assert len(found) <= 128
    assert count is None or len(found) == count + 2


def test_a_word_that_is_not_listed_is_read_in_parts() -> None:
    """The longest part first, and what follows marked as going on."""
    whole, parts = meaning.pieces("booking"), meaning.pieces("rebookings")
    assert len(parts) > len(whole) == 3


@pytest.mark.parametrize("text", ["", "!", "?!", " \n", "_ _", ":-)"])
def test_marks_without_a_word_mean_nothing(text: str) -> None:
    """They would be near to whatever is short, otherwise."""
    whole, parts = meaning.read(text)
    assert not whole.any()
    assert parts.shape == (1, meaning.SIZE)
    assert not parts.any()


@pytest.fixture
def by_meaning(monkeypatch: pytest.MonkeyPatch) -> MentionIndex:
    """An index that thinks the extra is there; chairs and seats mean one thing, everything else another."""
    one, other = np.zeros(meaning.SIZE, np.float32), np.zeros(meaning.SIZE, np.float32)
    one[0] = other[1] = 1
    monkeypatch.setattr(grouping, "vector", lambda text: one if "chair" in text or "stool" in text else other)
    return MentionIndex(by_meaning=True)


def test_what_means_the_same_is_near_without_a_word_in_common(by_meaning: MentionIndex) -> None:
    """By signs alone the soup is as far away as the chairs."""
    for number, text in enumerate(["chairs for us", "the soup", "a bicycle stand", *(f"word{n}" for n in range(100))]):
        by_meaning.add(number, text, number)
    assert by_meaning.nearest("stools")[0].mention == 0
    by_meaning.remove(0)
    assert 0 not in {near.mention for near in by_meaning.nearest("stools", limit=200)}


def test_giving_room_back_keeps_meanings_with_their_mentions(by_meaning: MentionIndex) -> None:
    """After most are gone, what is left is still found by what it means."""
    for number in range(1500):
        by_meaning.add(number, f"thing{number}", number)
    by_meaning.add("kept", "chairs", "kept")
    for number in range(1400):
        by_meaning.remove(number)
    assert by_meaning.nearest("stools")[0].mention == "kept"


@needs_the_extra
def test_the_model_tells_one_need_from_another() -> None:
    """Vectors have length 1, and a paraphrase is nearer than another need."""
    asked, same, other = map(
        meaning.vector, ["My card was refused", "the payment got declined", "it is cold in the hall"]
    )
    assert float(np.linalg.norm(asked)) == pytest.approx(1, abs=1e-4)
    assert asked @ same > asked @ other + 0.2
