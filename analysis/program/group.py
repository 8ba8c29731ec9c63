"""`python -m analysis group`: mentions in, the group of each and its nearest neighbours out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from analysis.text.grouping import MentionIndex, likelihood

LIKELY = 0.22
"""From which likelihood the program puts two mentions together: tuned for the best balance over several families."""


def main(argv: list[str]) -> int:
    """Run the program; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m analysis group", description=__doc__)
    parser.add_argument(
        "--sure", action="store_true", help="put together only what the application would file by itself"
    )
    given = parser.parse_args(argv)
    try:
        rows = _read(sys.stdin)
    except ValueError as fault:
        print(fault, file=sys.stderr)
        return 2
    for line in group(rows, sure=given.sure):
        print(json.dumps(line, ensure_ascii=False))
    return 0


def group(rows: list[dict[str, Any]], *, sure: bool = False) -> list[dict[str, Any]]:
    """Group mentions ({"id", "text"}) and return {"id", "group", "similar"} in their order; the groups' names are numbers."""
    index = MentionIndex()
    for place, row in enumerate(rows):
        index.add(place, row["text"], place)
    near = [
        [(m, s) for m, s, _words in index.nearest(row["text"], limit=12) if m != place]
        for place, row in enumerate(rows)
    ]
    groups = _joined(near, index.sure if sure else LIKELY)
    return [
        {"id": row["id"], "group": groups[place], "similar": [rows[m]["id"] for m, _s in near[place][:5]]}  # type: ignore[index, call-overload]
        for place, row in enumerate(rows)
    ]


def _joined(near: list[list[tuple[Any, float]]], least: float) -> list[int]:
    """Join pairs from the likeliest down, as long as the two groups' members are alike on average."""
    likeness = {(min(a, b), max(a, b)): s for a, row in enumerate(near) for b, s in row}
    of, members = list(range(len(near))), {place: [place] for place in range(len(near))}
    for (a, b), s in sorted(likeness.items(), key=lambda each: (-each[1], each[0])):
        if likelihood(s) < least or of[a] == of[b]:
            continue
        left, right = of[a], of[b]
        between = [likeness.get((min(x, y), max(x, y)), 0.0) for x in members[left] for y in members[right]]
        if likelihood(sum(between) / len(between) + 0.1) >= least or len(between) == 1:
            for x in members.pop(right):
                of[x] = left
                members[left].append(x)
    return of


def _read(lines: TextIO | Iterable[str]) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append({"id": row["id"], "text": str(row["text"])})
        except (ValueError, KeyError, TypeError) as fault:
            raise ValueError(f'line {number}: not {{"id": ..., "text": ...}} in JSON: {fault}') from fault
    return rows
