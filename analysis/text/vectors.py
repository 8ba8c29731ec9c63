"""Mentions as weighted signs of what is wanted: the stems of their words, and the notions behind them."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache, lru_cache
from importlib import resources

import numpy as np

from analysis.text.needs import needs
from analysis.text.stems import WORD, stem

NEED = "~"
"""What marks a notion among signs; every other sign is the stem of a word."""
_LONGEST = 300
_PRIOR = 200.0


@lru_cache(maxsize=20_000)
def signs(text: str) -> dict[str, float]:
    """Return sign -> weight before rarity counts, for the first few hundred words of a mention."""
    words = WORD.findall(text.lower().replace("’", "'").replace("-", " "))[:_LONGEST]
    counted = Counter(stem(word) for word in words if word not in _common())
    found = {root: 1 + math.log(times) for root, times in counted.items()}
    for notion, weight in needs([stem(word) for word in words]).items():
        found[NEED + notion] = weight
    return found


def rarity(sign: str, holders: int, mentions: int) -> float:
    """Return how telling a sign is, given how many of so many mentions hold it; with few mentions, general use decides.

    Inverse document frequency, smoothed as if some mentions of everyday feedback had been filed before.
    """
    seen, of = _background()
    expected = _PRIOR * seen.get(sign, 0) / of
    return max(0.0, math.log((mentions + _PRIOR + 1) / (holders + expected + 0.5)))


@cache
def _common() -> frozenset[str]:
    """Read the words that say nothing about what is wanted."""
    return frozenset(resources.files("analysis.text").joinpath("data", "common_words.txt").read_text("utf-8").split())


@cache
def _background() -> tuple[dict[str, int], int]:
    """Read in how many texts of everyday feedback each sign occurs, and how many texts there were."""
    with (
        resources.files("analysis.text").joinpath("data", "grouping.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as kept,
    ):
        names = bytes(kept["signs"]).decode().split("\n")
        return dict(zip(names, kept["texts"].tolist(), strict=True)), int(kept["of"])
