"""Let each thing move to the group that it adds most to, after groups were made once and for all by a clustering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_ROUNDS = 8


def settle(groups: Sequence[int], likeness: Mapping[tuple[int, int], float], least: float) -> list[int]:
    """Return the groups after each thing went where it adds most, one after the other, until none moves (or eight rounds passed).

    What a thing adds to a group is how far it is alike each member beyond `least`, all together; a group where it adds nothing is
    worse than to be alone (correlation clustering; Bansal, Blum and Chawla 2004). `likeness` holds (smaller, larger) -> likeness,
    pairs that it lacks count as 0. A group is named by its first member. Ties leave a thing where it is.
    """
    near: list[list[tuple[int, float]]] = [[] for _ in groups]
    for (a, b), value in likeness.items():
        near[a].append((b, value))
        near[b].append((a, value))
    placed, sizes = list(groups), [0] * (2 * len(groups))
    for group in placed:
        sizes[group] += 1
    for _ in range(_ROUNDS):
        moved = [_moved(place, near[place], placed, sizes, least) for place in range(len(placed))]
        if not any(moved):
            break
    return _named_by_first(placed)


def _moved(place: int, near: list[tuple[int, float]], placed: list[int], sizes: list[int], least: float) -> bool:
    """Put one thing where it adds most; say whether it moved. Its own name, beyond all others, is free for being alone."""
    here, alone = placed[place], len(placed) + place
    added: dict[int, float] = {}
    for other, value in near:
        added[placed[other]] = added.get(placed[other], 0.0) + value
    adds = {group: total - least * (sizes[group] - (group == here)) for group, total in added.items()}
    adds.setdefault(here, -least * (sizes[here] - 1))
    best = max(adds, key=lambda group: (adds[group], group == here, -group))
    if adds[best] < 0 or (adds[best] == 0 and best != here):
        best = alone
    if best == here or (best == alone and sizes[here] == 1):
        return False
    sizes[here] -= 1
    sizes[best] += 1
    placed[place] = best
    return True


def _named_by_first(placed: Sequence[int]) -> list[int]:
    first: dict[int, int] = {}
    return [first.setdefault(group, place) for place, group in enumerate(placed)]
