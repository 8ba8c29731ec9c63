"""Did acting help? An empirical-Bayes before-after study with a comparison group (Hauer 1997), see docs/impact.md."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from analysis.stats.comparison import Comparison, fit
from analysis.stats.outlook import predict

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Verdict = Literal["fell", "no clear change", "rose", "too early"]

MONTHS_AFTER = 3  # fewer whole months afterwards are too early
MONTHS_BEFORE = 3  # fewer before leave nothing to compare with
OWN_BACKGROUND = 20  # improvements a service needs for a background of its own


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
        background = replace(background, scale=background.scale[acted[group] >= 0])
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
    if not len(exposed) or (exposed == exposed[0]).all():
        return [np.arange(len(exposed))]  # the usual case, and sorting rows takes long
    _, member = np.unique(exposed, axis=0, return_inverse=True)
    member = member.reshape(-1)
    size = np.bincount(member, minlength=1)
    large = [np.flatnonzero(member == k) for k in np.flatnonzero(size >= OWN_BACKGROUND)]
    rest = np.flatnonzero(size[member] < OWN_BACKGROUND) if member.size else member
    return [*large, rest]


def _judge(seen: Floats, exposed: Floats, before: Flags, background: Comparison) -> list[Impact | None]:
    """Compare what came after with its predictive distribution."""
    after = ~before
    outlook = predict(seen, exposed, before, background)
    observed = np.where(after, seen, 0.0).sum(axis=1)
    usable = (before & (exposed > 0)).sum(axis=1) >= MONTHS_BEFORE
    months = (after & (exposed > 0)).sum(axis=1)
    low, middle, high, p_value = outlook.ratios(observed)
    return [
        Impact(
            ratio=float(middle[i]),
            low=float(low[i]),
            high=float(high[i]),
            p_value=float(p_value[i]),
            verdict=_verdict(float(low[i]), float(high[i]), int(months[i])),
            observed=int(observed[i]),
            expected=float(outlook.expected[i]),
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
