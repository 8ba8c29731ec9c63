"""What is wanted, of whom: the notions behind a mention's words, so that "queue", "kept waiting" and "took ages" meet.

The notions and their words stand in data/needs.txt, written from general knowledge; anyone may add lines. What is wanted counts
in full; whom it concerns, where, and in which direction (more, less, better) count less: those go with any need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from analysis.text.roots import root
from analysis.text.stems import WORD

_LONGEST = 4
_SHARED = 0.35  # a word of two notions counts 2 ** -0.35 for each
_LINE = re.compile(r"(?P<notion>\w+)(?: \((?P<part>who|where|direction)\))?: (?P<phrases>.+)")
_PARTS = {None: 1.0, "who": 0.7, "direction": 0.6, "where": 0.5}
_Named = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Notions:
    """The list: a phrase as written, and by the roots of its words, with the notions it stands for; the weight of each notion."""

    written: _Named
    rooted: _Named
    weights: dict[str, float]


def needs(words: Sequence[str]) -> dict[str, float]:
    """Return notion -> weight (0 to 1) for lower-case words in their order.

    The longest phrase wins: in "fresh air" nothing is fresh. A word that is listed as it stands means that, whatever it may
    come from: "staffing" is not "staff".
    """
    weights = _notions().weights
    found: dict[str, float] = {}
    for named in _named(words):
        for notion in named:
            found[notion] = max(found.get(notion, 0.0), weights[notion] * len(named) ** -_SHARED)
    return found


def _named(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the notions of each phrase and of each word outside of phrases."""
    known, roots = _notions(), [root(word) for word in words]
    taken: set[int] = set()
    for size in range(_LONGEST, 0, -1):
        for start in range(len(words) - size + 1):
            if size == 1 and start in taken:
                continue
            named = known.written.get(" ".join(words[start : start + size]))
            named = named or known.rooted.get(" ".join(roots[start : start + size]))
            if named:
                taken.update(range(start, start + size) if size > 1 else ())
                yield named


@cache
def _notions() -> Notions:
    """Read the list."""
    text = resources.files("analysis.text").joinpath("data", "needs.txt").read_text(encoding="utf-8")
    written: dict[str, dict[str, None]] = {}
    rooted: dict[str, dict[str, None]] = {}
    weights: dict[str, float] = {}
    for line in filter(None, map(_LINE.fullmatch, text.splitlines())):
        notion = line["notion"]
        weights[notion] = _PARTS[line["part"]]
        for phrase in line["phrases"].split(","):
            words = WORD.findall(phrase.lower().replace("-", " "))
            written.setdefault(" ".join(words), {})[notion] = None
            rooted.setdefault(" ".join(map(root, words)), {})[notion] = None
    return Notions(_tuples(written), _tuples(rooted), weights)


def _tuples(named: dict[str, dict[str, None]]) -> _Named:
    return {phrase: tuple(notions) for phrase, notions in named.items() if phrase}
