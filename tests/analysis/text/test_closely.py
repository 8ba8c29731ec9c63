"""Mentions find each other by their parts: what else they say does not hide what they share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.closely import Pieces, fit

BELL, DOOR, SOUP = np.eye(3)


def said(*pieces: object) -> Pieces:
    """A mention of these pieces."""
    return np.array(pieces, np.float32)


def test_the_same_fits_wholly_whatever_the_order_and_strangers_not_at_all() -> None:
    """Each piece looks for its own nearest."""
    assert fit(said(BELL, DOOR), [said(DOOR, BELL), said(SOUP)]) == pytest.approx([1, 0])


def test_both_directions_count() -> None:
    """A short mention that is found in a long one, and a long one of which a half is found: 1 and .5 both ways."""
    assert fit(said(BELL), [said(BELL, SOUP)]) == pytest.approx([2 / 3])
    assert fit(said(BELL, SOUP), [said(BELL)]) == pytest.approx([2 / 3])


def test_nobody_to_compare_with() -> None:
    assert fit(said(BELL), []).tolist() == []


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.integers(1, 4), st.integers(0, 1000))
def test_all_at_once_is_one_by_one(lengths: list[int], own: int, seed: int) -> None:
    """Near-miss for the bounds between mentions: nobody gets a neighbour's pieces."""
    draw = np.random.default_rng(seed)
    unit = [
        each / np.linalg.norm(each, axis=1, keepdims=True)
        for each in (draw.normal(size=(n, 3)) for n in [own, *lengths])
    ]
    together = fit(unit[0], unit[1:])
    assert together == pytest.approx([fit(unit[0], [each])[0] for each in unit[1:]], abs=1e-5)
    assert (np.abs(together) <= 1 + 1e-5).all()
