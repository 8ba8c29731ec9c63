"""How much months differ beyond Poisson, and for how long a good or bad month lasts.

The rate of improvement i in month t is its own level times the common level times a noise of mean 1 whose covariance
is `variance * memory ** |t - s|`. Every month is predicted from the months before it (a Kalman filter with a lasting
and a fading part), and the noise is that under which the predictions' errors are most likely. Products of counts
would be simpler, but those acted on leave at their highest, which looks like less memory; a prediction from the past
is not fooled, since whoever leaves is chosen on that past.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

VARIANCES = np.array([0.0, 0.02, 0.05, 0.1, 0.17, 0.28, 0.45, 0.8])
MEMORIES = np.array([0.0, 0.25, 0.5, 0.7, 0.85, 0.93])
NEARER = np.array([0.6, 0.75, 0.9, 1.0, 1.15, 1.35, 1.6])
BESIDE = np.array([-0.12, -0.06, 0.0, 0.06, 0.12])
ALLOWANCE = 1.3  # the noise is itself known with error, which costs more below than above
MISTAKEN = 1.15  # memory that the filter takes for lasting level (simulated: 0.45 of 0.5, 0.69 of 0.8)
USUAL = 0.1  # the variance by which improvements with many mentions are kept from deciding alone
SCALES = np.array([0.05, 0.2, 0.5, 1.0, 2.0])  # how much less or more noisy than most one improvement may be
ALIKE = 20.0  # improvements' worth of belief that all are as noisy as most
ENOUGH = 600  # improvements from which the noise is read; more would only take longer


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


def find_noise(counts: Floats, exposure: Floats, shape: float, rate: float) -> Noise:
    """Return the noise of counts (improvements, months) where an improvement's level is gamma(shape, rate).

    `exposure` is what a level of 1 would be expected to give; months outside an improvement's window are 0 in both.
    The answer is a mean weighted by likelihood, first over a coarse grid, then around its best point.
    """
    every = max(1, -(-len(counts) // ENOUGH))
    counts, exposure = counts[::every], exposure[::every]
    coarse = _pairs(VARIANCES, MEMORIES)
    best = coarse[np.argmax(_likelihood(coarse, counts, exposure, shape, rate).sum(axis=1))]
    memories = np.unique(np.clip(best[1] + BESIDE, 0.0, 0.95))
    fine = _pairs(max(best[0], 0.01) * np.append(NEARER, 0.3 if best[0] else 0.0), memories)
    likelihood = _likelihood(fine, counts, exposure, shape, rate).sum(axis=1)
    weight = np.exp(likelihood - likelihood.max())
    likeliest, kept = weight @ fine / weight.sum()
    memory = min(MISTAKEN * float(kept), 0.95)
    return Noise(ALLOWANCE * max(float(likeliest), _variance(counts, exposure, memory)), memory)


def own_scales(noise: Noise, counts: Floats, exposure: Floats, shape: float, rate: float) -> Floats:
    """Return how noisy each improvement is as a multiple of `noise` (a seasonal one more, a steady one less).

    The mean of each improvement's own likelihood over a few multiples, whose shares among all are found with it. On
    average they are no noisier than `noise`, which is what all were found to be.
    """
    if not noise.variance or not len(counts):
        return np.ones(len(counts))
    tried = np.column_stack([SCALES * noise.variance, np.full(SCALES.size, noise.memory)])
    likelihood = _likelihood(tried, counts, exposure, shape, rate)
    odds = np.exp(likelihood - likelihood.max(axis=0))
    belief = np.where(SCALES == 1.0, ALIKE, 0.0)
    shares = np.full(SCALES.size, 1 / SCALES.size)
    for _ in range(30):
        weight = odds * shares[:, None]
        weight = weight / weight.sum(axis=0)
        shares = (weight.sum(axis=1) + belief) / (len(counts) + ALIKE)
    found = np.asarray(SCALES @ weight, dtype=np.float64)
    return found / max(float(found.mean()), 1.0)


def _variance(counts: Floats, exposure: Floats, memory: float) -> float:
    """Return the variance by conditional moments, given the memory.

    Within an improvement's total: how much more often two mentions share a month than chance has it. Chance pairs k
    months apart lose the mean over all pairs.
    """
    total = counts.sum(axis=1)
    useful = (total > 1) & (exposure.sum(axis=1) > 0)
    counts, exposure, total = counts[useful], exposure[useful], total[useful]
    share = exposure / exposure.sum(axis=1, keepdims=True)
    weight = 1 / (1 + USUAL * total / np.maximum((share > 0).sum(axis=1), 1)) ** 2
    together = np.einsum("it,it->i", counts, counts) - total
    month = np.arange(counts.shape[1])
    fading = memory ** np.abs(month[:, None] - month[None, :])
    pairs = weight * total * (total - 1)
    alike = np.einsum("it,it->i", share, share)
    among = np.einsum("it,ts,is->i", share, fading, share)
    chance = float(pairs @ alike)
    if chance <= 0:
        return 0.0
    excess = float(weight @ together) / chance - 1
    lost = float(pairs @ (alike * among)) / chance
    return max(excess / (1 - lost * (1 + excess)), 0.0)


def _pairs(variances: Floats, memories: Floats) -> Floats:
    """Return every combination, (combinations, 2)."""
    return np.stack(np.meshgrid(variances, memories, indexing="ij"), axis=-1).reshape(-1, 2)


def _likelihood(noises: Floats, counts: Floats, exposure: Floats, shape: float, rate: float) -> Floats:
    """Return the Gaussian log-likelihood of one-step prediction errors, (variance and memory, improvements)."""
    variance, memory = noises[:, :1], noises[:, 1:]
    start = np.full((len(noises), len(counts)), shape / rate)
    lasting, fading = start, np.zeros_like(start)
    sure = start / rate  # variance of the lasting part, of the fading one, and their covariance
    faded, shared = variance * (lasting**2 + sure), np.zeros_like(start)
    total = np.zeros(start.shape)
    for seen, exposed in zip(counts.T, exposure.T, strict=True):
        known = exposed > 0
        gain_lasting, gain_fading = sure + shared, shared + faded
        spread = exposed * (gain_lasting + gain_fading) + np.maximum(lasting + fading, 0.05 * start)
        spread = np.where(known, spread, 1.0)
        error = np.where(known, seen / np.where(known, exposed, 1.0) - lasting - fading, 0.0)
        total -= 0.5 * known * (np.log(spread) + error**2 * exposed / spread)
        pull = exposed / spread
        lasting, fading = lasting + pull * gain_lasting * error, fading + pull * gain_fading * error
        sure = sure - pull * gain_lasting**2
        faded, shared = faded - pull * gain_fading**2, shared - pull * gain_lasting * gain_fading
        fading, shared = memory * fading, memory * shared
        faded = memory**2 * faded + (1 - memory**2) * variance * (lasting**2 + sure)
    return total
