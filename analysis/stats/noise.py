"""How much months differ beyond Poisson, and for how long a good or bad month lasts.

The rate of improvement i in month t is taken as its own level times the common level times a noise of mean 1 with
covariance `variance * memory ** |t - s|`. Both are found from products of counts, given each improvement's total
(a conditional moment estimator): pairs of mentions k months apart are more common than chance by
`variance * memory ** k`, less its mean over all pairs, which the total has taken away.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LAGS_FITTED = 7  # a memory of months shows in the first few lags, if anywhere
LAGS_SEEN = 36
MEMORIES = np.linspace(0.0, 0.9, 10)
USUAL = 0.1  # the variance by which improvements with many mentions are kept from deciding alone


@dataclass(frozen=True)
class Noise:
    """Relative variance of a month beyond Poisson, and its autocorrelation from one month to the next."""

    variance: float
    memory: float

    def covariance(self, months: int) -> Floats:
        """Return the (months, months) covariance of the relative noise."""
        month = np.arange(months)
        return np.asarray(self.variance * self.memory ** np.abs(month[:, None] - month[None, :]), dtype=np.float64)


NONE = Noise(0.0, 0.0)


def find_noise(counts: Floats, expected: Floats) -> Noise:
    """Return the noise of counts (improvements, months) around what is expected, up to a factor per improvement.

    Months outside an improvement's window have 0 in both arrays.
    """
    total = counts.sum(axis=1)
    useful = (total > 1) & (expected.sum(axis=1) > 0)
    if not useful.any():
        return NONE
    counts, expected, total = counts[useful], expected[useful], total[useful]
    seen, chance, pairs = _pairs(counts, expected / expected.sum(axis=1, keepdims=True), total)
    known = chance[:LAGS_FITTED] > 0
    excess = np.where(known, seen[:LAGS_FITTED] / np.where(known, chance[:LAGS_FITTED], 1.0) - 1, 0.0)
    return _fit(excess, np.where(known, pairs[:LAGS_FITTED], 0.0), chance / chance.sum())


def _pairs(counts: Floats, share: Floats, total: Floats) -> tuple[Floats, Floats, Floats]:
    """Return per lag the weighted pairs seen, those chance would give, and a precision."""
    months = counts.shape[1]
    busy = total / np.maximum((share > 0).sum(axis=1), 1)
    weight = 1 / (1 + USUAL * busy) ** 2
    possible = weight * total * (total - 1)
    lags = min(months, LAGS_SEEN)
    seen, chance, pairs = np.zeros(lags), np.zeros(lags), np.zeros(lags)
    for lag in range(lags):
        early, late = slice(0, months - lag), slice(lag, months)
        both = 1.0 if lag == 0 else 2.0
        products = np.einsum("it,it->i", counts[:, early], counts[:, late])
        seen[lag] = both * (weight @ (products - (total if lag == 0 else 0.0)))
        alike = np.einsum("it,it->i", share[:, early], share[:, late])
        chance[lag] = both * (possible @ alike)
        pairs[lag] = both * ((weight * possible) @ alike) / both**2 * (1.0 if lag else 0.5)
    return seen, chance, np.divide(chance**2, pairs, out=np.zeros(lags), where=pairs > 0)


def _fit(excess: Floats, precision: Floats, share: Floats) -> Noise:
    """Return the noise whose covariance by lag comes nearest to the excess (weighted least squares)."""
    best, least = NONE, float(np.sum(precision * excess**2))
    for memory in MEMORIES:
        shape = memory ** np.arange(excess.size) - np.sum(share * memory ** np.arange(share.size))
        weight = float(np.sum(precision * shape**2))
        variance = max(float(np.sum(precision * shape * excess)) / weight, 0.0) if weight > 0 else 0.0
        error = float(np.sum(precision * (excess - variance * shape) ** 2))
        if error < least:
            best, least = Noise(variance, float(memory)), error
    return best
