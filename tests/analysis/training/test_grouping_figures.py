"""The figures of grouping, on groups small enough to count by hand."""

from __future__ import annotations

import pytest

from analysis.training.grouping_figures import mates_found, pairs, report


def test_pairs_are_counted_by_hand() -> None:
    """Said: ab, cd. True: ab, ac, bc. One of two said is right, one of three is found."""
    assert pairs(["x", "x", "x", "y"], [1, 1, 2, 2]) == pytest.approx((1 / 2, 1 / 3, 0.4))


def test_no_pairs_are_no_fault() -> None:
    """Everything alone."""
    assert pairs(["x", "y"], [1, 2]) == (0.0, 0.0, 0.0)


def test_only_rows_with_a_mate_are_asked_for_one() -> None:
    """One of the two mates finds the other; the row that is alone does not count."""
    rows = [{"id": 1, "group": "x"}, {"id": 2, "group": "x"}, {"id": 3, "group": "y"}]
    assert mates_found(rows, [{"similar": [2]}, {"similar": [3]}, {"similar": []}]) == 0.5


def test_each_family_has_its_line() -> None:
    """The bound comes from the other family."""
    sets = {
        "shop": [{"id": 0, "text": "more parking spaces", "group": 1}, {"id": 1, "text": "more parking", "group": 1}],
        "bus": [{"id": 0, "text": "buses run late", "group": 1}, {"id": 1, "text": "dirty windows", "group": 2}],
    }
    lines = report(sets)
    assert [line.split()[0] for line in lines] == ["shop", "bus"]
    assert "hit5 1.000" in lines[0]
