"""How much a sentence sounds like one that somebody should read today: learned weights of its words, where rules foresee too little."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_MOST = 120  # words of a sentence that are read
GRAVEST = "self-harm"  # the type that costs most to miss; people seldom use the word
_STEM = 4  # letters by which related words meet: "threat", "threaten", "threatening"


def signs(roots: Sequence[str]) -> list[str]:
    """Return the distinct words, pairs, pairs with a word between, and beginnings of words, of a sentence given as roots."""
    read = list(roots[:_MOST])
    edged = ["^", *read, "$"]
    found = dict.fromkeys(read)
    found.update(dict.fromkeys(f"{one} {two}" for one, two in itertools.pairwise(edged)))
    found.update(dict.fromkeys(f"{one} _ {two}" for one, two in zip(read, read[2:], strict=False)))
    found.update(dict.fromkeys(f"{word[:_STEM]}-" for word in read if len(word) >= _STEM))
    return list(found)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Weights of signs, for urgent or not and for each type, and the sums from which on a sentence is marked."""

    table: dict[str, int]
    urgent: list[float]
    start: float
    types: NDArray[np.float64]  # (signs, types)
    names: list[str]
    surely: float  # enough by itself
    perhaps: float  # enough where a rule is met too
    gravest: float  # enough by itself where it sounds like the gravest type

    def sum(self, found: Sequence[str]) -> float:
        """Return how much the signs of a sentence speak for urgent."""
        known = [self.urgent[at] for at in map(self.table.get, found) if at is not None]
        return self.start + sum(known) / sqrt(max(len(found), 1))

    def alone(self, found: Sequence[str]) -> str | None:
        """Return the type of a sentence whose words are enough to mark it, without any rule; None where they are not."""
        total, kind = self.sum(found), self.type(found)
        return kind if total > (self.gravest if kind == GRAVEST else self.surely) else None

    def type(self, found: Sequence[str]) -> str:
        """Return the likeliest type of an urgent sentence."""
        known = [at for at in map(self.table.get, found) if at is not None]
        return self.names[int(self.types[known].sum(axis=0).argmax())]


@cache
def alarm() -> Alarm:
    """Return the shipped weights."""
    path = resources.files("analysis.text").joinpath("data/urgent.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        vocabulary = bytes(arrays["vocabulary"]).decode("utf-8").split("\n")
        return Alarm(
            {sign: at for at, sign in enumerate(vocabulary)},
            (arrays["urgent"] * float(arrays["step"])).tolist(),
            float(arrays["start"]),
            arrays["types"] * float(arrays["type_step"]),
            bytes(arrays["names"]).decode("utf-8").split("\n"),
            float(arrays["surely"]),
            float(arrays["perhaps"]),
            float(arrays["gravest"]),
        )
