"""How alike two mentions are by the letters of their words: slips, endings and compounds that word lists miss."""

from __future__ import annotations

from array import array
from collections.abc import Set
from functools import lru_cache
from math import sqrt

from analysis.text.stems import WORD

_LEAST = 4  # what a mention's size is at least more than its runs: a few letters are no evidence
_LONGEST = 300
_SIGNS = " abcdefghijklmnopqrstuvwxyz0123456789'"
_NUMBER = {sign: place for place, sign in enumerate(_SIGNS)}


@lru_cache(maxsize=20_000)
def letters(text: str) -> array[int]:
    """Return the runs of three letters in a mention's words, edges included, each once as a number below 2 ** 16, in order."""
    found: set[int] = set()
    for word in WORD.findall(text.lower().replace("’", "'").replace("-", " "))[:_LONGEST]:
        numbers = [_NUMBER[sign] for sign in f" {word} "]
        found.update((a * 38 + b) * 38 + c for a, b, c in zip(numbers, numbers[1:], numbers[2:], strict=False))
    return array("H", sorted(found))


def alike(asked: Set[int], other: array[int]) -> float:
    """Return the cosine of two mentions' runs, 0 to 1; `asked` is the one that is compared with many."""
    shared = sum(map(asked.__contains__, other))
    return shared / sqrt((len(asked) + _LEAST) * (len(other) + _LEAST))
