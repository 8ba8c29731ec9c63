"""Intervals for shares and rates that stay possible and hold with few answers."""

import math
from collections.abc import Mapping

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


def wilson(events: float, of: float, z: float = Z95) -> tuple[float, float]:
    """Return Wilson's score interval for a share of `events` in `of`; (NaN, NaN) when `of` is 0.

    Raises ValueError when events are negative or more than `of`. Wilson (1927); Brown, Cai and DasGupta (2001).
    """
    if not 0 <= events <= of:
        raise ValueError("events must lie between 0 and the number they are out of")
    if of == 0:
        return math.nan, math.nan
    share, widen = events / of, z * z / of
    centre = (share + widen / 2) / (1 + widen)
    reach = z * math.sqrt(share * (1 - share) / of + widen / (4 * of)) / (1 + widen)
    low = 0.0 if events == 0 else max(0.0, centre - reach)
    return low, 1.0 if events == of else min(1.0, centre + reach)


def byar(events: int, exposure: float, z: float = Z95) -> tuple[float, float]:
    """Return Byar's interval for a rate of `events` per `exposure` (Poisson); (NaN, NaN) when exposure is 0.

    Raises ValueError for a negative count or exposure. Breslow and Day (1987).
    """
    if events < 0 or exposure < 0:
        raise ValueError("events and exposure cannot be negative")
    if exposure == 0:
        return math.nan, math.nan
    more = events + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3 if events else 0.0
    high = more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
    return max(low, 0.0) / exposure, high / exposure


def difference(events: float, of: float, events_before: float, of_before: float) -> tuple[float, float]:
    """Return Newcombe's interval for the difference of two shares, now less before; NaN where either is of 0."""
    low, high = wilson(events, of)
    low_before, high_before = wilson(events_before, of_before)
    if math.isnan(low) or math.isnan(low_before):
        return math.nan, math.nan
    now, before = events / of, events_before / of_before
    down = math.hypot(now - low, high_before - before)
    up = math.hypot(high - now, before - low_before)
    return now - before - down, now - before + up


def mean(counts: Mapping[float, int], low: float, high: float, z: float = Z95) -> tuple[float, float]:
    """Return an interval for the mean of answers on a scale from `low` to `high`, given how often each value was answered.

    One answer at each end of the scale is added to the spread (not to the mean), so that ten equal answers do not look certain;
    (NaN, NaN) without answers. Raises ValueError for a value outside the scale. After Agresti and Coull (1998), for a mean.
    """
    if any(not low <= value <= high or n < 0 for value, n in counts.items()):
        raise ValueError("every value must lie on the scale, as often as it was counted")
    of = sum(counts.values())
    if of == 0:
        return math.nan, math.nan
    centre = sum(value * n for value, n in counts.items()) / of
    spread = sum(n * (value - centre) ** 2 for value, n in counts.items()) + (low - centre) ** 2 + (high - centre) ** 2
    reach = z * math.sqrt(spread / (of + 1) / of)
    return max(low, centre - reach), min(high, centre + reach)
