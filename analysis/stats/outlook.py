"""What would have been counted without acting: an expectation for each improvement, and how sure it is."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.stats.comparison import Comparison

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TAILS = (0.025, 0.5, 0.975)
HALVINGS = 18  # the bracket is 24 wide in logarithms at most: to a hundredth of a per cent
AT_ONCE = 500  # improvements whose covariances are held in memory together


@dataclass(frozen=True)
class Outlook:
    """A predictive distribution per improvement, each array (improvements,).

    A negative binomial of mean `expected` and size `size` (Poisson luck, and what few mentions before leave open),
    times a log-normal of log-mean `shift` and log-variance `spread` (noise of months, the common level).
    """

    expected: Floats
    size: Floats
    shift: Floats
    spread: Floats

    def ratios(self, observed: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Return low, median and high (95 %) of the ratio to the expected, and the two-sided p-value of 1 (mid-p).

        No mention at all can never say that mentions rose: its ratio may be as low as 0.
        """
        centre = np.log((observed + 0.5) / np.maximum(self.expected, 1e-9))
        low, middle, high = (np.exp(self._solve(observed, centre, tail)) for tail in TAILS)
        above = self._above(observed, np.zeros_like(observed))
        low, above = np.where(observed > 0, low, 0.0), np.where(observed > 0, above, np.maximum(above, 0.5))
        return low, middle, high, np.minimum(1.0, 2 * np.minimum(above, 1 - above))

    def _solve(self, observed: Floats, centre: Floats, tail: float) -> Floats:
        """Return the log-ratio at which the observed count lies at `tail`, by halving."""
        below, beyond = centre - 12, centre + 12
        for _ in range(HALVINGS):
            middle = (below + beyond) / 2
            more = self._above(observed, middle) < tail
            below, beyond = np.where(more, middle, below), np.where(more, beyond, middle)
        return np.asarray((below + beyond) / 2)

    def _above(self, observed: Floats, log_ratio: Floats) -> Floats:
        """Return P(count > observed) + half P(count = observed), for an effect of exp(log_ratio).

        P(Y >= y) of a negative binomial is a beta integral; half a count more leaves out half of P(y).
        """
        from scipy.special import betainc  # noqa: PLC0415  a web worker that only reads must not load scipy

        nodes, weights = np.polynomial.hermite_e.hermegauss(7)
        factor = np.exp(log_ratio + self.shift + np.sqrt(self.spread) * nodes[:, None])
        mean = np.maximum(self.expected, 1e-9) * factor
        share = betainc(observed + 0.5, self.size, mean / (self.size + mean))
        return np.asarray(weights @ share / weights.sum(), dtype=np.float64)


def predict(seen: Floats, exposed: Floats, before: Flags, background: Comparison) -> Outlook:
    """Return what the months after (`before` False) would have brought; arrays are (improvements, months).

    The background's `scale` is of these improvements.

    Months before count as much as they tell (by Poisson luck and noise), the prior stands for the rest, and noise
    that lasts is carried over into the months that follow (kriging).
    """
    starts = range(0, max(len(seen), 1), AT_ONCE)
    pieces = [slice(s, s + AT_ONCE) for s in starts]
    parts = [_predict(seen[p], exposed[p], before[p], background, background.scale[p]) for p in pieces]
    return Outlook(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _predict(
    seen: Floats, exposed: Floats, before: Flags, background: Comparison, scale: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return expected, size, shift and spread."""
    level = exposed * background.level
    known = before & (level > 0)
    past, future = np.where(known, level, 0.0), np.where(before, 0.0, level)
    share = future / np.maximum(future.sum(axis=1, keepdims=True), 1e-12)
    noise = background.noise.covariance(seen.shape[1])
    lasting = np.where(known, scale[:, None] * (share @ noise), 0.0)
    pace = np.where(known, seen / np.where(known, level, 1.0), 0.0)
    rate = (background.shape + (seen * known).sum(axis=1)) / (background.rate + past.sum(axis=1))
    for _ in range(3):
        weight, carried = _weights(known, rate[:, None] * past, scale[:, None, None] * noise, lasting)
        told = np.maximum(weight.sum(axis=1), 0.0)
        shape = background.shape + np.maximum((weight * pace).sum(axis=1) / rate, 0.0)
        rate = shape / (background.rate + told / rate)
    carry = np.clip(1 + (carried * np.where(known, pace / rate[:, None] - 1, 0.0)).sum(axis=1), 0.2, 5.0)
    own = (1 - carried.sum(axis=1)) ** 2
    luck = own / (background.shape + (seen * known).sum(axis=1))
    earlier = np.maximum(own / shape - luck, 0.0)
    later = np.maximum(scale * np.einsum("it,ts,is->i", share, noise, share) - (carried * lasting).sum(axis=1), 0.0)
    contrast = share - weight / (told + background.shape)[:, None]
    common = np.einsum("it,ts,is->i", contrast, background.level_covariance, contrast)
    spread = np.log1p(earlier + later) + common
    return rate * future.sum(axis=1) * carry, 1 / luck, (earlier - later) / 2, spread


def _weights(known: Flags, expected: Floats, noise: Floats, lasting: Floats) -> tuple[Floats, Floats]:
    """Return the generalised least squares weights of the months before, and those that carry noise forward."""
    luck = np.where(known, 1 / np.maximum(expected, 1e-9), 1.0)
    covariance = np.where(known[:, :, None] & known[:, None, :], noise, 0.0)
    month = np.arange(known.shape[1])
    covariance[:, month, month] += luck
    solved = np.linalg.solve(covariance, np.stack([known.astype(np.float64), lasting], axis=2))
    return solved[:, :, 0] * known, solved[:, :, 1] * known
