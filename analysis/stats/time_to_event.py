"""How long until a suggestion is answered: Kaplan-Meier, and Aalen-Johansen where an answer may be yes or no."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.stats.intervals import Z95

Floats = npt.NDArray[np.float64]
HORIZONS = (30, 60, 90, 180)


@dataclass(frozen=True)
class Survival:
    """Share not yet ended at each horizon, with its log-log 95 % interval (NaN where undefined), and the median day.

    `median` is None when half have not ended; when the curve lies exactly on one half, the middle of that stretch.
    """

    at: tuple[float, ...]
    survival: Floats
    lower: Floats
    upper: Floats
    median: float | None


def kaplan_meier(
    days: Sequence[float] | npt.NDArray[np.generic],
    observed: Sequence[int] | npt.NDArray[np.generic],
    at: Sequence[float] = HORIZONS,
) -> Survival:
    """Return the Kaplan-Meier estimate at days `at`, events of that day included, as R's survfit (log-log).

    `days` is how long each was followed, `observed` 1 if it ended then, 0 if it was still open. Raises ValueError for
    unequal lengths, a negative or missing day, or an `observed` other than 0 and 1.
    """
    time, ended = _followed(days, np.asarray(observed), allowed=(0, 1))
    moments, place = np.unique(time, return_inverse=True)
    events = np.bincount(place, weights=ended.astype(np.float64), minlength=len(moments))
    at_risk = len(time) - np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(moments)))[:-1]])
    curve = np.cumprod((at_risk - events) / np.maximum(at_risk, 1))
    left = at_risk - events
    greenwood = np.cumsum(np.divide(events, at_risk * left, out=np.full(len(moments), math.inf), where=left > 0))
    position = np.searchsorted(moments, np.asarray(at, dtype=np.float64), side="right")
    survival = np.concatenate([[1.0], curve])[position]
    lower, upper = _log_log(survival, np.concatenate([[0.0], greenwood])[position])
    return Survival(tuple(float(day) for day in at), survival, lower, upper, _median(moments, curve, events))


def _followed(
    days: Sequence[float] | npt.NDArray[np.generic], outcome: npt.NDArray[np.generic], allowed: tuple[int, ...]
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return days and outcomes as checked arrays."""
    time = np.asarray(days, dtype=np.float64)
    if time.ndim != 1 or outcome.shape != time.shape:
        raise ValueError("days and outcomes differ in length")
    if not np.all(time >= 0) or np.isinf(time).any():
        raise ValueError("a day is missing, infinite or negative")
    if not np.isin(outcome, allowed).all():
        raise ValueError(f"an outcome is none of {allowed}")
    return time, outcome.astype(np.int64)


def _log_log(survival: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Return the interval that is symmetric in log(-log S); NaN at 0 and 1, where that is infinite."""
    inside = (survival > 0) & (survival < 1)
    safe = np.where(inside, survival, 0.5)
    reach = Z95 * np.sqrt(np.where(inside, variance, 0.0)) / -np.log(safe)
    missing = np.where(inside, 0.0, math.nan)
    return safe ** np.exp(reach) + missing, safe ** np.exp(-reach) + missing


def _median(moments: Floats, curve: Floats, events: Floats) -> float | None:
    """Return the day by which half have ended; on a level stretch of exactly one half, its middle."""
    below = np.flatnonzero(curve < 0.5 + 1e-9)
    if not below.size:
        return None
    first = int(below[0])
    if curve[first] < 0.5 - 1e-9:
        return float(moments[first])
    later = np.flatnonzero((events > 0) & (np.arange(len(moments)) > first))
    end = moments[later[0]] if later.size else moments[-1]
    return float((moments[first] + end) / 2)
