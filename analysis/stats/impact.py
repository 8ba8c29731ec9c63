"""Did acting help? An empirical-Bayes before-after study with a comparison group (Hauer 1997), see docs/impact.md."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from analysis.stats.comparison import Comparison, fit

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Verdict = Literal["fell", "no clear change", "rose", "too early"]

MONTHS_AFTER = 3  # fewer whole months afterwards are too early
MONTHS_BEFORE = 3  # fewer before leave nothing to compare with
OWN_BACKGROUND = 20  # improvements a service needs for a background of its own
DOUBT = 0.025  # in each tail


@dataclass(frozen=True)
class Impact:
    """What followed: mentions after, as a ratio to those expected without acting, with a 95 % interval.

    `p_value` is two-sided for a ratio of 1; `observed` and `expected` are mentions in the `months` after.
    """

    ratio: float
    low: float
    high: float
    p_value: float
    verdict: Verdict
    observed: int
    expected: float
    months: int


def measure(
    mentions: npt.NDArray[Any], comments: npt.NDArray[Any], acted_month: npt.NDArray[Any]
) -> list[Impact | None]:
    """Return for every improvement whether mentions fell after it took effect; None where nothing can be said.

    `mentions` (improvements, months) are counts, `comments` (months,) or (improvements, months) the comments they
    were counted in, `acted_month` (improvements,) the first whole month after it took effect, -1 for none. The
    running month must be left out by the caller. Raises ValueError where shapes differ or a count is negative.
    """
    seen, exposed, acted = _checked(mentions, comments, acted_month)
    found: list[Impact | None] = [None] * len(acted)
    month = np.arange(seen.shape[1])
    untouched = (acted[:, None] < 0) | (month < acted[:, None])
    for group in _services(exposed):
        done = group[acted[group] >= 0]
        if not done.size:
            continue
        background = fit(seen[group], exposed[group], untouched[group])
        for i, impact in zip(done, _judge(seen[done], exposed[done], untouched[done], background), strict=True):
            found[i] = impact
    return found


def _checked(
    mentions: npt.NDArray[Any], comments: npt.NDArray[Any], acted_month: npt.NDArray[Any]
) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    """Return the three arrays in one shape, or say what does not fit."""
    seen, acted = np.asarray(mentions, dtype=np.float64), np.asarray(acted_month, dtype=np.int64)
    if seen.ndim != 2 or acted.shape != seen.shape[:1]:
        raise ValueError("mentions must be (improvements, months) and acted_month (improvements,)")
    exposed = np.broadcast_to(np.asarray(comments, dtype=np.float64), seen.shape)
    if np.any(seen < 0) or np.any(exposed < 0):
        raise ValueError("mentions and comments cannot be negative")
    return seen, exposed, acted


def _services(exposed: Floats) -> list[npt.NDArray[np.int64]]:
    """Group improvements that count the same comments; groups too small for a background share one."""
    _, member = np.unique(exposed, axis=0, return_inverse=True)
    member = member.reshape(-1)
    size = np.bincount(member, minlength=1)
    large = [np.flatnonzero(member == k) for k in np.flatnonzero(size >= OWN_BACKGROUND)]
    rest = np.flatnonzero(size[member] < OWN_BACKGROUND) if member.size else member
    return [*large, rest]


def _judge(seen: Floats, exposed: Floats, before: Flags, background: Comparison) -> list[Impact | None]:
    """Compare what came after with its predictive distribution, a negative binomial."""
    after = ~before
    expected, doubt = predict(seen, exposed, before, background)
    observed = np.where(after, seen, 0.0).sum(axis=1)
    usable = (before & (exposed > 0)).sum(axis=1) >= MONTHS_BEFORE
    months = (after & (exposed > 0)).sum(axis=1)
    low, middle, high, p_value = _interval(observed, expected, 1 / doubt)
    return [
        Impact(
            ratio=float(middle[i]),
            low=float(low[i]),
            high=float(high[i]),
            p_value=float(p_value[i]),
            verdict=_verdict(float(low[i]), float(high[i]), int(months[i])),
            observed=int(observed[i]),
            expected=float(expected[i]),
            months=int(months[i]),
        )
        if usable[i]
        else None
        for i in range(len(seen))
    ]


def _verdict(low: float, high: float, months: int) -> Verdict:
    if months < MONTHS_AFTER:
        return "too early"
    if high < 1:
        return "fell"
    return "rose" if low > 1 else "no clear change"


def _interval(observed: Floats, expected: Floats, size: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return low, median, high of the ratio and the p-value of 1, by inverting a negative binomial (mid-p).

    P(Y >= y) of a negative binomial with mean m is a beta integral at m / (size + m); half the probability of y
    itself is left out, which half a count more in the beta does.
    """
    from scipy.special import betainc, betaincinv

    half = observed + 0.5
    safe = np.maximum(expected, 1e-12)
    points = (betaincinv(half, size, q) for q in (DOUBT, 0.5, 1 - DOUBT))
    low, middle, high = (size * x / np.maximum(1 - x, 1e-12) / safe for x in points)
    above = betainc(half, size, safe / (size + safe))
    return low, middle, high, np.minimum(1.0, 2 * np.minimum(above, 1 - above))


