#!/usr/bin/env python3
"""How often do the bands of analysis.stats.time_to_event.competing hold the truth, with a few large improvements?

Run from the project's root:  python bench/answered_scenarios.py [--reps 400] [--seed 1]

The mentions of one improvement end together, a few improvements have most mentions, some are declined, and what is
still open is cut off by today's date. Prints, per scenario, the share of bands that hold the truth at 30, 60, 90 and
180 days. The table stands in docs/time-to-event.md.
"""

import argparse
import sys
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
AT = (30, 60, 90, 180)
KINDS = ("done", "declined", "open")

SCENARIOS: dict[str, dict[str, Any]] = {
    "100 improvements": {},
    "30 improvements": {"improvements": 30},
    "15 improvements": {"improvements": 15},
    "100, very heavy tail": {"tail": 1.1},
    "30, very heavy tail": {"improvements": 30, "tail": 1.1},
    "many declined": {"declined": 0.6},
    "hardly any declined": {"declined": 0.05},
    "slow": {"scale": 400.0},
    "quick": {"scale": 40.0},
    "mentions over a year": {"spread": 365.0},
    "30, mentions over a year": {"improvements": 30, "spread": 365.0},
    "large ones first": {"urgent": 0.5},
}


def simulate(
    rng: np.random.Generator,
    *,
    improvements: int = 100,
    tail: float = 1.5,
    declined: float = 0.3,
    scale: float = 120.0,
    spread: float = 30.0,
    urgent: float = 0.0,
) -> tuple[Array, Array, Array, Array]:
    """Return true days and kind of every mention's end, its improvement, and the days until today."""
    size = np.minimum(1 + np.floor(3 * rng.pareto(tail, improvements)), 2000).astype(int)
    pace = scale * size**-urgent if urgent else np.full(improvements, scale)
    begun = rng.uniform(0, 365, improvements)
    wait = 10 + rng.weibull(0.8, improvements) * pace
    kind = np.where(rng.random(improvements) < declined, 2, 1)
    group = np.repeat(np.arange(improvements), size)
    raised = rng.uniform(0, 1, group.size) * np.minimum(wait[group], spread)
    return np.ceil(wait[group] - raised), kind[group], group, np.ceil(np.maximum(500 - begun[group] - raised, 1))


def truth(scenario: dict[str, Any], seed: int) -> Array:
    """Return (done, declined, open) x horizon, as a share of very many mentions, none of them cut off."""
    rng = np.random.default_rng(seed + 99)
    ended, total = np.zeros((2, len(AT))), 0
    for _ in range(200):
        days, kind, group, _ = simulate(rng, **{**scenario, "improvements": 2000})
        for k in (1, 2):
            ended[k - 1] += [np.sum((days <= at) & (kind == k)) for at in AT]
        total += group.size
    return np.vstack([ended, total - ended.sum(axis=0)]) / total


def held(scenario: dict[str, Any], reps: int, seed: int) -> tuple[Array, Array]:
    """Return the share of bands that hold the truth, and their mean width, kind x horizon."""
    from analysis.stats.time_to_event import competing  # noqa: PLC0415 - found from the project's root

    rng, true = np.random.default_rng(seed), truth(scenario, seed)
    hits, width = np.zeros(true.shape), np.zeros(true.shape)
    for _ in range(reps):
        days, kind, group, today = simulate(rng, **scenario)
        found = competing(np.minimum(days, today), np.where(days <= today, kind, 0), group, AT)
        low = np.array([getattr(found, f"{k}_lower") for k in KINDS])
        high = np.array([getattr(found, f"{k}_upper") for k in KINDS])
        hits += (low <= true) & (true <= high)
        width += high - low
    return hits / reps, width / reps


def main() -> None:
    """Print a line a scenario."""
    args = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    args.add_argument("--reps", type=int, default=400)
    args.add_argument("--seed", type=int, default=1)
    options = args.parse_args()
    sys.path.insert(0, ".")
    print(f"| {'scenario':25} | done | declined | open | least | mean width |\n|---|---|---|---|---|---|")
    for name, scenario in SCENARIOS.items():
        hits, width = held(scenario, options.reps, options.seed)
        done, declined, still = hits.mean(axis=1)
        print(
            f"| {name:25} | {done:.3f} | {declined:.3f} | {still:.3f} | {hits.min():.3f} | {width.mean():.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
