"""Mentions as weighted signs of what is wanted: stems of words, pairs of neighbouring stems, and the notions behind them."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np

from analysis.text.needs import needs
from analysis.text.stems import WORD, stem

NEED = "~"
"""What a notion among signs begins with. A pair holds a space; every other sign is the stem of a word."""
_LONGEST = 300
PRIOR = 200.0
"""As if so many mentions of everyday feedback had been filed before any other."""


@lru_cache(maxsize=20_000)
def signs(text: str) -> dict[str, float]:
    """Return sign -> weight before rarity counts, for the first few hundred words of a mention."""
    words = WORD.findall(text.lower().replace("’", "'").replace("-", " "))[:_LONGEST]
    common = _common()
    counted = Counter(stem(word) for word in words if word not in common)
    found = {root: 1 + math.log(times) for root, times in counted.items()}
    roots = [stem(word) for word in words]
    found.update((f"{one} {other}", 1.0) for one, other in pairwise(roots))
    found.update((NEED + notion, weight) for notion, weight in needs(words).items())
    return found


def sort_of(sign: str) -> str:
    """Say whether a sign is a "notion", a "pair" or a "word"."""
    return "notion" if sign.startswith(NEED) else "pair" if " " in sign else "word"


def expected(sign: str) -> float:
    """Return how many of `PRIOR` mentions of everyday feedback hold a sign."""
    seen, of = _background()
    return PRIOR * seen.get(sign, 0) / of


def is_vague(text: str) -> bool:
    """Say whether a mention holds only words that fit any need, as in "poor service" or "more help"."""
    return all(sign in _listed("vague_words.txt") for sign in signs(text) if sort_of(sign) == "word")


def _common() -> frozenset[str]:
    """Read the words that say nothing about what is wanted."""
    return _listed("common_words.txt", as_stems=False)


@cache
def _listed(name: str, *, as_stems: bool = True) -> frozenset[str]:
    words = resources.files("analysis.text").joinpath("data", name).read_text(encoding="utf-8").split()
    return frozenset(map(stem, words) if as_stems else words)


@cache
def _background() -> tuple[dict[str, int], int]:
    """Read in how many texts of everyday feedback each sign occurs, and how many texts there were."""
    with (
        resources.files("analysis.text").joinpath("data", "grouping.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as kept,
    ):
        names = bytes(kept["signs"]).decode().split("\n")
        return dict(zip(names, kept["texts"].tolist(), strict=True)), int(kept["of"])
