"""`python -m analysis group`: mentions in, the group of each and its nearest neighbours out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from analysis.program.meant import weigh
from analysis.text.average_link import average_link
from analysis.text.grouping import MentionIndex, Near
from analysis.text.settling import settle
from analysis.text.vectors import signs

Floats = NDArray[np.float64]
ALIKE, ALIKE_BY_MEANING = 0.12, 0.11
"""How alike the mentions of a group are on average, beyond the usual: chosen for the best balance over several families."""
TWINS = 0.7
"""How alike mentions are that say the same."""
_OTHERS = 30
"""What is usual is reckoned as if so many mentions of other things had been there: a few lines may all be of one need."""
_CROWD, _EVEN = 10, 0.3
"""A likeness counts by how far it is above what both mentions have with so many of their nearest; as much as these is this."""
_SETTLED = 1.2
"""A mention stays with a group, or moves to it, where its likeness to each member is so many times `alike` on average."""
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
    texts, index = [row["text"] for row in rows], MentionIndex()
    found = _found(index, texts)
    crowds = _crowds(found)
    near = [_beyond(row, place, crowds) for place, row in enumerate(found)]
    least = alike or (ALIKE_BY_MEANING if index.by_meaning else ALIKE)
    groups = _filed(texts) if sure else _together(texts, near, crowds, least)
    return [
        {"id": row["id"], "group": groups[place], "similar": [rows[other]["id"] for other in _neighbours(near, place)]}
        for place, row in enumerate(rows)
    ]


def _found(index: MentionIndex, texts: list[str]) -> list[list[Near]]:
    """Return the nearest others of each text, known by their places, nearest first."""
    for place, text in enumerate(texts):
        index.add(place, text, place)
    found = [
        [each for each in index.nearest(text, limit=_COMPARED) if each.mention != place]
        for place, text in enumerate(texts)
    ]
    return weigh(texts, found) if index.by_meaning else found


def _crowds(near: list[list[Near]]) -> Floats:
    """Return how alike each mention is to its nearest, on average."""
    return np.array([sum(each.likeness for each in row[:_CROWD]) / _CROWD for row in near])


def _beyond(row: list[Near], place: int, crowds: Floats) -> list[Near]:
    """Return a mention's neighbours by how alike they are beyond their crowds, nearest first: what is like everything is like nothing
    in particular (cross-domain similarity local scaling, Conneau et al. 2018)."""
    usual = (crowds[[_number(each) for each in row]] + crowds[place]) / 2
    scaled = [
        replace(each, likeness=_EVEN + each.likeness - less) for each, less in zip(row, usual.tolist(), strict=True)
    ]
    return sorted((each for each in scaled if each.likeness > 0), key=lambda each: -each.likeness)


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


def _together(texts: list[str], near: list[list[Near]], crowds: Floats, alike: float) -> list[int]:
    """Group one of each that says the same, so that a crowd of one mind is not parted for being a crowd; the others go with it."""
    speaker = _speakers(texts)
    speakers = sorted(set(speaker))
    number = {place: n for n, place in enumerate(speakers)}
    among = [
        [replace(each, mention=number[_number(each)]) for each in near[place] if _number(each) in number]
        for place in speakers
    ]
    groups = _gathered(among, crowds[speakers], alike)
    return [speakers[groups[number[place]]] for place in speaker]


def _speakers(texts: list[str]) -> list[int]:
    """Return for each text the place of the first that says the same; a text without any sign speaks for itself."""
    first: dict[frozenset[str], int] = {}
    said = [frozenset(signs(text)) for text in texts]
    return [first.setdefault(each, place) if each else place for place, each in enumerate(said)]


def _gathered(near: list[list[Near]], crowds: Floats, alike: float) -> list[int]:
    """Group by average likeness beyond what each shares with everything else: where all speak of cards, cards say little."""
    usual = [_usual(row, place, crowds) for place, row in enumerate(near)]
    likeness: dict[tuple[int, int], float] = {}
    for place, row in enumerate(near):
        for each in row:
            first, second = sorted((place, _number(each)))
            likeness[first, second] = each.likeness - usual[first] - usual[second]
    return settle(average_link(len(near), likeness, alike), likeness, _SETTLED * alike)


def _usual(row: list[Near], place: int, crowds: Floats) -> float:
    """Return how alike a mention is to all others on average; those that share nothing with it count by their crowds."""
    rest = np.clip(_EVEN - (crowds + crowds[place]) / 2, 0, None)
    rest[[place, *map(_number, row)]] = 0
    return float(rest.sum() + sum(each.likeness for each in row)) / (len(crowds) + _OTHERS)


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
