"""How long until something happens: Kaplan-Meier for one outcome, Aalen-Johansen for outcomes that compete.

Kaplan-Meier agrees with R's survival package (survfit, conf.type "log-log"). See docs/time-to-event.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

OPEN, DONE, DECLINED = 0, 1, 2
HORIZONS = (30, 60, 90, 180)
NORMAL_975 = 1.959963984540054
ROUNDING = 1.5e-8  # a share this near to one half is one half (as R has it)


@dataclass(frozen=True)
class Survival:
    """Share still waiting after each of `at` days, with a 95 % band; `median` in days, NaN where not reached."""

    at: Floats
    survival: Floats
    lower: Floats
    upper: Floats
    median: float


@dataclass(frozen=True)
class Outcomes:
    """Shares done, declined and open after each of `at` days, which add up to 1, each with a 95 % band."""

    at: Floats
    done: Floats
    declined: Floats
    open: Floats
    done_lower: Floats
    done_upper: Floats
    declined_lower: Floats
    declined_upper: Floats
    open_lower: Floats
    open_upper: Floats


def kaplan_meier(
    days: Sequence[float] | npt.NDArray[Any],
    observed: Sequence[Any] | npt.NDArray[Any],
    at: Sequence[float] = HORIZONS,
) -> Survival:
    """Return the share for whom nothing has happened by the end of each day of `at`.

    `days` are waiting times (not negative), `observed` is true where they ended in the event, false where the wait
    was still going on (censored). Beyond the last wait the last share is carried on. The band is NaN where the share
    is 0 or 1 (log-log knows none there), everything is NaN without data. Raises ValueError for unequal lengths or a
    day that is negative or missing.
    """
    waits, happened = _waits(days), np.asarray(observed).astype(bool)
    if happened.shape != waits.shape:
        raise ValueError("days and observed differ in length")
    when = np.asarray(at, dtype=np.float64)
    if not waits.size:
        nothing = np.full(when.size, np.nan)
        return Survival(when, nothing, nothing, nothing, np.nan)
    times, place = np.unique(waits, return_inverse=True)
    events = np.bincount(place, weights=happened, minlength=times.size)
    waiting = waits.size - np.concatenate([[0], np.cumsum(np.bincount(place, minlength=times.size))[:-1]])
    share = np.cumprod(1 - events / waiting)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(events / (waiting * (waiting - events))))
    last = np.searchsorted(times, when, side="right")
    survival = np.concatenate([[1.0], share])[last]
    lower, upper = _log_log(survival, np.concatenate([[0.0], spread])[last])
    return Survival(when, survival, lower, upper, _median(times, share))


def _waits(days: Sequence[float] | npt.NDArray[Any]) -> Floats:
    waits = np.asarray(days, dtype=np.float64)
    if waits.ndim != 1 or not np.isfinite(waits).all() or np.any(waits < 0):
        raise ValueError("days must be a list of numbers that are not negative")
    return waits


def _log_log(survival: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Return the band of log(-log S); undefined at 0 and 1."""
    inside = (survival > 0) & (survival < 1)
    safe = np.where(inside, survival, 0.5)
    stretch = np.exp(NORMAL_975 * np.where(inside, spread, 0.0) / np.abs(np.log(safe)))
    return np.where(inside, safe**stretch, np.nan), np.where(inside, safe ** (1 / stretch), np.nan)


def _median(times: Floats, share: Floats) -> float:
    """Return the first day on which at most half still wait; the middle where exactly half wait for a while."""
    reached = np.flatnonzero(share < 0.5 + ROUNDING)
    if not reached.size:
        return float("nan")
    first = reached[0]
    later = np.flatnonzero(share < share[first] - ROUNDING)
    if abs(share[first] - 0.5) < ROUNDING and later.size:
        return float(times[first] + times[later[0]]) / 2
    return float(times[first])


def competing(
    days: Sequence[float] | npt.NDArray[Any],
    outcome: Sequence[int] | npt.NDArray[Any],
    groups: Sequence[Any] | npt.NDArray[Any],
    at: Sequence[float] = HORIZONS,
) -> Outcomes:
    """Return the shares done, declined and open by the end of each day of `at` (Aalen-Johansen).

    One element a mention: `days` it has waited, `outcome` (0 still open, 1 done, 2 declined), `groups` the improvement
    it belongs to. Bands leave each improvement out in turn (a jackknife), for the mentions of one end together.
    Without data everything is NaN. Raises ValueError for unequal lengths, another outcome, or an impossible day.
    """
    waits, ended = _waits(days), np.asarray(outcome, dtype=np.int64)
    members = np.asarray(groups)
    if ended.shape != waits.shape or members.shape != waits.shape:
        raise ValueError("days, outcome and groups differ in length")
    if not np.isin(ended, (OPEN, DONE, DECLINED)).all():
        raise ValueError("an outcome is 0 (open), 1 (done) or 2 (declined)")
    when = np.asarray(at, dtype=np.float64)
    if not waits.size:
        return Outcomes(when, *(np.full(when.size, np.nan) for _ in range(9)))
    member = np.unique(members, return_inverse=True)[1].reshape(-1).astype(np.int64)
    counts = _Counts(waits, ended, member, when)
    whole = counts.shares(np.zeros((1, counts.times.size)), np.zeros((2, 1, counts.times.size)))[:, 0]
    lower, upper = _bands(whole, counts, np.bincount(member))
    return Outcomes(when, *whole, *(band[k] for k in range(3) for band in (lower, upper)))


