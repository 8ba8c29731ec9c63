"""Words and pairs of words with learned weights: what they add up to for negative, neutral and positive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import sqrt

import numpy as np

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
    """The weights of each n-gram for negative, neutral and positive, and what holds for every text."""

    table: dict[str, tuple[float, float, float]]
    start: tuple[float, float, float]

    def score(self, found: Sequence[str]) -> list[float]:
        """Return the three sums for a text's n-grams, centred on zero."""
        return self.scored(found)[0]

    def scored(self, found: Sequence[str]) -> tuple[list[float], float]:
        """Return the three sums and the share of the n-grams that are known. (Plain numbers: numpy is slower for so few.)"""
        known = [weights for weights in map(self.table.get, found) if weights]
        loud = loudness(len(known))
        total = (
            [loud * sum(each) + first for each, first in zip(zip(*known, strict=True), self.start, strict=True)]
            if known
            else [*self.start]
        )
        middle = sum(total) / 3
        return [each - middle for each in total], len(known) / max(len(found), 1)

    def lean(self, gram: str) -> float:
        """Return how much an n-gram speaks for positive rather than negative."""
        weights = self.table.get(gram)
        return weights[2] - weights[0] if weights else 0.0


@cache
def weights() -> Weights:
    """Return the shipped weights."""
    path = resources.files("analysis.text").joinpath("data/sentiment.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        vocabulary = bytes(arrays["vocabulary"]).decode("utf-8").split("\n")
        rows = (arrays["ngrams"] * float(arrays["step"])).tolist()
        return Weights(dict(zip(vocabulary, map(tuple, rows), strict=True)), tuple(arrays["start"].tolist()))
