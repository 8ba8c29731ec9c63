"""Has a share moved to a new level and stayed there? What a person is asked before limits start afresh."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

BEFORE = 12  # known points from which the level before is more than a trial
SINCE = 8  # points on one side that make a run that lasts: one more than a signal needs
BEYOND = 3.5  # standard errors; docs/control-charts.md says how often that happens by luck
SIGMA_BY_RANGE = 1.128


@dataclass(frozen=True, slots=True)
class Found:
    """A new level from point `at` on: the pooled share before and since, and how many points the run has."""

    at: int
    before: float
    since: float
    points: int


def propose(good: Sequence[float], n: Sequence[float], *, first: int = 0) -> Found | None:
    """Return the new level that a series of shares (`good` of `n` a point, closed points only) ends on, or None.

    Looked at is what follows point `first`, where the last new level began. Every point since must lie on one side of the level
    before, at least SINCE of them after at least BEFORE, and the two levels must differ by BEYOND standard errors, widened by how
    much the points of each level vary (Laney). The beginning is where the two sides of it differ most.
    """
    counts, sizes = np.asarray(good, dtype=np.float64), np.asarray(n, dtype=np.float64)
    known = np.flatnonzero(sizes > 0)
    known = known[known >= first]
    splits = range(2, known.size - 1)
    if not splits:
        return None
    distance, split = max((_distance(counts, sizes, known[:at], known[at:]), at) for at in splits)
    old, new = known[:split], known[split:]
    before = _pooled(counts, sizes, old)
    sides = np.sign(counts[new] / sizes[new] - before)
    lasts = split >= BEFORE and new.size >= SINCE and abs(float(sides.sum())) == new.size
    return (
        Found(int(new[0]), before, _pooled(counts, sizes, new), int(new.size)) if lasts and distance > BEYOND else None
    )


def _distance(counts: Floats, sizes: Floats, old: npt.NDArray[np.intp], new: npt.NDArray[np.intp]) -> float:
    """Return how many standard errors two levels lie apart."""
    error = _error(counts, sizes, old, new)
    return abs(_pooled(counts, sizes, new) - _pooled(counts, sizes, old)) / error if error else 0.0


def _pooled(counts: Floats, sizes: Floats, those: npt.NDArray[np.intp]) -> float:
    return float(counts[those].sum() / sizes[those].sum())


def _error(counts: Floats, sizes: Floats, old: npt.NDArray[np.intp], new: npt.NDArray[np.intp]) -> float:
    """Return the standard error of the difference of two levels; never less than chance alone would give."""
    level = _pooled(counts, sizes, np.concatenate([old, new]))
    plain = np.sqrt(level * (1 - level) * (1 / sizes[old].sum() + 1 / sizes[new].sum()))
    ranges = np.concatenate([_ranges(counts, sizes, old), _ranges(counts, sizes, new)])
    return float(plain * max(1.0, ranges.mean() / SIGMA_BY_RANGE))


def _ranges(counts: Floats, sizes: Floats, those: npt.NDArray[np.intp]) -> Floats:
    level = _pooled(counts, sizes, those)
    sigma = np.sqrt(max(level * (1 - level), 1e-12) / sizes[those])
    moved: Floats = np.abs(np.diff((counts[those] / sizes[those] - level) / sigma))
    return moved
