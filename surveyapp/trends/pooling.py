"""Small groups put together until nobody can be picked out: at which node of the tree a service's month may be counted.

A month of a service in which at least `least` answered counts by itself. Smaller ones wait; where those under one node come to
`least` together they count there and above, and nowhere below. What is left over at the top of the tree is not counted by month, but
may be over a whole quarter, put together in the same way. So everything that is shown is a sum of such pools, none of which is small,
and so is whatever is left when figures are subtracted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

Cell = tuple[int, int]
"""A service's id and a month."""
Sizes = Mapping[Cell, int]
Paths = Mapping[int, str]
"""A service's id and its path in the tree, "/1/4/"."""


def by_month(sizes: Sizes, paths: Paths, least: int) -> dict[Cell, str]:
    """Return for each cell the path of the node from which on it counts by month; what counts nowhere is not there."""
    months: dict[int, dict[int, int]] = defaultdict(dict)
    for (service, month), n in sizes.items():
        months[month][service] = n
    return {
        (service, month): path
        for month, counts in months.items()
        for service, path in _pooled(counts, paths, least).items()
    }


def by_quarter(sizes: Sizes, paths: Paths, least: int, closed: int) -> dict[Cell, str]:
    """Return the same by quarter: as by month, and of quarters that end before month `closed` also what is left over by month."""
    found = by_month(sizes, paths, least)
    left: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (service, month), n in sizes.items():
        if (service, month) not in found and month // 3 < closed // 3:
            left[month // 3][service] += n
    for quarter, counts in left.items():
        for service, path in _pooled(counts, paths, least).items():
            months = ((service, month) for month in range(3 * quarter, 3 * quarter + 3))
            found |= {cell: path for cell in months if cell in sizes and cell not in found}
    return found


def _pooled(counts: Mapping[int, int], paths: Paths, least: int) -> dict[int, str]:
    """Return for each service the path of the lowest node where it and what waits with it come to `least`."""
    found = {service: paths[service] for service, n in counts.items() if n >= least}
    waiting: dict[str, list[int]] = defaultdict(list)
    for service, n in counts.items():
        if 0 < n < least:
            waiting[paths[service]].append(service)
    while waiting:
        path = max(waiting, key=len)  # the deepest first: what lies under a node comes before the node
        services = waiting.pop(path)
        if sum(counts[each] for each in services) >= least:
            found |= dict.fromkeys(services, path)
        elif path.count("/") > 2:
            waiting[_above(path)] += services
    return found


def _above(path: str) -> str:
    return path[: path[:-1].rindex("/") + 1]
