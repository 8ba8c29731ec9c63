"""The signs of everything that is filed, by number: who holds each, how telling that makes it, and what a mention's signs weigh."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.text.vectors import PRIOR, expected, sort_of

Floats = NDArray[np.float64]
Numbers = NDArray[np.int32]
_SORTS = ("word", "pair", "notion")
_SHARES = np.array([0.3, 0.1, 0.4])
"""How much words, pairs of words and notions count: few numbers, chosen over several families."""
_LEAST = np.array([3.0, 3.0, 1.0])
"""What a mention's length is at least, squared: a few everyday words are no evidence of one need."""


@dataclass(slots=True)
class Holders:
    """Who holds a sign: places, and the weight of the sign in each when it was filed."""

    places: array[int] = field(default_factory=lambda: array("i"))
    weights: array[float] = field(default_factory=lambda: array("f"))


@dataclass
class SignTable:
    """Numbers for signs, and for each number how many mentions hold the sign and how many would in everyday feedback."""

    names: list[str] = field(default_factory=list)
    holders: list[Holders] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _counts: Floats = field(default_factory=lambda: np.zeros(1024))
    _expected: Floats = field(default_factory=lambda: np.zeros(1024))
    _sorts: NDArray[np.int8] = field(default_factory=lambda: np.zeros(1024, np.int8))

    def number(self, signs: Iterable[str]) -> Numbers:
        """Return the signs' numbers; one that was not met yet gets the next."""
        numbers = self._numbers
        return np.array([numbers[sign] if sign in numbers else self._new(sign) for sign in signs], np.int32)

    def held(self, sign: str) -> int | None:
        """Return the number of a sign that some mention holds now, else None."""
        number = self._numbers.get(sign)
        return number if number is not None and self._counts[number] else None

    def count(self, numbers: Numbers, by: int) -> None:
        """Count one mention more or less (`by` 1 or -1) for each of its signs."""
        self._counts[numbers] += by

    def weigh_text(self, found: Mapping[str, float], mentions: int) -> Floats:
        """Weigh a text's signs, in their order, met or not, against so many filed mentions."""
        numbers = [self._numbers.get(sign, -1) for sign in found]
        counts = np.array([0.0 if number < 0 else self._counts[number] for number in numbers])
        usual = np.array([expected(sign) for sign in found])
        sorts = np.array([_SORTS.index(sort_of(sign)) for sign in found], np.int8)
        owners = np.zeros(len(found), np.intp)
        return _weigh(
            np.array(list(found.values()), np.float64), _telling(counts, usual, sorts, mentions), sorts, owners
        )

    def weigh_filed(self, values: Floats, numbers: Numbers, owners: NDArray[np.intp], mentions: int) -> Floats:
        """Weigh the signs of several filed mentions at once; `owners` says whose each is, from 0 without a gap."""
        sorts = self._sorts[numbers]
        telling = _telling(self._counts[numbers], self._expected[numbers], sorts, mentions)
        return _weigh(values, telling, sorts, owners)

    def spread(self, found: Mapping[str, float]) -> Floats:
        """Return a text's weights by sign number, 0 for what it does not hold; signs that were never met are left out."""
        spread = np.zeros(len(self.names))
        for sign, weight in found.items():
            if (number := self._numbers.get(sign)) is not None:
                spread[number] = weight
        return spread

    def _new(self, sign: str) -> int:
        number = self._numbers[sign] = len(self.names)
        self.names.append(sign)
        self.holders.append(Holders())
        if number == len(self._counts):  # twice the room, so that copying costs little for each
            self._counts, self._expected = np.tile(self._counts, 2), np.tile(self._expected, 2)
            self._sorts = np.tile(self._sorts, 2)
        self._counts[number], self._expected[number] = 0, expected(sign)
        self._sorts[number] = _SORTS.index(sort_of(sign))
        return number


def _telling(counts: Floats, usual: Floats, sorts: NDArray[np.int8], mentions: int) -> Floats:
    """Return how telling signs are; with few mentions, general use decides.

    Inverse document frequency, smoothed as if some mentions of everyday feedback had been filed before. Of notions its root: a
    notion that many share is still a need of its own.
    """
    telling: Floats = np.maximum(0.0, np.log((mentions + PRIOR + 1) / (counts + usual + 0.5)))
    return np.where(sorts == _SORTS.index("notion"), np.sqrt(telling), telling)


def _weigh(values: Floats, telling: Floats, sorts: NDArray[np.int8], owners: NDArray[np.intp]) -> Floats:
    """Scale weights so that each mention's words, pairs and notions make up their share of a length of 1."""
    weights = values * telling
    kinds = owners * len(_SORTS) + sorts
    mentions = int(owners[-1]) + 1 if len(owners) else 0
    squares = np.bincount(kinds, weights**2, minlength=mentions * len(_SORTS)) + np.tile(_LEAST, mentions)
    scale = np.sqrt(np.tile(_SHARES, mentions) / squares)
    return np.asarray(weights * scale[kinds], np.float64)
