"""The four signals of a control chart: a point outside, a shift, a trend, two of three near a limit."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Signs = npt.NDArray[np.int8]

NAMES = ("outside", "trend", "two in three", "shift")  # strongest first


@dataclass(frozen=True)
class Signals:
    """For every point and signal: 1 upwards, -1 downwards, 0 none."""

    outside: Signs
    trend: Signs
    two_in_three: Signs
    shift: Signs

    @classmethod
    def joined(cls, parts: "list[Signals]") -> Self:
        """Return the signals of successive stretches as those of the whole series."""
        none = np.zeros(0, dtype=np.int8)
        return cls(
            outside=np.concatenate([none, *(p.outside for p in parts)]),
            trend=np.concatenate([none, *(p.trend for p in parts)]),
            two_in_three=np.concatenate([none, *(p.two_in_three for p in parts)]),
            shift=np.concatenate([none, *(p.shift for p in parts)]),
        )

    def strongest(self) -> tuple[str, ...]:
        """Return each point's strongest signal by name, "" for none."""
        return tuple(next((n for n, sign in zip(NAMES, row, strict=True) if sign), "") for row in self._rows())

    def meaning(self, improvement: str) -> tuple[str, ...]:
        """Return what each strongest signal means: improvement, concern, change (no better direction) or ""."""
        better = {"increase": 1, "decrease": -1, "neutral": 0}[improvement]
        signs = (next((sign for sign in row if sign), 0) for row in self._rows())
        return tuple(_word(sign, better) for sign in signs)

    def _rows(self) -> list[tuple[int, ...]]:
        return [
            tuple(int(sign) for sign in row)
            for row in zip(self.outside, self.trend, self.two_in_three, self.shift, strict=True)
        ]


def _word(sign: int, better: int) -> str:
    if not sign:
        return ""
    if not better:
        return "change"
    return "improvement" if sign == better else "concern"


def find_signals(values: Floats, centre: Floats, spread: Floats, lower: Floats, upper: Floats, *, run: int) -> Signals:
    """Return the signals of one stretch; `spread` is the distance from centre to limit before clipping.

    A comparison with NaN is false, so a missing value or limit signals nothing, and interrupts every run.
    """
    side = _sign(values > centre, values < centre)
    outside = _sign(values > upper, values < lower)
    near = _sign(values > centre + spread * 2 / 3, values < centre - spread * 2 / 3)
    near[outside != 0] = 0
    steps = np.diff(values)
    return Signals(
        outside=outside,
        trend=_trends(_sign(steps > 0, steps < 0), values.size, run),
        two_in_three=_two_in_three(side, near),
        shift=_runs(side, run),
    )


def _sign(up: npt.NDArray[np.bool_], down: npt.NDArray[np.bool_]) -> Signs:
    return up.astype(np.int8) - down.astype(np.int8)


def _runs(signs: Signs, least: int) -> Signs:
    """Keep the signs of unbroken runs of at least `least` equal non-zero signs, and blank the others."""
    edges = np.concatenate([[0], np.flatnonzero(np.diff(signs)) + 1, [signs.size]])
    kept = signs.copy()
    for start, stop in pairwise(edges):
        if stop - start < least:
            kept[start:stop] = 0
    return kept


def _trends(steps: Signs, size: int, run: int) -> Signs:
    """Mark every point of a rise or fall of at least `run` points; a peak between two belongs to the earlier."""
    found = np.zeros(size, dtype=np.int8)
    kept = _runs(steps, run - 1)
    for at in np.flatnonzero(kept):
        found[at] = found[at] or kept[at]
        found[at + 1] = kept[at]
    return found


def _two_in_three(side: Signs, near: Signs) -> Signs:
    """Mark the near points of three in a row on one side of which at least two are near the limit."""
    found = np.zeros(side.size, dtype=np.int8)
    for at in range(side.size - 2):
        window = slice(at, at + 3)
        if abs(int(side[window].sum())) == 3 and np.count_nonzero(near[window]) >= 2:
            found[window] = np.where(near[window] != 0, near[window], found[window])
    return found
