"""TextBlob as one source of evidence: what its word list makes of our own tokens.

TextBlob's sentence and word functions need corpora that are not shipped, and its tokenizer takes most of its time;
its scoring needs neither when it is handed a list of words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def _pattern() -> Callable[[list[str]], Any]:
    """Load TextBlob's scorer once, on first use (its import takes longer than ours)."""
    from textblob.en import sentiment  # noqa: PLC0415 - heavy, and needed only when something is scored

    sentiment.load()
    return sentiment  # type: ignore[no-any-return]


def polarity(words: list[str]) -> tuple[float, float]:
    """Return TextBlob's polarity in [-1, 1] and subjectivity in [0, 1] of a sentence's tokens."""
    if not words:
        return 0.0, 0.0
    found = _pattern()(words)
    return float(found[0]), float(found[1])


@cache
def words() -> dict[str, float]:
    """Return TextBlob's own list: word -> polarity in [-1, 1], words of no polarity left out."""
    _pattern()(["good"])
    from textblob.en import sentiment  # noqa: PLC0415

    found = {word: float(parts[None][0]) for word, parts in dict.items(sentiment)}
    return {word: polarity for word, polarity in found.items() if abs(polarity) >= 0.1}
