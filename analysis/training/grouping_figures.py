"""How well mentions are grouped: each family judged by the bound that the other families would choose."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any

from analysis.program.group import group

BOUNDS = tuple(round(0.06 + step / 100, 2) for step in range(15))


def load(folder: Path, names: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Read the grouped sets: name -> rows {"id", "text", "group"}."""
    found = {}
    for name in names:
        with (folder / "grouping" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            found[name] = [json.loads(line) for line in lines]
    return found


def pairs(true: Sequence[Hashable], guess: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of "these two are one need" over all pairs; 0 where there is nothing to count."""
    both, said, there = (_pairs(names) for names in (list(zip(true, guess, strict=True)), guess, true))
    precision, recall = both / said if said else 0.0, both / there if there else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def mates_found(rows: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> float:
    """Return the share of rows with a mate that find one among their five neighbours."""
    group_of = {row["id"]: row["group"] for row in rows}
    sizes = Counter(group_of.values())
    asked = [(row, line) for row, line in zip(rows, found, strict=True) if sizes[row["group"]] > 1]
    hits = sum(any(group_of[other] == row["group"] for other in line["similar"]) for row, line in asked)
    return hits / len(asked) if asked else 0.0


def report(sets: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Return a line for each family: grouped by the bound that is best for the others, and by `sure` alone."""
    measured = {
        name: {bound: pairs(*_groups(rows, group(rows, alike=bound))) for bound in BOUNDS}
        for name, rows in sets.items()
    }
    lines = []
    for name, rows in sets.items():
        others = [other for other in sets if other != name]
        bound = max(BOUNDS, key=lambda one: sum(measured[other][one][2] for other in others))
        sure = group(rows, sure=True)
        precision, recall, _ = pairs(*_groups(rows, sure))
        filed = len(rows) - len({line["group"] for line in sure})
        lines.append(
            f"{name:10} hit5 {mates_found(rows, sure):.3f}  left out: bound {bound} pair F1 {measured[name][bound][2]:.3f}"
            f"  sure: precision {precision:.3f} recall {recall:.3f}, {filed} of {len(rows)} filed"
        )
    return lines


def _groups(rows: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> tuple[list[Hashable], list[Hashable]]:
    return [row["group"] for row in rows], [line["group"] for line in found]


def _pairs(names: Sequence[Hashable]) -> int:
    return sum(times * (times - 1) // 2 for times in Counter(names).values())
