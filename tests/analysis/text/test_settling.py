"""Each thing goes where it adds most; what adds nothing anywhere stays by itself."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from analysis.text.settling import settle


def test_one_that_was_drawn_into_the_wrong_group_goes_to_its_like() -> None:
    """2 is a little alike 0 and very much alike 3 and 4."""
    likeness = {(0, 1): 0.8, (0, 2): 0.4, (2, 3): 0.7, (2, 4): 0.6, (3, 4): 0.8}
    assert settle([0, 0, 0, 3, 3], likeness, 0.3) == [0, 0, 2, 2, 2]


def test_a_stranger_leaves_for_itself() -> None:
    """2 shares nothing with the two it was put with."""
    assert settle([0, 0, 0], {(0, 1): 0.8}, 0.3) == [0, 0, 2]


def test_what_is_right_stays_and_ties_do_not_move() -> None:
    """1 is as well with 0 as with 2; alone or not is all the same to 3 and 4."""
    assert settle([0, 0, 2], {(0, 1): 0.5, (1, 2): 0.5}, 0.3) == [0, 0, 2]
    assert settle([0, 0], {(0, 1): 0.3}, 0.3) == [0, 0]
    assert settle([0, 1], {(0, 1): 0.3}, 0.3) == [0, 1]
    assert settle([], {}, 0.3) == []


def gained(groups: list[int], likeness: dict[tuple[int, int], float], least: float) -> float:
    """What all groups hold beyond `least`."""
    return sum(
        likeness.get(pair, 0) - least
        for pair in combinations(range(len(groups)), 2)
        if groups[pair[0]] == groups[pair[1]]
    )


@given(st.integers(1, 7).flatmap(lambda n: st.tuples(
    st.lists(st.integers(0, n - 1), min_size=n, max_size=n),
    st.dictionaries(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] < pair[1]), st.floats(0, 1)),
)))  # fmt: skip
def test_settling_never_makes_groups_worse_and_names_them_by_their_first(
    given: tuple[list[int], dict[tuple[int, int], float]],
) -> None:
    groups, likeness = given
    settled = settle(groups, likeness, 0.3)
    assert gained(settled, likeness, 0.3) >= gained(groups, likeness, 0.3) - 1e-9
    assert all(name == settled.index(name) for name in settled)
