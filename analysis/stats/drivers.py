"""What moves the rating: how often each theme comes up, and how much the rating differs where it does.

A ridge regression of the rating on all themes at once, within branch and month, so that a theme of a busy branch or a
bad month does not stand for it. It says what goes together, not what causes what. See docs/drivers.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from analysis.stats.intervals import wilson

Floats = npt.NDArray[np.float64]
Field = Literal["fix first", "keep up", "watch", "leave", "too few to tell"]

FEWEST = 10  # rated comments with a theme, and without it, below which nothing is said
BATCHES = 400  # the bootstrap draws batches of responses, which costs the same however many there are
DRAWS = 1000
SEED = 20260101
LEAST_USUAL = 10  # differences are usually a third of a rating's standard deviation, at the least
STEPS = 60  # rounds of taking branch and month away in turn


@dataclass(frozen=True)
class Driver:
    """A theme: its `share` of rated comments, and the `difference` in rating points with it; both with 95 % bounds.

    `mentions` are the rated comments with it. Differences are NaN where the field is "too few to tell".
    """

    theme: str
    mentions: int
    share: float
    share_low: float
    share_high: float
    difference: float
    low: float
    high: float
    field: Field


def drivers(
    ratings: Sequence[float | None] | npt.NDArray[Any],
    themes: npt.NDArray[Any],
    names: Sequence[str],
    *,
    branch: Sequence[Any] | npt.NDArray[Any] | None = None,
    month: Sequence[Any] | npt.NDArray[Any] | None = None,
) -> list[Driver]:
    """Return a driver a theme, in the order of `names`.

    `ratings` (responses,) in points, higher is better, None or NaN where not given (left out); `themes`
    (responses, themes) is true where the comment is of the theme; `branch` and `month` (responses,) are what to
    control for. Raises ValueError where shapes differ.
    """
    rated = np.array([np.nan if r is None else r for r in ratings], dtype=np.float64)
    about = np.asarray(themes, dtype=np.float64).reshape(rated.size, len(names))
    controls = [_codes(c, rated.size) for c in (branch, month) if c is not None]
    known = np.isfinite(rated)
    rated, about = rated[known], about[known]
    mentions = about.sum(axis=0).astype(int)
    enough = (mentions >= FEWEST) & (rated.size - mentions >= FEWEST)
    middle, low, high = (np.full(len(names), np.nan) for _ in range(3))
    if enough.any():
        within = _within(np.column_stack([rated, about[:, enough]]), [c[known] for c in controls])
        middle[enough], low[enough], high[enough] = _differences(within[:, 0], within[:, 1:])
    often = mentions >= mentions[enough].mean() if enough.any() else enough  # than the average theme
    return [
        _driver(name, int(mentions[k]), rated.size, (middle[k], low[k], high[k]), bool(often[k]))
        for k, name in enumerate(names)
    ]


def _codes(control: Sequence[Any] | npt.NDArray[Any], size: int) -> npt.NDArray[np.int64]:
    values = np.asarray(control)
    if values.shape != (size,):
        raise ValueError("branch and month need a value for every rating")
    return np.asarray(np.unique(values, return_inverse=True)[1].reshape(-1), dtype=np.int64)


def _within(columns: Floats, controls: list[npt.NDArray[np.int64]]) -> Floats:
    """Take the means of every branch and month away, in turn until nothing is left of either."""
    left: Floats = columns - columns.mean(axis=0)
    for _ in range(STEPS if len(controls) > 1 else len(controls)):
        moved = 0.0
        for codes in controls:
            size = np.maximum(np.bincount(codes), 1)
            means = np.column_stack([np.bincount(codes, weights=column) / size for column in left.T])
            left -= means[codes]
            moved = max(moved, float(np.abs(means).max()))
        if moved < 1e-9:
            break
    return left


def _differences(rated: Floats, about: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the ridge coefficients and bounds of a bootstrap that draws the prior anew each time.

    The prior pulls a rare theme's difference towards none; drawing it anew keeps the bounds as wide as what is not
    known of it (a plain bootstrap of a ridge would be sure of what it only presumes).
    """
    rng = np.random.default_rng(SEED)
    batch = rng.permutation(rated.size) % min(BATCHES, rated.size)
    squares, products = _sums(about, rated, batch)
    noise, usual = _scales(squares.sum(axis=0), products.sum(axis=0), float(rated @ rated), rated.size)
    pull = noise / usual
    ridge = pull * np.eye(about.shape[1])
    best = np.linalg.solve(squares.sum(axis=0) + ridge, products.sum(axis=0))
    drawn = rng.multinomial(len(squares), np.full(len(squares), 1 / len(squares)), size=DRAWS).astype(np.float64)
    prior = rng.normal(0, np.sqrt(usual), (DRAWS, about.shape[1]))
    left = np.einsum("db,bjk->djk", drawn, squares, optimize=True) + ridge
    found = np.linalg.solve(left, (drawn @ products + pull * prior)[:, :, None])[:, :, 0]
    low, high = np.quantile(found, [0.025, 0.975], axis=0)
    return best, np.minimum(low, best), np.maximum(high, best)


def _sums(about: Floats, rated: Floats, batch: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return cross products by batch: (batches, themes, themes) and (batches, themes)."""
    order = np.argsort(batch, kind="stable")
    edges = np.searchsorted(batch[order], np.arange(1, int(batch.max()) + 1))
    parts = np.split(order, edges)
    squares = np.stack([about[part].T @ about[part] for part in parts])
    return squares, np.stack([about[part].T @ rated[part] for part in parts])


def _scales(squares: Floats, products: Floats, total: float, size: int) -> tuple[float, float]:
    """Return the variance of a rating about its themes, and that of themes' differences, rather too large."""
    themes = len(products)
    inverse = np.linalg.pinv(squares)
    plain = inverse @ products
    noise = max((total - float(products @ plain)) / max(size - themes - 1, 1), 1e-6)
    luck = noise * np.diag(inverse)
    weight = 1 / (luck + noise / 25) ** 2  # themes known well decide how large differences are
    return noise, max(float(np.sum(weight * plain**2) / np.sum(weight)), noise / LEAST_USUAL)


def _driver(name: str, mentions: int, size: int, found: tuple[Any, Any, Any], often: bool) -> Driver:
    difference, low, high = (float(value) for value in found)
    share_low, share_high = wilson(mentions, size)
    share = mentions / size if size else float("nan")
    return Driver(name, mentions, share, share_low, share_high, difference, low, high, _field(low, high, often))


def _field(low: float, high: float, often: bool) -> Field:
    """Return where a theme lies on the map: often or seldom, against clearly worse, clearly better or neither."""
    if np.isnan(low):
        return "too few to tell"
    if high < 0:
        return "fix first" if often else "watch"
    return "keep up" if low > 0 and often else "leave"
