"""TextBlob as one source of evidence: what its word list makes of our own tokens.

TextBlob's sentence and word functions need corpora that are not shipped, and its tokenizer takes most of its time;
its scoring needs neither when it is handed a list of words.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any


@cache
def _pattern() -> Any:
    """Return TextBlob's scorer for English, loaded once."""
    folder, module = _scoring()

    class Loaded(module.Sentiment):  # type: ignore[misc, name-defined]
        """The same list, which no longer asks at every word whether it has been read from its file."""

        __contains__ = dict.__contains__
        __getitem__ = dict.__getitem__

    loaded = Loaded(
        negations=("no", "not", "n't", "never"), modifiers=("RB",), modifier=lambda word: word.endswith("ly")
    )  # as textblob.en sets it up
    loaded.load(str(folder / "en" / "en-sentiment.xml"))
    return loaded


def _scoring() -> tuple[Path, ModuleType]:
    """Return TextBlob's folder and its module of scoring, which needs only the standard library.

    Importing the package itself would load NLTK, and with it whatever NLTK finds (scikit-learn, scipy): seconds, for nothing.
    """
    package = importlib.util.find_spec("textblob")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("textblob is not installed: pip install textblob")
    folder = Path(package.submodule_search_locations[0])
    spec = importlib.util.spec_from_file_location("textblob_scoring", folder / "_text.py")
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"{folder} holds no _text.py: another version of TextBlob is needed")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return folder, module


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
