"""TextBlob as one source of evidence: what its word list makes of our own tokens.

TextBlob's sentence and word functions need corpora that are not shipped, and its tokenizer takes most of its time;
its scoring needs neither when it is handed a list of words.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _pattern() -> Any:
    """Return TextBlob's scorer, loaded once (its import takes longer than all of ours)."""
    from textblob._text import Sentiment  # noqa: PLC0415 - heavy, and needed only when something is scored
    from textblob.en import sentiment  # noqa: PLC0415

    class Loaded(Sentiment):  # type: ignore[misc]
        """The same list, which no longer asks at every word whether it has been read from its file."""

        __contains__ = dict.__contains__
        __getitem__ = dict.__getitem__

    loaded = Loaded(negations=sentiment.negations, modifiers=sentiment.modifiers, modifier=sentiment.modifier)
    loaded.load(sentiment.path)
    return loaded


def polarity(words: list[str]) -> tuple[float, float]:
    """Return TextBlob's polarity in [-1, 1] and subjectivity in [0, 1] of a sentence's tokens."""
    if not words:
        return 0.0, 0.0
    found = _pattern()(words)
    return float(found[0]), float(found[1])


@cache
def words() -> dict[str, float]:
    """Return TextBlob's own list: word -> polarity in [-1, 1], words of no polarity left out."""
    found = {word: float(parts[None][0]) for word, parts in dict.items(_pattern())}
    return {word: polarity for word, polarity in found.items() if abs(polarity) >= 0.1}
