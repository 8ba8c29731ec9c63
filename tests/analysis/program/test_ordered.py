"""Working through a stream in order, without reading far ahead."""

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.program.ordered import batches, in_order


def doubled(batch: list[int]) -> list[int]:
    return [2 * item for item in batch]


def test_results_come_in_the_order_of_the_items():
    with ThreadPoolExecutor(3) as pool:
        assert list(in_order(doubled, range(1234), pool, ahead=5)) == [2 * item for item in range(1234)]


def test_it_reads_no_further_ahead_than_told():
    read = itertools.count()
    with ThreadPoolExecutor(2) as pool:
        made = in_order(doubled, itertools.islice(read, 100_000), pool, ahead=3)
        next(made)
        assert next(read) <= 500
        made.close()


def failing() -> Iterator[int]:
    yield from range(150)
    raise ValueError("line 151 is bad")


def test_a_readers_error_comes_after_the_results_before_it():
    found: list[int] = []
    with ThreadPoolExecutor(2) as pool, pytest.raises(ValueError, match="line 151"):
        found.extend(in_order(doubled, failing(), pool, ahead=2))
    assert found == [2 * item for item in range(150)]


def test_batches_pass_on_what_was_read_before_an_error():
    found: list[int] = []
    with pytest.raises(ValueError, match="line 151"):
        for batch in batches(failing()):
            found += batch
    assert found == list(range(150))


def test_no_items_no_results():
    with ThreadPoolExecutor(1) as pool:
        assert list(in_order(doubled, [], pool, ahead=2)) == []
