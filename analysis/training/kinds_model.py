"""The small model behind kinds: logistic weights that start from what each turn of phrase means, moved by labelled sentences.

With a thousand sentences of two hospital trusts, weights learned from nothing learn those trusts. So each weight has a prior
mean, written down here and in the file of cues, and the data must argue against it (a Gaussian prior, solved to the end).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from analysis.finding import Kind
from analysis.text import cues, shapes
from analysis.text.kinds import KINDS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STIFFNESS = 20.0  # how hard a weight is to move from where it starts
PURPOSE_STIFFNESS = 30.0  # the same for what depends on the question's purpose: other trusts ask other questions
BALANCE = 0.7  # rare kinds count for more: 0 not at all, 1 all kinds the same
WITHOUT_PURPOSE = 0.3  # each sentence is also shown without the purpose of its question, at this weight,
OTHER_PURPOSE = 0.2  # and if it has a subject and a verb, with the other purpose, which leaves its kind what it was
CAUTION = 0.4  # how much likelier praise and "nothing" are taken to be: what leaks into the backlog costs more than what is missed
_UNSURE = 0.5  # the weight of a sentence where a second reader might differ

_FORMS: dict[str, dict[Kind, float]] = {
    "imperative": {"suggestion": 2.0},
    "later_imperative": {"suggestion": 1.0},
    "comparative_first": {"suggestion": 1.5},
    "later_comparative_first": {"suggestion": 1.0},
    "someone_to": {"suggestion": 1.0},
    "by_gerund": {"suggestion": 1.5},
    "ask_cues": {"suggestion": 1.0},
    "no_ask": {"suggestion": -0.7},
    "no_ask|none": {"suggestion": -1.0},
    "imperative|none": {"suggestion": 0.5},
    "imperative|suggestion": {"suggestion": 0.5},
    "imperative|experience": {"praise": 0.5},
    "comparative_first|suggestion": {"suggestion": 1.0},
    "fragment|suggestion": {"suggestion": 1.0},
    "fragment|experience": {"praise": 1.5},
    "fragment|none": {"other": 1.0},
    "gerund|suggestion": {"suggestion": 1.0},
    "gerund|experience": {"praise": 1.0},
    "good_words": {"praise": 2.0},
    "good_fragment": {"praise": 1.5},
    "not_bad": {"praise": 1.0},
    "felt_good": {"praise": 1.5},
    "bad_words": {"complaint": 2.0},
    "negated": {"complaint": 0.5},
    "felt_bad": {"complaint": 1.5},
    "past": {"complaint": 0.5, "praise": 0.3, "other": 0.3},
    "no_tone": {"other": 0.7},
    "plain_clause": {"other": 1.0},
    "question": {"other": 0.5},
}


@dataclass
class Sentences:
    """Labelled sentences as numbers: with the purpose of their question, without any, and with the other one."""

    asked: Floats  # (sentences, features)
    without: Floats
    other: Floats
    kinds: Ints  # place in KINDS
    sure: Floats
    texts: list[str]
    trusts: list[str]

    def rows(self, which: Ints) -> Sentences:
        """Return some of the sentences."""
        return Sentences(
            self.asked[which],
            self.without[which],
            self.other[which],
            self.kinds[which],
            self.sure[which],
            [self.texts[row] for row in which],
            [self.trusts[row] for row in which],
        )


def numbers(seen: Sequence[shapes.Shape]) -> Floats:
    """Return shapes as a matrix, a column a feature."""
    place = {name: column for column, name in enumerate(shapes.features())}
    matrix = np.zeros((len(seen), len(place)))
    for row, shape in enumerate(seen):
        for name, value in shape.values.items():
            matrix[row, place[name]] = value
    return matrix


def sure_of(certain: Sequence[int]) -> Floats:
    """Return how much each sentence counts."""
    return np.where(np.asarray(certain) == 1, 1.0, _UNSURE)


def prior() -> Floats:
    """Return (features, kinds): where the weights start."""
    place = {name: row for row, name in enumerate(shapes.features())}
    start = np.zeros((len(place), len(KINDS)))
    for cue in cues.cues():
        start[place[cue.name], KINDS.index(cue.kind)] = cue.weight
    for name, weights in _FORMS.items():
        for kind, weight in weights.items():
            start[place[name], KINDS.index(kind)] = weight
    return start


def chances(weights: Floats, features: Floats) -> Floats:
    """Return (sentences, kinds): the chance of each kind."""
    sums = features @ weights
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def fit(given: Sentences) -> Floats:
    """Return (features, kinds): the weights that the labelled sentences argue for."""
    features = np.vstack([given.asked, given.without, given.other])
    labels = np.concatenate([given.kinds] * 3)
    has_clause = given.asked[:, shapes.features().index("clause")]
    count = np.concatenate([given.sure, given.sure * WITHOUT_PURPOSE, given.sure * OTHER_PURPOSE * has_clause])
    share = np.bincount(given.kinds, minlength=len(KINDS)).clip(1) / len(given.kinds)
    count = count * ((1 / len(KINDS)) / share[labels]) ** BALANCE
    count = count / count.mean()
    start, stiff = prior(), _stiffness()
    right = np.eye(len(KINDS))[labels]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(start.shape)
        found, moved = chances(weights, features), weights - start
        value = -(count * np.log(found[np.arange(len(labels)), labels] + 1e-12)).sum() + 0.5 * (stiff * moved**2).sum()
        slope = features.T @ ((found - right) * count[:, None]) + stiff * moved
        return float(value), slope.ravel()

    solved = minimize(
        loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 5000, "ftol": 1e-12, "gtol": 1e-7}
    )
    return _cautious(np.asarray(solved.x.reshape(start.shape)))


def _cautious(weights: Floats) -> Floats:
    """Return weights by which what is as likely praise or "nothing" as a wish stays out of the backlog."""
    weights = weights.copy()
    weights[shapes.features().index("bias"), [KINDS.index("praise"), KINDS.index("nothing")]] += CAUTION
    return weights


def _stiffness() -> Floats:
    """Return (features, 1): how hard each weight is to move."""
    depends = [
        ("|" in name or name.startswith("asked_")) and "fragment" not in name and "gerund" not in name
        for name in shapes.features()
    ]
    return np.where(depends, PURPOSE_STIFFNESS, STIFFNESS)[:, None]
