"""Meaning is followed as far as it agrees with the words of a file."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.program import meant
from analysis.text.grouping import MEANING, Near

AXES = np.eye(20, dtype=np.float32)


def near(signs: dict[int, float], means: dict[int, float]) -> list[Near]:
    """The row an index by meaning gives: signs and meaning (0 to 1) of each neighbour put together."""
    row = [Near(other, (1 - MEANING) * alike + MEANING * means.get(other, 0), ()) for other, alike in signs.items()]
    return sorted(row, key=lambda each: -each.likeness)


@pytest.fixture
def two_fields(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Twelve texts: those of a pair (0 and 1, 2 and 3, ...) mean the same, and nothing else is alike in meaning."""
    texts = [f"text {n}" for n in range(12)]
    axis = {text: AXES[n // 2] for n, text in enumerate(texts)}
    monkeypatch.setattr(meant, "read", lambda text: (axis[text], axis[text][None]))
    return texts


def test_where_meaning_agrees_it_counts_in_full(two_fields: list[str]) -> None:
    """Words and meaning both hold each to its pair: half of those near by words are near by meaning, which is enough."""
    found = [near({n ^ 1: 0.6} | {(n + step) % 12: 0.1 for step in (2,)}, {n ^ 1: 1}) for n in range(12)]
    weighed = meant.weigh(two_fields, found)
    assert [row[0].mention for row in weighed] == [n ^ 1 for n in range(12)]
    assert weighed[0][0].likeness == pytest.approx((1 - MEANING) * 0.6 + MEANING)


def test_where_meaning_says_something_else_words_are_right(two_fields: list[str]) -> None:
    """By words eleven are near each, the pair least: what means the same is first by meaning alone, and hardly counts."""
    signs = [{(n + step) % 12: 0.5 - step / 40 for step in range(1, 12)} for n in range(12)]
    for n, row in enumerate(signs):
        row[n ^ 1] = 0.1
    weighed = meant.weigh(two_fields, [near(row, {n ^ 1: 1}) for n, row in enumerate(signs)])
    alike = {each.mention: each.likeness for each in weighed[0]}
    assert weighed[0][0].mention != 1
    assert alike[1] == min(alike.values()) < 0.1 + 0.4 * MEANING


def test_nothing_to_weigh(two_fields: list[str]) -> None:
    assert meant.weigh([], []) == []
    assert meant.weigh(two_fields[:1], [[]]) == [[]]
