"""Shewhart charts: individual values (XmR), proportions (p, Laney's p-prime) and rates (u, u-prime).

Limits and signals agree with NHSRplotthedots 0.2.2 (XmR) and qicharts2 0.8.1 (p, p-prime); where those behave
accidentally (constant series, missing values), docs/control-charts.md says what is done here and why.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.stats.signals import Signals, find_signals

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Improvement = Literal["increase", "decrease", "neutral"]

XMR_LIMIT = 2.66  # three sigma by the mean moving range: 3 / 1.128, as the NHS rounds it
RANGE_LIMIT = 3.267  # D4 for ranges of two: a range this many times the mean is itself exceptional
SIGMA_BY_RANGE = 1.128  # d2 for ranges of two
ENOUGH = 12  # points from which limits are more than a trial


@dataclass(frozen=True)
class ControlChart:
    """A chart's lines and signals, an element a point; NaN where a line or value is missing.

    `outside`, `shift`, `trend`, `two_in_three` are independent flags (never true for a missing value); `signal` names
    the strongest ("outside", "trend", "two in three", "shift" or ""), `direction` says what it means
    ("improvement", "concern", "change" when neither direction is better, or ""). `few` marks points of a stretch with
    fewer than twelve values: its limits are a trial, and a screen says "too few to tell".
    """

    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    outside: Flags
    shift: Flags
    trend: Flags
    two_in_three: Flags
    signal: tuple[str, ...]
    direction: tuple[str, ...]
    few: Flags


def xmr(
    values: Sequence[float | None] | Floats,
    *,
    rebase_at: Iterable[int] = (),
    baseline: int | None = None,
    improvement: Improvement = "increase",
    screen: bool = True,
    run: int = 7,
) -> ControlChart:
    """Return the chart of single values, one a period in order of time; None or NaN is a missing value.

    `rebase_at` holds the indices at which limits and runs start afresh, `baseline` how many points of each stretch set
    its limits (all by default), `screen` leaves exceptional moving ranges out once, `run` is the length of a shift or
    trend. Raises ValueError for a rebase outside the series or a baseline or run below 1 and 2.
    """
    series = _floats(values)
    centre, spread = np.full(series.size, np.nan), np.full(series.size, np.nan)
    parts = _parts(series.size, rebase_at, baseline, run)
    for part in parts:
        known = series[part][:baseline]
        centre[part] = _mean(known)
        spread[part] = XMR_LIMIT * _moving_range(known, screen)
    return _chart(series, centre, spread, parts=parts, improvement=improvement, run=run, floor=-np.inf, ceiling=np.inf)


def p_chart(
    numerators: Sequence[float | None] | Floats,
    denominators: Sequence[float | None] | Floats,
    *,
    prime: bool = False,
    screen: bool = True,
    rebase_at: Iterable[int] = (),
    baseline: int | None = None,
    run: int = 7,
    improvement: Improvement = "neutral",
) -> ControlChart:
    """Return the chart of proportions, `numerators` of `denominators` a period; limits follow the denominators.

    With `prime` the limits are widened, or narrowed, by how much the months truly vary (Laney 2002). A period with
    denominator 0 or missing has no value and no limits. Raises ValueError as `xmr`, and for a numerator above its
    denominator or below 0.
    """
    counts, sizes = _counts(numerators, denominators)
    if np.any(counts > sizes):
        raise ValueError("a numerator is larger than its denominator")
    return _attributes(
        counts,
        sizes,
        lambda p: np.sqrt(p * (1 - p)),
        prime=prime,
        screen=screen,
        parts=_parts(sizes.size, rebase_at, baseline, run),
        baseline=baseline,
        run=run,
        improvement=improvement,
        ceiling=1.0,
    )


def u_chart(
    counts: Sequence[float | None] | Floats,
    exposures: Sequence[float | None] | Floats,
    *,
    prime: bool = False,
    screen: bool = True,
    rebase_at: Iterable[int] = (),
    baseline: int | None = None,
    run: int = 7,
    improvement: Improvement = "neutral",
) -> ControlChart:
    """Return the chart of rates, `counts` per unit of `exposures`; as `p_chart`, without a ceiling at 1."""
    events, sizes = _counts(counts, exposures)
    return _attributes(
        events,
        sizes,
        np.sqrt,
        prime=prime,
        screen=screen,
        parts=_parts(sizes.size, rebase_at, baseline, run),
        baseline=baseline,
        run=run,
        improvement=improvement,
        ceiling=np.inf,
    )


def _attributes(
    counts: Floats,
    sizes: Floats,
    deviation: Callable[[Floats], Floats],
    *,
    prime: bool,
    screen: bool,
    parts: list[slice],
    baseline: int | None,
    run: int,
    improvement: Improvement,
    ceiling: float,
) -> ControlChart:
    """Pool the centre over each part and let the limits follow each period's size."""
    values = counts / sizes
    centre, spread = np.full(sizes.size, np.nan), np.full(sizes.size, np.nan)
    for part in parts:
        size = sizes[part]
        if np.isnan(size[:baseline]).all():
            continue
        centre[part] = np.nansum(counts[part][:baseline]) / np.nansum(size[:baseline])
        sigma = deviation(centre[part]) / np.sqrt(size)
        spread[part] = 3 * sigma
        if prime:
            with np.errstate(invalid="ignore", divide="ignore"):
                z = (values[part] - centre[part])[:baseline] / sigma[:baseline]
            spread[part] *= _moving_range(z, screen) / SIGMA_BY_RANGE
    return _chart(values, centre, spread, parts=parts, improvement=improvement, run=run, floor=0.0, ceiling=ceiling)


