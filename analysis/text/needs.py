"""What is wanted, of whom: the notions behind a mention's words, so that "queue", "kept waiting" and "took ages" meet.

The notions and their words stand in data/needs.txt, written from general knowledge; anyone may add lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from analysis.text.stems import WORD, stem

_LONGEST = 4


def needs(roots: Sequence[str]) -> dict[str, float]:
    """Return notion -> weight (0 to 1) for stems in their order; a word of several notions counts less for each."""
    known = _notions()
    found: dict[str, float] = {}
    for start in range(len(roots)):
        for size in range(1, min(_LONGEST, len(roots) - start) + 1):
            named = known.get(" ".join(roots[start : start + size]), ())
            for notion in named:
                found[notion] = max(found.get(notion, 0.0), len(named) ** -0.5)
    return found


@cache
def _notions() -> dict[str, tuple[str, ...]]:
    """Read the list: stems of a word or phrase -> the notions it stands for."""
    text = resources.files("analysis.text").joinpath("data", "needs.txt").read_text(encoding="utf-8")
    found: dict[str, dict[str, None]] = {}
    for line in text.splitlines():
        notion, colon, phrases = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        for phrase in phrases.split(","):
            key = " ".join(stem(word) for word in WORD.findall(phrase.lower().replace("-", " ")))
            found.setdefault(key, {})[notion] = None
    return {phrase: tuple(notions) for phrase, notions in found.items() if phrase}
