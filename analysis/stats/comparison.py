"""What mentions would do if nobody acted: a common level by month, and a prior over improvements.

All that is used is what was counted before an improvement was acted on. Whoever is chosen is chosen on the past, so
the likelihood of that past, the choosing included, is the same as without it: chosen improvements need no correction
but the prior's own shrinkage, and the common level is not tilted by the luck of those left untouched.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.stats.noise import ENOUGH, NONE, Noise, find_noise, own_scales

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ROUNDS = (12, 8, 8)  # steps of the fit before the noise is found, found again, and kept
STEP_LEAST = 1e-4  # variance of the level's monthly step, at the least


@dataclass(frozen=True)
class Comparison:
    """The fitted background: `level` (months,) with the covariance of its logarithm, a gamma prior, the noise.

    `scale` (improvements,) says how many times as noisy as that each improvement is (1 where nobody asks).
    """

    level: Floats
    level_covariance: Floats
    shape: float
    rate: float
    noise: Noise
    scale: Floats


def fit(mentions: Floats, comments: Floats, untouched: Flags) -> Comparison:
    """Fit the background to mentions and comments (improvements, months) where `untouched`, by penalised EM."""
    counts, exposure = np.where(untouched, mentions, 0.0), np.where(untouched, comments, 0.0)
    state = _Fit(counts, exposure)
    for steps in ROUNDS:
        for _ in range(steps):
            state.improve_prior()
            state.improve_level()
        if steps != ROUNDS[-1]:
            state.noise = find_noise(counts, exposure * state.level, state.shape, state.rate)
    scale = np.ones(len(counts))
    some: Flags = np.any(~untouched, axis=1)  # those acted on, and enough others to know how improvements differ
    some[:: max(1, -(-len(counts) // ENOUGH))] = True
    scale[some] = own_scales(state.noise, counts[some], (exposure * state.level)[some], state.shape, state.rate)
    return Comparison(state.level, state.covariance, state.shape, state.rate, state.noise, scale)


class _Fit:
    """The moving parts of the fit: prior (shape, rate), rates, common level and noise."""

    def __init__(self, counts: Floats, exposure: Floats) -> None:
        self.counts, self.exposure = counts, exposure
        months = counts.shape[1]
        self.level = np.ones(months)
        self.covariance: Floats = np.eye(months)
        self.step = 0.02
        self.noise = NONE
        self.shape = 1.0
        self.rate = self.shape * max(exposure.sum(), 1.0) / max(counts.sum(), 0.5)
        self.own = np.full(counts.shape[0], self.shape / self.rate)
        self.weight = np.ones_like(counts)

    def improve_prior(self) -> None:
        """Update the gamma prior from every improvement's weighted count, then every improvement's own rate."""
        expected = self.exposure * self.level
        if self.noise.variance:
            self.weight = 1 / (1 + self.noise.variance * self.own[:, None] * expected)
        seen = np.einsum("it,it->i", self.weight, self.counts)
        exposed = np.einsum("it,it->i", self.weight, expected)
        known = exposed > 0
        self.shape, self.rate = gamma_prior(seen[known], exposed[known], self.shape, self.rate)
        self.own = (self.shape + seen) / (self.rate + exposed)

    def improve_level(self) -> None:
        """One Newton step for the logarithm of the common level, whose monthly steps are shrunk towards none."""
        seen = np.einsum("it,it->t", self.weight, self.counts)
        flat = np.einsum("it,it,i->t", self.weight, self.exposure, self.own)
        log_level, expected = np.log(self.level), flat * self.level
        roughness = _roughness(len(seen)) / self.step
        uncertain = np.linalg.inv(np.diag(expected / self._inflation(expected)) + roughness)
        self.covariance = np.asarray(uncertain, dtype=np.float64)
        fitted = np.linalg.inv(np.diag(expected) + roughness)
        log_level = log_level + np.clip(fitted @ (seen - expected - roughness @ log_level), -1, 1)
        moves = np.diff(log_level)
        spread = fitted.diagonal()[1:] + fitted.diagonal()[:-1] - 2 * np.diagonal(fitted, 1)
        self.step = max(float(np.mean(moves**2 + spread)) if moves.size else 0.0, STEP_LEAST)
        centred = log_level - np.average(log_level, weights=expected + 1e-9)
        self.level = np.exp(centred)

    def _inflation(self, expected: Floats) -> float:
        """How much noise that lasts widens the level's uncertainty beyond independent months."""
        if not self.noise.memory:
            return 1.0
        noisy = 1 - float(np.sum(self.weight * expected) / max(self.weight.shape[0] * expected.sum(), 1e-9))
        return 1 + noisy * 2 * self.noise.memory / (1 - self.noise.memory)


def _roughness(months: int) -> Floats:
    """Return the penalty matrix of a random walk, with a touch of ridge so that it can be inverted."""
    steps = np.diff(np.eye(months), axis=0)
    return np.asarray(steps.T @ steps + 1e-6 * np.eye(months), dtype=np.float64)


def gamma_prior(seen: Floats, exposed: Floats, shape: float, rate: float) -> tuple[float, float]:
    """Return shape and rate of a gamma prior, one damped Newton step up the negative binomial likelihood."""
    from scipy.special import digamma, polygamma  # noqa: PLC0415  a web worker that only reads must not load scipy

    if not seen.size:
        return shape, rate
    total = rate + exposed
    by_shape = shape * float(np.sum(digamma(shape + seen) - digamma(shape) + np.log(rate / total)))
    by_rate = float(np.sum(shape - rate * (shape + seen) / total))
    curved = shape**2 * float(np.sum(polygamma(1, shape + seen) - polygamma(1, shape))) + by_shape
    crossed = shape * float(np.sum(exposed / total))
    rated = -float(np.sum(rate * exposed * (shape + seen) / total**2))
    hessian = np.array([[curved - 1.0, crossed], [crossed, rated - 1e-3]])
    if curved - 1.0 >= 0 or np.linalg.det(hessian) <= 0:
        hessian = np.array([[-abs(curved) - 1.0, 0.0], [0.0, rated - 1e-3]])
    move = np.clip(np.linalg.solve(hessian, [-by_shape, -by_rate]), -0.7, 0.7)
    return float(np.clip(shape * np.exp(move[0]), 0.05, 50)), float(rate * np.exp(move[1]))
