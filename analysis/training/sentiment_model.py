"""Fitting the sentiment model so that it travels: the judge learns from n-gram scores on fields the n-grams never saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.text import ngrams
from analysis.text.evidence import NAMES, evidence
from analysis.text.tokens import tokens
from analysis.training.calibration import Floats, Judged
from analysis.training.families import Example

# How much each family counts, whatever its size: fields where people answer a service count most.
FAMILY_WEIGHT = {"rated_films": 1.0, "rated_tweets": 1.0, "nhs_nhft": 1.0, "nhs_phase1": 1.0}
NEUTRAL_SHARE = 0.5  # of the weight that each of the other two labels gets: rare, and blurred where it is found
BY_HAND = (0.0, 4.0, 0.0)  # "don't know" is neutral: too rare in the sets, and labelled too variously, to be learned
_NGRAM_STRENGTH, _JUDGE_STRENGTH, _SEEN = 0.15, 1.0, 3


@dataclass
class Prepared:
    """A family ready for fitting: numbers of evidence, n-grams, labels and weights, a row a text."""

    values: Floats
    grams: list[list[str]]
    labels: NDArray[np.int64]
    weights: Floats

    def where(self, chosen: NDArray[np.bool_]) -> Prepared:
        """Return the chosen texts."""
        grams = [each for each, keep in zip(self.grams, chosen, strict=True) if keep]
        return Prepared(self.values[chosen], grams, self.labels[chosen], self.weights[chosen])


def prepare(examples: Sequence[Example]) -> Prepared:
    """Read every text once."""
    words = [tokens(example.text) for example in examples]
    return Prepared(
        np.array([evidence(each, example.asked)[0] for each, example in zip(words, examples, strict=True)]),
        [ngrams.grams(each) for each in words],
        np.array([example.label for example in examples]),
        np.array([example.weight for example in examples]),
    )


def balanced(labels: NDArray[np.int64], weights: Floats) -> Floats:
    """Return the weights with the labels brought into balance, no label raised more than fourfold."""
    totals = np.array([weights[labels == label].sum() for label in range(3)])
    shares = np.array([1.0, NEUTRAL_SHARE, 1.0])
    factors = shares * totals.sum() / shares.sum() / np.maximum(totals, 1e-9)
    return np.asarray(weights * np.minimum(factors, 4.0)[labels])


def fit_ngrams(families: Sequence[Prepared]) -> ngrams.Weights:
    """Fit weights of n-grams that at least a few texts hold."""
    texts = [grams for family in families for grams in family.grams]
    counts = Counter(gram for grams in texts for gram in grams)
    rows = {gram: row for row, gram in enumerate(sorted(gram for gram, seen in counts.items() if seen >= _SEEN))}
    labels = np.concatenate([family.labels for family in families])
    weights = balanced(labels, np.concatenate([family.weights for family in families]))
    model = LogisticRegression(C=_NGRAM_STRENGTH, max_iter=500).fit(_matrix(texts, rows), labels, sample_weight=weights)
    table = dict(zip(rows, map(tuple, model.coef_.T.tolist()), strict=True))
    return ngrams.Weights(table, tuple(model.intercept_.tolist()))


def _matrix(texts: Sequence[Sequence[str]], rows: dict[str, int]) -> sparse.csr_matrix:
    """Return the texts as a sparse matrix, a column an n-gram, each text of the loudness it has when scored."""
    columns = [[rows[gram] for gram in grams if gram in rows] for grams in texts]
    lengths = [len(known) for known in columns]
    values = np.repeat([ngrams.loudness(length) for length in lengths], lengths)
    flat = np.array([column for known in columns for column in known], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return sparse.csr_matrix((values, flat, starts), shape=(len(texts), len(rows)))


@dataclass
class Judge:
    """The judge as fitted: weights and start of the three labels, over evidence and n-gram scores."""

    weights: Floats
    start: Floats

    def sums(self, numbers: Floats) -> Floats:
        """Return the sums of the three labels, a row a text."""
        return np.asarray(numbers @ self.weights.T + self.start)


def _in_first_half(grams: Sequence[str]) -> bool:
    """Say in which half of its family a text is; the same words with and without their question stay together."""
    return sha256("|".join(grams).encode()).digest()[0] % 2 == 0


@dataclass
class Trainer:
    """Fits on any set of families, keeping each fit of n-grams, since leaving out asks for the same ones again."""

    families: dict[str, Prepared]
    _ngrams: dict[frozenset[str], ngrams.Weights] = field(default_factory=dict)
    _judges: dict[frozenset[str], Judge] = field(default_factory=dict)

    def ngrams(self, names: frozenset[str]) -> ngrams.Weights:
        """Return the n-gram weights of these families."""
        if names not in self._ngrams:
            self._ngrams[names] = fit_ngrams([self.families[name] for name in sorted(names)])
        return self._ngrams[names]

    def judged(self, name: str, texts: Prepared, names: frozenset[str]) -> Judged:
        """Return what a model of these families makes of texts."""
        learned = self.ngrams(names)
        scored = [learned.scored(grams) for grams in texts.grams]
        scores = np.array([each for each, _ in scored])
        known = np.array([share for _, share in scored])
        sums = self.judge(names).sums(np.hstack([texts.values, scores]))
        return Judged(name, texts.values, scores, known, sums, texts.labels, texts.weights)

    def half_left_out(self, name: str, names: frozenset[str]) -> Judged:
        """Return what a model of these families makes of one half of one of them, when it was trained on the other half."""
        texts = self.families[name]
        out = np.array([_in_first_half(grams) for grams in texts.grams])
        halved = Trainer({**self.families, name: texts.where(~out)})
        halved._ngrams = {kept: each for kept, each in self._ngrams.items() if name not in kept}
        return halved.judged(name, texts.where(out), names)

    def numbers(self, texts: Prepared, names: frozenset[str]) -> Floats:
        """Return what the judge sees of these texts when the n-grams come from these families."""
        learned = self.ngrams(names)
        return np.hstack([texts.values, np.array([learned.score(grams) for grams in texts.grams])])

    def judge(self, names: frozenset[str]) -> Judge:
        """Return the judge of these families; each family's n-gram scores come from the others."""
        if names not in self._judges:
            ordered = sorted(names)
            seen = np.vstack([self.numbers(self.families[name], names - {name}) for name in ordered])
            labels = np.concatenate([self.families[name].labels for name in ordered])
            weights = np.concatenate([self._weight(name) for name in ordered])
            self._judges[names] = _fit_judge(seen, labels, balanced(labels, weights))
        return self._judges[names]

    def _weight(self, name: str) -> Floats:
        """Return the weights of a family's texts, adding up to the family's own."""
        weights = self.families[name].weights
        return np.asarray(weights * FAMILY_WEIGHT[name] * 4000 / weights.sum())


def _fit_judge(seen: Floats, labels: NDArray[np.int64], weights: Floats) -> Judge:
    """Fit the judge on numbers of one scale, and return its weights for the numbers as they are."""
    middle, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-6
    model = LogisticRegression(C=_JUDGE_STRENGTH, max_iter=3000).fit(
        (seen - middle) / spread, labels, sample_weight=weights
    )
    folded = model.coef_ / spread
    start = model.intercept_ - folded @ middle
    folded[:, NAMES.index("no_answer")] = BY_HAND
    return Judge(folded, start)