def _chart(
    values: Floats,
    centre: Floats,
    spread: Floats,
    *,
    parts: list[slice],
    improvement: Improvement,
    run: int,
    floor: float,
    ceiling: float,
) -> ControlChart:
    """Draw the limits, clipped to what is possible, and look for signals part by part."""
    with np.errstate(invalid="ignore"):
        lower, upper = np.maximum(centre - spread, floor), np.minimum(centre + spread, ceiling)
    found = [find_signals(values[p], centre[p], spread[p], lower[p], upper[p], run=run) for p in parts]
    flags = Signals.joined(found)
    few = np.concatenate(
        [np.zeros(0), *(np.full(p.stop - p.start, np.sum(~np.isnan(values[p])) < ENOUGH) for p in parts)]
    )
    return ControlChart(
        values=values,
        centre=centre,
        lower=lower,
        upper=upper,
        outside=flags.outside != 0,
        shift=flags.shift != 0,
        trend=flags.trend != 0,
        two_in_three=flags.two_in_three != 0,
        signal=flags.strongest(),
        direction=flags.meaning(improvement),
        few=few.astype(np.bool_),
    )


def _floats(values: Sequence[float | None] | Floats) -> Floats:
    """Return a one-dimensional array with None as NaN; an infinite value is refused."""
    series = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    if np.isinf(series).any():
        raise ValueError("a value is infinite")
    return series


def _counts(counts: Sequence[float | None] | Floats, sizes: Sequence[float | None] | Floats) -> tuple[Floats, Floats]:
    """Return counts and sizes of equal length, both NaN where either is missing or the size is 0."""
    events, exposed = _floats(counts), _floats(sizes)
    if events.shape != exposed.shape:
        raise ValueError("counts and sizes differ in length")
    if np.any(events < 0) or np.any(exposed < 0):
        raise ValueError("counts and sizes cannot be negative")
    missing = np.isnan(events) | np.isnan(exposed) | (exposed == 0)
    return np.where(missing, np.nan, events), np.where(missing, np.nan, exposed)


def _parts(size: int, rebase_at: Iterable[int], baseline: int | None, run: int) -> list[slice]:
    """Return the stretches between re-baselinings."""
    cuts = sorted({int(cut) for cut in rebase_at} - {0})
    if any(cut < 0 or cut >= size for cut in cuts):
        raise ValueError("a re-baselining lies outside the series")
    if run < 2 or (baseline is not None and baseline < 1):
        raise ValueError("a run has at least two points and a baseline at least one")
    return [slice(a, b) for a, b in pairwise([0, *cuts, size])] if size else []


def _mean(values: Floats) -> float:
    """Return the mean of the known values, corrected once: the mean of a constant must be that constant."""
    known = values[~np.isnan(values)]
    if not known.size:
        return math.nan
    first = math.fsum(known) / known.size
    return first + math.fsum(known - first) / known.size


def _moving_range(values: Floats, screen: bool) -> float:
    """Return the mean moving range, NaN if there is none or nothing moves; a missing value drops both its ranges.

    Screening that leaves only ranges of zero would put every point outside: then all ranges count.
    """
    ranges = np.abs(np.diff(values))
    ranges = ranges[~np.isnan(ranges)]
    plain = _mean(ranges)
    if not plain > 0:
        return math.nan
    kept = _mean(ranges[ranges < RANGE_LIMIT * plain]) if screen else plain
    return kept if kept > 0 else plain
