"""Words and pairs of words with learned weights: what they add up to for negative, neutral and positive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_NEGATING = frozenset(["not", "no", "never", "without", "nor", "neither", "nothing", "hardly", "barely"])
_ENDS = frozenset(".,;:()!?") | {"...", "…", "but", "however"}
_REACH = 3
_MOST = 600  # n-grams of a text that are scored; a longer text has long said what it has to say


def grams(words: Sequence[str]) -> list[str]:
    """Return the distinct words (marked "!" within reach of a negation) and pairs of words of a text, in order."""
    found: dict[str, None] = {}
    reach, before = 0, "^"
    for word in words[:_MOST]:
        if word in _ENDS:
            reach = 0
        found["!" + word if reach > 0 else word] = None
        found[before + " " + word] = None
        before = word
        reach = _REACH if word in _NEGATING else reach - 1
    found[before + " $"] = None
    return list(found)


def loudness(count: int) -> float:
    """Return by how much each of `count` n-grams counts: a long text says more, but not in proportion."""
    return 4.0 / sqrt(max(count, 1))


@dataclass(frozen=True, slots=True)
class Weights:
    """An n-gram's row in `rows`, its weights for negative, neutral and positive, and what holds for every text.

    `leans` holds positive less negative as plain numbers, which are quicker to look up one by one.
    """

    rows: dict[str, int]
    weights: NDArray[np.float32]
    start: NDArray[np.float32]
    leans: list[float] = field(default_factory=list)

    def score(self, found: Sequence[str]) -> NDArray[np.float32]:
        """Return the three sums for a text's n-grams, centred on zero."""
        known = [row for row in map(self.rows.get, found) if row is not None]
        total = np.add.reduce(self.weights[known]) * np.float32(loudness(len(known))) + self.start
        return np.asarray(total - np.add.reduce(total) / np.float32(3))

    def lean(self, gram: str) -> float:
        """Return how much an n-gram speaks for positive rather than negative."""
        row = self.rows.get(gram)
        return 0.0 if row is None else self.leans[row]


@cache
def weights() -> Weights:
    """Return the shipped weights."""
    path = resources.files("analysis.text").joinpath("data/sentiment.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        vocabulary = bytes(arrays["vocabulary"]).decode("utf-8").split("\n")
        table = arrays["ngrams"].astype(np.float32) * np.float32(arrays["step"])
        rows = {gram: row for row, gram in enumerate(vocabulary)}
        return Weights(rows, table, arrays["start"].astype(np.float32), (table[:, 2] - table[:, 0]).tolist())