class _Counts:
    """Mentions waiting and ending by day and improvement, up to the last day asked for."""

    def __init__(self, waits: Floats, ended: Whole, member: Whole, at: Floats) -> None:
        seen = (waits <= (at.max() if at.size else 0)) & (ended != OPEN)
        self.times = np.unique(waits[seen])
        self.at = np.searchsorted(self.times, at, side="right")
        self.size = int(member.max()) + 1
        self.reached = np.searchsorted(self.times, waits, side="right")
        self.member, self.ended = member, np.where(seen, ended, OPEN)
        self.waiting = self._waiting(np.ones(waits.size, dtype=bool), 1, np.zeros_like(member))[0]
        self.events = np.stack([self._ends(k, np.ones(waits.size, dtype=bool), 1)[0] for k in (DONE, DECLINED)])

    def of(self, first: int, stop: int) -> tuple[Floats, Floats]:
        """Return waiting (improvements, days) and events (2, improvements, days) of a stretch of improvements."""
        inside = (self.member >= first) & (self.member < stop)
        waiting = self._waiting(inside, stop - first, self.member - first)
        return waiting, np.stack([self._ends(k, inside, stop - first, first) for k in (DONE, DECLINED)])

    def _waiting(self, inside: npt.NDArray[np.bool_], rows: int, row: Whole) -> Floats:
        """How many are still waiting at the start of each day: those whose wait reaches it."""
        last = np.zeros((rows, self.times.size + 1))
        np.add.at(last, (row[inside], self.reached[inside]), 1)
        return last[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:]

    def _ends(self, kind: int, inside: npt.NDArray[np.bool_], rows: int, first: int = 0) -> Floats:
        ends = np.zeros((rows, self.times.size))
        chosen = inside & (self.ended == kind)
        row = self.member[chosen] - first if rows > 1 or first else np.zeros(chosen.sum(), dtype=np.int64)
        np.add.at(ends, (row, self.reached[chosen] - 1), 1)
        return ends

    def shares(self, waiting: Floats, events: Floats) -> Floats:
        """Return (done, declined, open) x rows x `at` when these are left out of the whole."""
        left = self.waiting - waiting
        hazards = np.divide(self.events[:, None] - events, left, out=np.zeros(events.shape), where=left > 0)
        still = np.cumprod(1 - hazards.sum(axis=0), axis=1)
        start = np.ones((still.shape[0], 1))
        before = np.concatenate([start, still[:, :-1]], axis=1) if self.times.size else still
        none = np.zeros((2, still.shape[0], 1))
        ended = np.concatenate([none, np.cumsum(before * hazards, axis=2)], axis=2)[:, :, self.at]
        return np.concatenate([ended, (1 - ended.sum(axis=0))[None]])


def _bands(whole: Floats, counts: _Counts, sizes: Whole) -> tuple[Floats, Floats]:
    """Return 95 % bands from as many independent mentions as would vary as the jackknife does (Korn, Graubard 1998).

    A jackknife that saw no large improvement declined believes that none ever is: what the mentions are worth is
    capped at twice the number of equally large improvements (simulated, bench/answered_scenarios.py).
    """
    from scipy.special import betaincinv, stdtrit  # noqa: PLC0415 - processes that draw no band load no scipy

    n = counts.size
    if n < 2:
        return np.full(whole.shape, np.nan), np.full(whole.shape, np.nan)
    moved = np.concatenate([_left_out(whole, counts, first) for first in range(0, n, 500)], axis=1)
    variance = (n - 1) / n * (moved**2).sum(axis=1)
    alike = float(sizes.sum()) ** 2 / float((sizes.astype(np.float64) ** 2).sum())
    freedom = max(alike - 1, 1.0)
    widen = (NORMAL_975 / float(stdtrit(freedom, 0.975))) ** 2
    spread = whole * (1 - whole)
    worth = np.divide(spread, variance, out=np.full(whole.shape, alike), where=variance > 1e-15)
    worth = np.clip(np.minimum(worth, 2 * alike), 0.5, None) * widen
    count = whole * worth
    lower = np.where(whole > 1e-12, betaincinv(np.maximum(count, 1e-9), worth - count + 1, 0.025), 0.0)
    upper = np.where(whole < 1 - 1e-12, betaincinv(count + 1, np.maximum(worth - count, 1e-9), 0.975), 1.0)
    return lower, upper


def _left_out(whole: Floats, counts: _Counts, first: int) -> Floats:
    """Return how far the shares move when each of 500 improvements is left out."""
    waiting, events = counts.of(first, min(first + 500, counts.size))
    return counts.shares(waiting, events) - whole[:, None]
