"""Branches compared by a funnel plot: each against what all have in common, never against its neighbour in a table.

A branch with few answers strays far by luck, so the limits narrow with the number of answers. Where branches differ
more than by luck for reasons nobody acts on, the limits are widened by it (Spiegelhalter 2005).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Improvement = Literal["increase", "decrease", "neutral"]

INNER, OUTER = 1.959963984540054, 3.090232306167813  # 95 % and 99.8 %, as funnel plots are usually drawn
TRIM = 0.1  # of branches at each end do not decide how much all differ
ENOUGH = 5  # branches below which their spread cannot be told from luck


@dataclass(frozen=True)
class Funnel:
    """A value a branch with its limits; NaN for a branch without answers.

    `shares`, `lower`, `upper` (99.8 %), `inner_lower`, `inner_upper` (95 %) have an element a branch, `centre` is the
    common share. `outside` marks branches beyond the outer limits, `direction` what that means ("improvement",
    "concern", "change" or ""). `excess` is the variance between branches beyond luck that the limits allow for.
    """

    shares: Floats
    centre: float
    lower: Floats
    upper: Floats
    inner_lower: Floats
    inner_upper: Floats
    outside: npt.NDArray[np.bool_]
    direction: tuple[str, ...]
    excess: float


def funnel(
    counts: Sequence[float] | npt.NDArray[Any],
    sizes: Sequence[float] | npt.NDArray[Any],
    *,
    improvement: Improvement = "increase",
    allow_differences: bool = True,
) -> Funnel:
    """Return the funnel of `counts` out of `sizes`, an element a branch.

    With `allow_differences` the limits hold the usual differences between branches (five at least), else only luck.
    Raises ValueError where lengths differ or a count is not between 0 and its size.
    """
    seen, of = np.asarray(counts, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
    if seen.shape != of.shape or seen.ndim != 1:
        raise ValueError("counts and sizes differ in length")
    if not (np.all(seen >= 0) and np.all(seen <= of)):
        raise ValueError("a count must lie between 0 and its size")
    known = of > 0
    centre = float(seen.sum() / of.sum()) if known.any() else float("nan")
    shares = np.divide(seen, of, out=np.full(of.size, np.nan), where=known)
    excess = _excess(seen[known], of[known], centre) if allow_differences else 0.0
    inner_lower, inner_upper = limits(of, centre, INNER, excess)
    lower, upper = limits(of, centre, OUTER, excess)
    high, low = shares > upper, shares < lower
    return Funnel(
        shares=shares,
        centre=centre,
        lower=lower,
        upper=upper,
        inner_lower=inner_lower,
        inner_upper=inner_upper,
        outside=high | low,
        direction=tuple(_meaning(bool(h), bool(s), improvement) for h, s in zip(high, low, strict=True)),
        excess=excess,
    )


def limits(sizes: Floats, centre: float, z: float, excess: float = 0.0) -> tuple[Floats, Floats]:
    """Return the limits of a share for branches of these sizes: Wilson's, widened by `excess`; NaN for size 0.

    For a smooth curve pass any sizes. The limits are where a branch would be `z` from the common share, so they stay
    possible with few answers.
    """
    known = sizes > 0
    variance = np.divide(centre * (1 - centre), sizes, out=np.full(sizes.shape, np.nan), where=known) + excess
    if not 0 < centre < 1:
        edge = np.where(known, centre, np.nan)
        return edge, edge
    worth = centre * (1 - centre) / variance
    widen = z * z / worth
    middle = (centre + widen / 2) / (1 + widen)
    reach = z * np.sqrt(centre * (1 - centre) / worth + widen / (4 * worth)) / (1 + widen)
    return np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0)


def _excess(seen: Floats, of: Floats, centre: float) -> float:
    """Return the variance between branches beyond luck (DerSimonian, Laird), the extreme ones pulled in."""
    if seen.size < ENOUGH or not 0 < centre < 1:
        return 0.0
    variance = centre * (1 - centre) / of
    z = (seen / of - centre) / np.sqrt(variance)
    z = np.clip(z, np.quantile(z, TRIM), np.quantile(z, 1 - TRIM))
    weight = 1 / variance
    surplus = float(z @ z) - (seen.size - 1)
    return max(0.0, surplus / float(weight.sum() - (weight**2).sum() / weight.sum()))


def _meaning(high: bool, low: bool, improvement: Improvement) -> str:
    if not (high or low):
        return ""
    if improvement == "neutral":
        return "change"
    return "improvement" if high == (improvement == "increase") else "concern"
