#!/usr/bin/env python3
"""How often does analysis.stats.early_warning cry wolf in a year, and how soon does it notice?

Run from the project's root:  python bench/early_warning_scenarios.py [--reps 300] [--seed 1]

Prints per scenario the false alarms a year and series over three years without any change, and after a change (half
again as many, or twice as many) the share noticed within four and eight weeks. The table stands in
docs/early-warning.md.
"""

import argparse
import sys
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
WEEKS, BEGINS = 182, 104

SCENARIOS: dict[str, dict[str, Any]] = {
    "400 comments, 5 %": {},
    "400 comments, 25 %": {"share": 0.25},
    "400 comments, 60 %": {"share": 0.6},
    "50 comments, 5 %": {"comments": 50},
    "50 comments, 25 %": {"comments": 50, "share": 0.25},
    "5,000 comments, 5 %": {"comments": 5000},
    "rare, 400 comments, .5 %": {"share": 0.005},
    "weeks differ beyond luck": {"noise": 0.05},
    "weeks differ much": {"noise": 0.2},
    "good and bad weeks last": {"noise": 0.05, "memory": 0.5},
    "a season": {"season": 0.15},
    "comments come and go": {"swing": 0.6},
    "a slow rise, 20 % a year": {"drift": 0.2},
}


def simulate(
    rng: np.random.Generator,
    *,
    comments: float = 400,
    share: float = 0.05,
    noise: float = 0.0,
    memory: float = 0.0,
    season: float = 0.0,
    swing: float = 0.0,
    drift: float = 0.0,
    change: float = 1.0,
) -> tuple[Array, Array]:
    """Return counts and comments by week; from week BEGINS on the share is `change` times as high."""
    week = np.arange(WEEKS)
    volume = rng.poisson(comments * np.exp(rng.normal(0, swing, WEEKS) if swing else np.zeros(WEEKS)))
    level = (
        (1 + season * np.sin(2 * np.pi * week / 52)) * (1 + drift) ** (week / 52) * np.where(week >= BEGINS, change, 1)
    )
    path = np.zeros(WEEKS)
    for w in week[1:]:
        path[w] = memory * path[w - 1] + np.sqrt(1 - memory**2) * rng.normal()
    spread = np.log1p(noise)
    odds = level * share * np.exp(np.sqrt(spread) * path - spread / 2)
    return rng.binomial(volume, np.minimum(odds, 0.98)), volume


def soon(scenario: dict[str, Any], change: float, reps: int, seed: int) -> tuple[float, float]:
    """Return the share of changes noticed within four and within eight weeks, in the right direction."""
    from analysis.stats.early_warning import alarms  # noqa: PLC0415 - found from the project's root

    rng = np.random.default_rng(seed)
    weeks = [
        min((w.week - BEGINS for w in alarms(*simulate(rng, **scenario, change=change))
             if w.week >= BEGINS and w.direction == "more"), default=99)
        for _ in range(reps)
    ]  # fmt: skip
    return sum(w < 4 for w in weeks) / reps, sum(w < 8 for w in weeks) / reps


def main() -> None:
    """Print a line a scenario."""
    args = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    args.add_argument("--reps", type=int, default=300)
    args.add_argument("--seed", type=int, default=1)
    options = args.parse_args()
    sys.path.insert(0, ".")
    from analysis.stats.early_warning import alarms  # noqa: PLC0415 - found from the project's root

    print(
        "| scenario | false alarms a year | half more: 4 weeks | 8 weeks | doubled: 4 weeks | 8 weeks |\n|---|---|---|---|---|---|"
    )
    for name, scenario in SCENARIOS.items():
        rng = np.random.default_rng(options.seed)
        false = sum(len(alarms(*simulate(rng, **scenario))) for _ in range(options.reps))
        yearly = false / options.reps / ((WEEKS - 14) / 52)
        shares = [f"{s:.2f}" for c in (1.5, 2.0) for s in soon(scenario, c, options.reps, options.seed)]
        print(f"| {name:25} | {yearly:.2f} | " + " | ".join(shares) + " |", flush=True)


if __name__ == "__main__":
    main()
