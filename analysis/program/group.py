"""`python -m analysis group`: mentions in, the group of each and its nearest neighbours out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from analysis.text.average_link import average_link
from analysis.text.grouping import MentionIndex, Near

ALIKE, ALIKE_BY_MEANING = 0.19, 0.22
"""How alike the mentions of a group are on average, beyond the usual: chosen for the best balance over several families."""
TWINS = 0.6
"""How alike mentions are that say the same."""
_OTHERS = 30
"""What is usual is reckoned as if so many mentions of other things had been there: a few lines may all be of one need."""
_COMPARED = 200
_LISTED = 5


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


def group(rows: list[dict[str, Any]], *, sure: bool = False, alike: float | None = None) -> list[dict[str, Any]]:
    """Group mentions ({"id", "text"}) and return {"id", "group", "similar"} in their order; the groups' names are numbers."""
    index = MentionIndex()
    for place, row in enumerate(rows):
        index.add(place, row["text"], place)
    near = [
        [each for each in index.nearest(row["text"], limit=_COMPARED) if each.mention != n]
        for n, row in enumerate(rows)
    ]
    groups = (
        _filed([row["text"] for row in rows])
        if sure
        else _gathered(near, alike or (ALIKE_BY_MEANING if index.by_meaning else ALIKE))
    )
    return [
        {"id": row["id"], "group": groups[place], "similar": [rows[other]["id"] for other in _neighbours(near, place)]}
        for place, row in enumerate(rows)
    ]


def _neighbours(near: list[list[Near]], place: int) -> list[int]:
    """Return up to five others, nearest first; what is all but the same as one of them is not listed again, unless room is left."""
    listed: list[int] = []
    again: list[int] = []
    for each in near[place]:
        twin = any(other.mention in listed for other in near[_number(each)] if other.likeness >= TWINS)
        (again if twin else listed).append(_number(each))
        if len(listed) == _LISTED:
            break
    order = {_number(each): rank for rank, each in enumerate(near[place])}
    return sorted((listed + again)[:_LISTED], key=order.__getitem__)


def _gathered(near: list[list[Near]], alike: float) -> list[int]:
    """Group by average likeness beyond what each shares with everything else: where all speak of cards, cards say little."""
    usual = [sum(each.likeness for each in row) / (len(near) + _OTHERS) for row in near]
    likeness: dict[tuple[int, int], float] = {}
    for place, row in enumerate(near):
        for each in row:
            first, second = sorted((place, _number(each)))
            likeness[first, second] = each.likeness - usual[first] - usual[second]
    return average_link(len(near), likeness, alike)


def _filed(texts: list[str]) -> list[int]:
    """Group as the application files: one mention after the other, where it is sure, and otherwise apart."""
    index, groups = MentionIndex(), []
    for place, text in enumerate(texts):
        best = next(iter(index.propose(text, limit=1)), None)
        groups.append(best.group if best and best.similarity >= index.sure else place)
        index.add(place, text, groups[-1])
    return groups  # type: ignore[return-value]


def _number(near: Near) -> int:
    assert isinstance(near.mention, int), "lines are filed by number"
    return near.mention


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
