"""Making confidence honest: how trust in a label falls away from home, learned on texts that the model had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from analysis.text import trust

Floats = NDArray[np.float64]
# How much texts count whose family was half trained on, beside texts of families never seen. A new customer's field is
# seldom as strange to all four families as they are to each other: with strange families alone, confidence was too modest
# by a tenth on services; with halves alone, too bold on tweets.
NEAR = 0.85


@dataclass
class Judged:
    """Texts that trained nothing of what judged them: evidence, n-gram scores, share of known n-grams, sums, labels, weights."""

    name: str
    values: Floats
    learned: Floats
    known: Floats
    sums: Floats
    labels: NDArray[np.int64]
    weights: Floats

    def cooled(self, heat: float) -> Judged:
        """Return the same with the sums divided by a temperature."""
        return Judged(self.name, self.values, self.learned, self.known, self.sums / heat, self.labels, self.weights)

    def signs(self) -> Floats:
        """Return what `trust.signs` says of each text, a row a text."""
        rows = zip(self.values, self.learned, self.known, chances(self.sums), strict=True)
        return np.array([trust.signs(one.tolist(), two.tolist(), float(k), c.tolist()) for one, two, k, c in rows])

    def right(self) -> NDArray[np.bool_]:
        """Say of each text whether its label was right."""
        return np.asarray(self.sums.argmax(axis=1) == self.labels)


@dataclass
class Trust:
    """The weights of `trust.NAMES` and their start: a logistic model of whether a label is right."""

    weights: Floats
    start: float

    def confidence(self, texts: Judged) -> Floats:
        """Return how sure to be of each text's label."""
        return np.asarray(1 / (1 + np.exp(-texts.signs() @ self.weights - self.start)))


def fit_trust(far: Sequence[Judged], near: Sequence[Judged]) -> Trust:
    """Fit on texts of families left out (`far`) and of families half left out (`near`); each family counts the same."""
    signs = np.vstack([one.signs() for one in (*far, *near)])
    right = np.concatenate([one.right() for one in (*far, *near)])
    weights = np.concatenate(
        [one.weights / one.weights.sum() * share for some, share in ((far, 1 - NEAR), (near, NEAR)) for one in some]
    )
    if right.all() or not right.any():  # nothing to tell apart, as in a handful of made-up texts
        return Trust(np.zeros(signs.shape[1]), 4.0 if right.all() else -4.0)
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    model = LogisticRegression(max_iter=500).fit((signs - middle) / spread, right, sample_weight=weights * 3000)
    folded = model.coef_[0] / spread
    return Trust(folded, float(model.intercept_[0] - folded @ middle))


def macro_f1(labels: NDArray[np.int64], guessed: NDArray[np.int64]) -> float:
    """Return macro-F1 over the labels that are there."""
    return float(f1_score(labels, guessed, average="macro", labels=sorted(set(labels.tolist())), zero_division=0))


def temperature(families: Sequence[Judged]) -> float:
    """Return by what to divide the sums for the best likelihood, each family counting the same."""
    candidates = np.geomspace(0.5, 4.0, 43)
    losses = [np.mean([_loss(one.sums / each, one.labels) for one in families]) for each in candidates]
    return float(candidates[int(np.argmin(losses))])


def _loss(sums: Floats, labels: NDArray[np.int64]) -> float:
    """Return the mean negative log likelihood."""
    return float(-np.log(chances(sums)[np.arange(len(labels)), labels] + 1e-12).mean())


def chances(sums: Floats) -> Floats:
    """Return the chances of the labels, a row a text."""
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def calibration_error(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[place == one].mean() - right[place == one].mean()) * (place == one).mean()
        for one in set(place.tolist())
    ]
    return float(sum(gaps))
