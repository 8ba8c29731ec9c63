"""What kind of sentence it is: a suggestion, a complaint, praise, nothing to add, or something else.

The features are turns of phrase and forms that mean the same everywhere (see `cues` and `shapes`); their weights start from
what each turn of phrase means and are adjusted on labelled survey answers by `analysis/training/train_kinds.py`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np

from analysis.finding import Kind, Sentiment
from analysis.text import shapes
from analysis.text.courtesies import is_courtesy, points_back

KINDS: tuple[Kind, ...] = ("suggestion", "complaint", "praise", "nothing", "other")
_MOVES = 0.25  # a weight smaller than this is not worth naming as a reason
_REASONS = 4
_TURNS = re.compile(r";|[.!?] | [-–—] |, (?:and|so) |\b(?:but|however|although|though)\b,?")
_MIN_SPACES = 3  # a part of fewer words hardly says anything by itself
_SURE_OF_PART = 0.6
_MAX_LETTERS = 800
_DOUBTFUL = 0.5
_PLAIN = 0.9  # what a greeting is, hardly anybody would doubt


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
    weights = _weights()
    asks = complains = praises = closes = tells = 0.0  # one by one: a loop over the kinds takes twice as long
    for name, value in seen.values.items():
        one, two, three, four, five = weights[name]
        asks += value * one
        complains += value * two
        praises += value * three
        closes += value * four
        tells += value * five
    sums = (asks, complains, praises, closes, tells)
    highest = max(sums)
    powers = [math.exp(one - highest) for one in sums]
    total = sum(powers)
    return [power / total for power in powers]


def classify(text: str, *, asked: str | None, sentiment: Sentiment | None, before: Kind | None = None) -> KindFound:
    """Return the kind of one sentence. Linear in its length.

    `asked` is the purpose of the question ("suggestion", "experience" or None), `sentiment` that of the sentence, `before`
    the kind of the sentence before it in the same comment.
    """
    if not any(letter.isalpha() for letter in text[:_MAX_LETTERS]):
        return _without_words(text, sentiment)
    if is_courtesy(text):
        return KindFound("other", _PLAIN)
    if points_back(text):
        return KindFound("nothing", _PLAIN)
    seen = shapes.describe(text, asked, sentiment)
    whole = _likeliest(seen)
    if whole.kind == "suggestion":
        return whole
    for part in () if "no_ask" in seen.values else _parts(text):
        found = _likeliest(shapes.describe(part, asked, sentiment))
        if found.kind == "suggestion" and found.confidence >= _SURE_OF_PART:
            return found
    return _after(before, whole)


def _without_words(text: str, sentiment: Sentiment | None) -> KindFound:
    """Return the kind of marks, digits and emoji: what they feel like if they feel like anything, else nothing to add."""
    label = sentiment.label if sentiment else "neutral"
    felt: dict[str, Kind] = {"positive": "praise", "negative": "complaint"}
    counted = any(letter.isdigit() for letter in text[:_MAX_LETTERS])
    return KindFound(felt.get(label, "other" if counted else "nothing"), _DOUBTFUL)


def _likeliest(seen: shapes.Shape) -> KindFound:
    """Return the likeliest kind of what was seen."""
    found = chances(seen)
    best = max(range(len(KINDS)), key=found.__getitem__)
    return KindFound(KINDS[best], round(found[best], 4), _because(seen, best))


def _parts(text: str) -> list[str]:
    """Return the parts of a sentence that turns ("…, but …"), if each is long enough to say something."""
    if len(text) > _MAX_LETTERS:
        return []
    lowered = shapes.plain(text)
    cuts = [0, *(turn.end() for turn in _TURNS.finditer(lowered)), len(text)]
    if len(cuts) == 2:  # no turn in between
        return []
    return [text[start:end] for start, end in pairwise(cuts) if text.count(" ", start, end) >= _MIN_SPACES]


def _after(before: Kind | None, found: KindFound) -> KindFound:
    """Return what was found, but after "Nothing." a doubtful request or complaint is a remark."""
    if before == "nothing" and found.kind in {"suggestion", "complaint"} and found.confidence < _DOUBTFUL:
        return KindFound("other", found.confidence, found.because)
    return found


def _because(seen: shapes.Shape, kind: int) -> tuple[str, ...]:
    """Return the words that spoke for the kind most, strongest first, none twice."""
    weights = _weights()
    moved: dict[str, float] = {}
    for name, words in seen.words.items():
        push = seen.values.get(name, 0.0) * weights[name][kind]
        if push >= _MOVES:
            moved[words] = moved.get(words, 0.0) + push
    return tuple(sorted(moved, key=lambda words: -moved[words])[:_REASONS])
