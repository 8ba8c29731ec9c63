"""Making chances honest: how often a label of a chance is right on families that were left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import f1_score

Floats = NDArray[np.float64]
# What people write of films and of themselves is harder to read than what they answer a service: they set the
# confidences less.
_SAY = {"rated_films": 0.1, "rated_tweets": 0.1}
GRID = np.linspace(1 / 3, 1.0, 21)


@dataclass
class LeftOut:
    """The sums that a judge gave a family it was not trained on, with the labels."""

    name: str
    sums: Floats
    labels: NDArray[np.int64]


def macro_f1(labels: NDArray[np.int64], guessed: NDArray[np.int64]) -> float:
    """Return macro-F1 over the labels that are there."""
    return float(f1_score(labels, guessed, average="macro", labels=sorted(set(labels.tolist())), zero_division=0))


def temperature(families: Sequence[LeftOut]) -> float:
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


def confidences(families: Sequence[LeftOut]) -> Floats:
    """Return (3, len(GRID)): how often a label of that chance was right on families that were left out."""
    guessed = [chances(one.sums) for one in families]
    label = np.concatenate([each.argmax(axis=1) for each in guessed])
    chance = np.concatenate([each.max(axis=1) for each in guessed])
    right = np.concatenate([each.argmax(axis=1) == one.labels for each, one in zip(guessed, families, strict=True)])
    weight = np.concatenate([np.full(len(one.labels), _SAY.get(one.name, 1.0) / len(one.labels)) for one in families])
    rows = []
    for which in range(3):
        mine = label == which
        if mine.sum() < 30:
            rows.append(GRID.copy())
            continue
        fit = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(
            chance[mine], right[mine], weight[mine]
        )
        rows.append(np.asarray(fit.predict(GRID)))
    return np.vstack(rows)


def confidence_of(sums: Floats, table: Floats) -> Floats:
    """Return the confidence in the label of each row of sums."""
    all_chances = chances(sums)
    best = all_chances.argmax(axis=1)
    return np.array([np.interp(row[label], GRID, table[label]) for row, label in zip(all_chances, best, strict=True)])


def calibration_error(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[place == one].mean() - right[place == one].mean()) * (place == one).mean()
        for one in set(place.tolist())
    ]
    return float(sum(gaps))