def predict(seen: Floats, exposed: Floats, before: Flags, background: Comparison) -> tuple[Floats, Floats]:
    """Return the mentions expected after, had nothing been done, and the relative variance of that expectation.

    Before counts as much as it tells: months are weighted by what is known of them (Poisson luck and noise), the
    prior stands for the rest, and noise that lasts is carried over into the months that follow (kriging).
    """
    expected, doubt = np.zeros(len(seen)), np.ones(len(seen))
    for start in range(0, len(seen), 500):
        part = slice(start, start + 500)
        expected[part], doubt[part] = _predict(seen[part], exposed[part], before[part], background)
    return expected, doubt


def _predict(seen: Floats, exposed: Floats, before: Flags, background: Comparison) -> tuple[Floats, Floats]:
    level = exposed * background.level
    known = before & (level > 0)
    past, future = np.where(known, level, 0.0), np.where(before, 0.0, level)
    share = future / np.maximum(future.sum(axis=1, keepdims=True), 1e-12)
    noise = background.noise.covariance(seen.shape[1])
    lasting = np.where(known, share @ noise, 0.0)
    rate = (background.shape + (seen * known).sum(axis=1)) / (background.rate + past.sum(axis=1))
    for _ in range(3):
        weight, carried = _solve(known, past, rate, noise, lasting)
        relative = np.where(known, seen / np.where(known, level, 1.0), 0.0) / rate[:, None]
        told = np.maximum(weight.sum(axis=1), 0.0)
        shape = np.maximum(background.shape + (weight * relative).sum(axis=1), background.shape * 0.5)
        rate = shape / (background.rate + told / rate)
        relative = np.where(known, seen / np.where(known, level, 1.0) / rate[:, None] - 1, 0.0)
    shift = np.clip(1 + (carried * relative).sum(axis=1), 0.2, 5.0)
    left = np.einsum("it,ts,is->i", share, noise, share) - (carried * lasting).sum(axis=1)
    own = (1 - carried.sum(axis=1)) ** 2 / shape
    leaning = weight / np.maximum(told, 1e-12)[:, None]
    contrast = share - (told / (told + background.shape))[:, None] * leaning
    common = np.einsum("it,ts,is->i", contrast, background.level_covariance, contrast)
    return rate * future.sum(axis=1) * shift, np.maximum(left, 0.0) + own + common


def _solve(known: Flags, past: Floats, rate: Floats, noise: Floats, lasting: Floats) -> tuple[Floats, Floats]:
    """Return the generalised least squares weights of the months before, and those that carry noise forward."""
    both = known[:, :, None] & known[:, None, :]
    luck = np.where(known, 1 / np.maximum(rate[:, None] * past, 1e-9), 1.0)
    covariance = np.where(both, noise, 0.0)
    month = np.arange(known.shape[1])
    covariance[:, month, month] += luck
    right = np.stack([known.astype(np.float64), lasting], axis=2)
    solved = np.linalg.solve(covariance, right)
    return solved[:, :, 0] * known, solved[:, :, 1] * known
