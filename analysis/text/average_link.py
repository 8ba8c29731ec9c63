"""Put things together by average likeness, from the likeliest pair down: hierarchical clustering on a sparse likeness."""

from __future__ import annotations

import heapq
from collections.abc import Mapping


def average_link(size: int, likeness: Mapping[tuple[int, int], float], least: float) -> list[int]:
    """Return the group of each of `size` things; a group is named by its first member.

    `likeness` holds (smaller, larger) -> likeness; pairs that it lacks count as 0. Two groups are joined as long as their members
    are alike by `least` (above 0) on average (UPGMA; Sokal and Michener 1958). Ties go to the pair that comes first.
    """
    near: list[dict[int, float]] = [{} for _ in range(size)]
    for (a, b), value in likeness.items():
        near[a][b] = near[b][a] = value
    members = [[place] for place in range(size)]
    queue = [(-value, a, b) for (a, b), value in likeness.items() if value >= least]
    heapq.heapify(queue)
    while queue:
        value, a, b = heapq.heappop(queue)
        if not (members[a] and members[b]) or -value != _mean(near, members, a, b):
            continue  # joined or changed since
        _join(near, members, a, b)
        for other in near[a]:
            first, second = min(a, other), max(a, other)
            mean = _mean(near, members, first, second)
            if mean >= least:
                heapq.heappush(queue, (-mean, first, second))
    groups = [0] * size
    for first, together in enumerate(members):
        for place in together:
            groups[place] = first
    return groups


def _mean(near: list[dict[int, float]], members: list[list[int]], a: int, b: int) -> float:
    return near[a].get(b, 0.0) / (len(members[a]) * len(members[b]))


def _join(near: list[dict[int, float]], members: list[list[int]], a: int, b: int) -> None:
    """Let a take in b: the sums of likeness to all others add up."""
    members[a] += members[b]
    members[b] = []
    del near[a][b]
    for other, value in near[b].items():
        if other != a:
            near[a][other] = near[other][a] = near[a].get(other, 0.0) + value
            del near[other][b]
    near[b] = {}
