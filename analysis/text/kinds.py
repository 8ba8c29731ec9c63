"""What kind of sentence it is: a suggestion, a complaint, praise, nothing to add, or something else.

The features are turns of phrase and forms that mean the same everywhere (see `cues` and `shapes`); their weights start from
what each turn of phrase means and are adjusted on labelled survey answers by `analysis/training/train_kinds.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

import numpy as np

from analysis.finding import Kind, Sentiment
from analysis.text import shapes

KINDS: tuple[Kind, ...] = ("suggestion", "complaint", "praise", "nothing", "other")
_MOVES = 0.25  # a weight smaller than this is not worth naming as a reason
_REASONS = 4


@dataclass(frozen=True, slots=True)
class KindFound:
    """The kind of a sentence, how sure we are (calibrated, 0 to 1), and the words and forms that decided."""

    kind: Kind
    confidence: float
    because: tuple[str, ...] = ()


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    """Return, for each feature, its weight towards each kind."""
    with resources.files("analysis.text").joinpath("data/kinds.npz").open("rb") as file, np.load(file) as arrays:
        names = [str(name) for name in arrays["names"]]
        rows = (arrays["weights"] * float(arrays["scale"])).tolist()
    return {name: tuple(row) for name, row in zip(names, rows, strict=True)}


def chances(seen: shapes.Shape) -> list[float]:
    """Return the probability of each kind, in the order of KINDS."""
    weights, sums = _weights(), [0.0] * len(KINDS)
    for name, value in seen.values.items():
        if value:
            row = weights[name]
            for place in range(len(sums)):
                sums[place] += value * row[place]
    highest = max(sums)
    powers = [math.exp(one - highest) for one in sums]
    total = sum(powers)
    return [power / total for power in powers]


def classify(text: str, *, asked: str | None, sentiment: Sentiment | None, before: Kind | None = None) -> KindFound:
    """Return the kind of one sentence.

    `asked` is the purpose of the question ("suggestion", "experience" or None), `sentiment` that of the sentence, `before`
    the kind of the sentence before it in the same comment.
    """
    seen = shapes.describe(text, asked, sentiment, before)
    found = chances(seen)
    best = max(range(len(KINDS)), key=found.__getitem__)
    return KindFound(cast(Kind, KINDS[best]), round(found[best], 4), _because(seen, best))


def _because(seen: shapes.Shape, kind: int) -> tuple[str, ...]:
    """Return the words that spoke for the kind most, strongest first, none twice."""
    weights = _weights()
    moved: dict[str, float] = {}
    for name, words in seen.words.items():
        push = seen.values.get(name, 0.0) * weights[name][kind]
        if words and push >= _MOVES:
            moved[words] = moved.get(words, 0.0) + push
    return tuple(sorted(moved, key=lambda words: -moved[words])[:_REASONS])
