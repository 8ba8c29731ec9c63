"""Small groups are put together until nothing that is shown, added or subtracted, is the answers of a few."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.trends import pooling
from surveyapp.trends.pooling import Cell

LEAST, RUNNING = 10, 120
# the house (1) has a north (2) and a south (3); the north two branches (4, 5), the south one (6) and a desk in it (7)
PATHS = {1: "/1/", 2: "/1/2/", 3: "/1/3/", 4: "/1/2/4/", 5: "/1/2/5/", 6: "/1/3/6/", 7: "/1/3/6/7/"}
SIZES = st.dictionaries(st.tuples(st.sampled_from(sorted(PATHS)), st.integers(114, RUNNING - 1)), st.integers(0, 25))


def views(sizes: dict[Cell, int]) -> list[set[Cell]]:
    """What each figure that somebody can ask for adds up: any node's month or quarter."""
    month, quarter = (
        pooling.by_month(sizes, PATHS, LEAST),
        pooling.by_quarter(sizes, PATHS, LEAST, RUNNING),
    )
    found: dict[tuple[str, str, int], set[Cell]] = defaultdict(set)
    for path in PATHS.values():
        for cell, counts_from in month.items():
            if counts_from.startswith(path):
                found["month", path, cell[1]].add(cell)
        for cell, counts_from in quarter.items():
            if counts_from.startswith(path):
                found["quarter", path, cell[1] // 3].add(cell)
    return list(found.values())


def classes(sizes: dict[Cell, int]) -> list[int]:
    """The finest groups that any adding and subtracting of figures can tell apart: those who are in the same figures."""
    seen: dict[Cell, list[int]] = defaultdict(list)
    for number, view in enumerate(views(sizes)):
        for cell in view:
            seen[cell].append(number)
    together: dict[tuple[int, ...], int] = defaultdict(int)
    for cell, numbers in seen.items():
        together[tuple(numbers)] += sizes[cell]
    return list(together.values())


@given(SIZES)
def test_no_adding_and_subtracting_of_figures_leaves_a_few(sizes: dict[Cell, int]) -> None:
    """Whoever is told apart at all is told apart with nine others at least."""
    assert all(n >= LEAST for n in classes(sizes))


def test_the_check_sees_a_guard_that_only_looks_at_each_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Showing whatever is large by itself gives a small branch away: the whole less the other branch."""
    sizes = {(4, 118): 30, (5, 118): 3}
    naive = {(4, 118): PATHS[4], (5, 118): PATHS[1]}
    monkeypatch.setattr(pooling, "by_month", lambda *_given: naive)
    assert 3 in classes(sizes)


def test_a_large_month_counts_by_itself() -> None:
    """Everywhere above as well."""
    assert pooling.by_month({(4, 118): 10}, PATHS, LEAST) == {(4, 118): "/1/2/4/"}


def test_two_small_branches_count_together_where_they_meet() -> None:
    """Five and six are eleven in the north; neither is shown by itself. Nine of two regions meet nowhere."""
    assert pooling.by_month({(4, 118): 5, (5, 118): 6}, PATHS, LEAST) == {(4, 118): "/1/2/", (5, 118): "/1/2/"}
    assert pooling.by_month({(4, 118): 4, (7, 118): 5}, PATHS, LEAST) == {}
    assert pooling.by_month({(4, 118): 4, (7, 118): 6}, PATHS, LEAST) == {(4, 118): "/1/", (7, 118): "/1/"}


def test_what_is_too_few_by_month_counts_by_quarter_once_it_is_over() -> None:
    """Four a month are twelve a quarter; the running quarter's are not shown, as its next month would be their difference."""
    january = 9 * 12
    quarter = {(4, january + month): 4 for month in range(3)}
    assert pooling.by_month(quarter, PATHS, LEAST) == {}
    assert set(pooling.by_quarter(quarter, PATHS, LEAST, january + 3).values()) == {"/1/2/4/"}
    assert pooling.by_quarter(quarter, PATHS, LEAST, january + 2) == {}


def test_months_that_count_are_not_counted_again_by_quarter() -> None:
    """The quarter is its large month and, if they are enough, the two small ones together."""
    sizes = {(4, 108): 30, (4, 109): 4, (4, 110): 5}
    assert pooling.by_quarter(sizes, PATHS, LEAST, RUNNING) == {(4, 108): "/1/2/4/"}
    assert len(pooling.by_quarter(sizes | {(4, 110): 6}, PATHS, LEAST, RUNNING)) == 3
