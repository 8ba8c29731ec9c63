"""Things come together from the likeliest pair down, as long as whole groups are alike."""

from __future__ import annotations

from analysis.text.average_link import average_link


def test_the_likeliest_come_first_and_a_chain_does_not_drag_strangers_in() -> None:
    """0 and 1 are alike, 1 and 2 nearly so; 0 and 2 are not, so 2 stays out."""
    assert average_link(3, {(0, 1): 0.9, (1, 2): 0.6}, 0.5) == [0, 0, 2]


def test_pairs_and_triples_form() -> None:
    """Two groups, each alike within."""
    likeness = {(0, 2): 0.8, (0, 4): 0.7, (2, 4): 0.9, (1, 3): 0.6, (0, 1): 0.1}
    assert average_link(5, likeness, 0.5) == [0, 1, 0, 1, 0]


def test_nothing_alike_leaves_everything_apart() -> None:
    """No pair reaches the bound, or there is nothing at all."""
    assert average_link(3, {(0, 1): 0.2}, 0.5) == [0, 1, 2]
    assert average_link(0, {}, 0.5) == []


def test_a_joined_group_is_judged_by_its_average() -> None:
    """2 is alike 0 by .9 and 1 by .3: .6 on average is enough, .2 would not be."""
    assert average_link(3, {(0, 1): 0.95, (0, 2): 0.9, (1, 2): 0.3}, 0.5) == [0, 0, 0]
    assert average_link(3, {(0, 1): 0.95, (0, 2): 0.4}, 0.5) == [0, 0, 2]
