"""Work through a stream with an executor: results in order, memory bounded, whatever the stream's length."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

BATCH = 100  # enough that passing a batch between processes costs little beside analysing it


def batches(items: Iterable[Given], size: int = BATCH) -> Iterator[list[Given]]:
    """Yield the items in lists of `size`, the last one shorter; an error of the reader comes after what it had read."""
    batch: list[Given] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def in_order(
    work: Callable[[list[Given]], list[Made]], items: Iterable[Given], executor: Executor, ahead: int
) -> Iterator[Made]:
    """Yield what `work` makes of the items, in their order, with at most `ahead` batches read and not yet yielded.

    An error while reading the items is raised after the results of those before it.
    """
    waiting: deque[Future[list[Made]]] = deque()
    trouble: Exception | None = None
    source = batches(items)
    more = True
    while more or waiting:
        while more and len(waiting) < ahead:
            try:
                batch = next(source, None)
            except Exception as error:  # the reader's own error, kept until its turn
                batch, trouble = None, error
            if batch is None:
                more = False
            else:
                waiting.append(executor.submit(work, batch))
        if waiting:
            yield from waiting.popleft().result()
    if trouble is not None:
        raise trouble
