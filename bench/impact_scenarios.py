#!/usr/bin/env python3
"""Simulated years for analysis.stats.impact.measure, beyond the ordinary: shocks, memory, long and short spans, few.

Run from the project's root:  python bench/impact_scenarios.py [--reps 200] [--seed 1]

Each month the improvements mentioned most in the last three months are acted on, so that luck alone makes them fall
afterwards. Prints per scenario how many are judged "fell" or "rose", how many intervals hold the truth, and how many
are "too early" or not judged. The table stands in docs/impact.md.
"""

import argparse
import sys
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

SCENARIOS: dict[str, dict[str, Any]] = {
    "steady": {},
    "common shock, one month": {"shock": (15, 1, 2.0)},
    "common shock that stays": {"shock": (14, 99, 0.6)},
    "every month its own level": {"wobble": 0.3},
    "memory .5, noise .2": {"noise": 0.2, "memory": 0.5},
    "memory .8, noise .2": {"noise": 0.2, "memory": 0.8},
    "memory .8, noise .4": {"noise": 0.4, "memory": 0.8},
    "12 months": {"span": 14, "first": 5, "tail": 4},
    "18 months, noisy": {"span": 18, "noise": 0.2, "first": 6},
    "36 months, noisy": {"span": 36, "noise": 0.2},
    "60 months, drift, noisy": {"span": 60, "noise": 0.2, "drift": 0.98},
    "60 months, memory": {"span": 60, "noise": 0.2, "memory": 0.6},
    "20 improvements": {"improvements": 20, "each": 1},
    "20 improvements, noisy": {"improvements": 20, "each": 1, "noise": 0.2},
    "12 improvements": {"improvements": 12, "each": 1, "mean": 3.0},
    "12, shock and noise": {"improvements": 12, "each": 1, "mean": 3.0, "noise": 0.2, "wobble": 0.2},
    "40, memory .6, noise .2": {"improvements": 40, "noise": 0.2, "memory": 0.6},
    "memory .9, noise .1": {"noise": 0.1, "memory": 0.9},
    "20,000 comments, noise .1": {"responses": 20000, "noise": 0.1},
    "all acted on": {"improvements": 16, "each": 2, "mean": 3.0},
    "log-normal rates": {"lognormal": 1.0},
    "log-normal noise, drift": {"lognormal": 1.0, "noise": 0.3, "drift": 0.97},
    "volume doubles": {"growth": 1.04, "noise": 0.1},
    "sparse, noisy": {"mean": 0.5, "noise": 0.3},
    "halved, memory .5": {"mean": 4.0, "effect": 0.5, "noise": 0.1, "memory": 0.5},
    "halved, common shocks": {"mean": 4.0, "effect": 0.5, "wobble": 0.2},
    "halved, 20 improvements": {"mean": 4.0, "effect": 0.5, "improvements": 20, "each": 1},
    "doubled": {"mean": 4.0, "effect": 2.0},
}


def simulate(
    rng: np.random.Generator,
    *,
    improvements: int = 200,
    span: int = 24,
    responses: float = 2000,
    mean: float = 1.5,
    shape: float = 0.8,
    lognormal: float = 0.0,
    drift: float = 1.0,
    growth: float = 1.0,
    wobble: float = 0.0,
    shock: tuple[int, int, float] | None = None,
    noise: float = 0.0,
    memory: float = 0.0,
    effect: float = 1.0,
    each: int = 2,
    first: int = 10,
    tail: int = 6,
) -> tuple[Array, Array, Array]:
    """Return mentions (improvements, months), comments (months,) and acted_month (improvements,)."""
    rate = rng.gamma(shape, mean / 1000 / shape, improvements)
    if lognormal:
        rate = mean / 1000 * np.exp(rng.normal(-(lognormal**2) / 2, lognormal, improvements))
    month = np.arange(span)
    level = drift**month * np.exp(rng.normal(0, wobble, span))
    if shock:
        level[shock[0] : shock[0] + shock[1]] *= shock[2]
    volume = rng.poisson(responses * growth**month)
    expected = rate[:, None] * volume * level * luck(rng, improvements, span, noise, memory)
    return *act(rng, expected, effect, each=each, first=first, tail=tail), volume


def luck(rng: np.random.Generator, improvements: int, span: int, noise: float, memory: float) -> Array:
    """Return noise of mean 1 and variance `noise` whose logarithm is a first-order autoregression."""
    if not noise:
        return np.ones((improvements, span))
    spread = np.log1p(noise)
    path = np.zeros((improvements, span))
    path[:, 0] = rng.normal(0, 1, improvements)
    for m in range(1, span):
        path[:, m] = memory * path[:, m - 1] + np.sqrt(1 - memory**2) * rng.normal(0, 1, improvements)
    return np.asarray(np.exp(np.sqrt(spread) * path - spread / 2))


def act(
    rng: np.random.Generator, expected: Array, effect: float, *, each: int, first: int, tail: int
) -> tuple[Array, Array]:
    """Draw mentions month by month, acting on those mentioned most in the last three months."""
    improvements, span = expected.shape
    mentions = np.zeros((improvements, span), dtype=int)
    acted = np.full(improvements, -1)
    for m in range(span):
        changed = (acted >= 0) & (acted <= m)
        mentions[:, m] = rng.poisson(expected[:, m] * np.where(changed, effect, 1.0))
        if first <= m < span - tail:
            recent = mentions[:, m - 2 : m + 1].sum(axis=1).astype(float)
            recent[acted >= 0] = -1
            chosen = [i for i in np.argsort(-recent)[:each] if recent[i] >= 0]
            acted[chosen] = m + 1
    return mentions, acted


def main() -> None:
    """Print a line a scenario."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    args.add_argument("--reps", type=int, default=200)
    args.add_argument("--seed", type=int, default=1)
    options = args.parse_args()
    sys.path.insert(0, ".")
    print(f"| {'scenario':27} | judged |  fell |  rose | holds truth | not judged |\n|---|---|---|---|---|---|")
    for name, scenario in SCENARIOS.items():
        print(line(name, scenario, options.reps, options.seed), flush=True)


def line(name: str, scenario: dict[str, Any], reps: int, seed: int) -> str:
    """Return one scenario's row of the table."""
    from analysis.stats import impact  # noqa: PLC0415  the project's root is put on the path first

    rng = np.random.default_rng(seed)
    truth = scenario.get("effect", 1.0)
    fell = rose = held = judged = early = 0
    for _ in range(reps):
        mentions, acted, volume = simulate(rng, **scenario)
        for found, when in zip(impact.measure(mentions, volume, acted), acted, strict=True):
            if when < 0:
                continue
            if found is None or found.verdict == "too early":
                early += 1
                continue
            judged += 1
            fell += found.verdict == "fell"
            rose += found.verdict == "rose"
            held += found.low <= truth <= found.high
    n = max(judged, 1)
    lost = early / max(judged + early, 1)
    return f"| {name:27} | {judged:6} | {fell / n:5.3f} | {rose / n:5.3f} | {held / n:11.3f} | {lost:10.3f} |"


if __name__ == "__main__":
    main()
