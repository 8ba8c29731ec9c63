"""Themes: what a comment is about, by an organisation's own list of words and what usually goes with them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from analysis.text.stems import WORD, stem, stems

_DULL = frozenset(
    stem(word)
    for word in [
        "a",
        "about",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "down",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "like",
        "me",
        "more",
        "most",
        "much",
        "my",
        "no",
        "not",
        "now",
        "of",
        "off",
        "on",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "really",
        "said",
        "same",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "though",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "us",
        "very",
        "was",
        "we",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "please",
        "thank",
        "thanks",
        "good",
        "great",
        "nice",
        "bad",
        "lovely",
        "better",
        "best",
        "excellent",
        "thing",
        "way",
        "lot",
        "bit",
        "day",
        "time",
        "always",
        "never",
        "every",
        "everything",
        "nothing",
        "something",
        "need",
        "want",
        "make",
        "made",
        "keep",
        "go",
        "going",
        "went",
        "come",
        "came",
        "know",
        "think",
        "feel",
        "see",
        "help",
    ]
)
_LONGEST = 4


@dataclass(frozen=True)
class ThemeList:
    """An organisation's themes. `own` and `related` map a phrase (a tuple of stems) to the positions of the themes it speaks for."""

    names: tuple[str, ...]
    own: dict[tuple[str, ...], frozenset[int]] = field(repr=False)
    related: dict[tuple[str, ...], frozenset[int]] = field(repr=False)

    @classmethod
    def load(cls, path: str | Path) -> ThemeList:
        """Read a JSON list of {"name", "words", "examples"?}. Raises ValueError that names the row and field where it is wrong."""
        try:
            rows = json.loads(Path(path).read_text(encoding="utf-8"))
        except json.JSONDecodeError as fault:
            raise ValueError(f"{path}: not JSON: {fault}") from fault
        return cls.from_rows(rows)

    @classmethod
    def from_rows(cls, rows: Any) -> ThemeList:
        """Make a list from rows of {"name", "words", "examples"?}. Raises ValueError that names the row and field."""
        if not isinstance(rows, list):
            raise ValueError('themes are a list of {"name": ..., "words": [...]}')
        for number, row in enumerate(rows, 1):
            _check(row, number)
        own = _phrases([row["words"] or [row["name"]] for row in rows])
        return cls(tuple(row["name"] for row in rows), own, _related(own))

    def match(self, text: str) -> list[str]:
        """Return the names of the themes that a text touches, in the list's order."""
        found = {place for places, _phrase in self._hits(text) for place in places}
        return [name for place, name in enumerate(self.names) if place in found]

    def why(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return, for each theme that a text touches, the words that decided it, as the customer wrote them."""
        found: dict[str, list[str]] = {}
        for places, phrase in self._hits(text):
            for place in sorted(places):
                found.setdefault(self.names[place], []).append(phrase)
        return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}

    def _hits(self, text: str) -> Iterable[tuple[frozenset[int], str]]:
        words = WORD.findall(text[:20_000].lower())
        roots = [stem(word) for word in words]
        for start in range(len(roots)):
            for end in range(start + 1, min(start + _LONGEST, len(roots)) + 1):
                phrase = tuple(roots[start:end])
                places = self.own.get(phrase) or self.related.get(phrase)
                if places:
                    yield places, " ".join(words[start:end])


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that many comments share and no theme catches: offered as a theme, never imposed."""

    words: str
    n: int
    examples: tuple[str, ...]


def offered(texts: Sequence[str], themes: ThemeList, *, least: int = 5, most: int = 10) -> list[Offer]:
    """Return what comes up in at least `least` texts that no theme catches, the most frequent first."""
    missed = [text for text in texts if not themes.match(text)]
    counted: Counter[str] = Counter()
    said: dict[str, str] = {}
    for text in missed:
        words = {stem(word): word for word in WORD.findall(text.lower()) if len(word) > 3}
        for root, word in words.items():
            if root not in _DULL:
                counted[root] += 1
                said.setdefault(root, word)
    found = [(root, n) for root, n in counted.most_common(most) if n >= least]
    return [Offer(said[root], n, tuple(text for text in missed if root in stems(text))[:3]) for root, n in found]


@cache
def default_themes() -> ThemeList:
    """Return the starter list for general services."""
    return ThemeList.from_rows(starter_rows())


def starter_rows() -> list[dict[str, Any]]:
    """Return the starter list as rows, for an organisation to edit."""
    rows: list[dict[str, Any]] = json.loads(_data("themes.json"))
    return rows


def _check(row: Any, number: int) -> None:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        raise ValueError(f'theme {number}: "name" is missing; give it a short text')
    words = row.get("words")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError(f'theme {number} ({row["name"]}): "words" must be a list of texts')


def _phrases(lists: Sequence[Sequence[str]]) -> dict[tuple[str, ...], frozenset[int]]:
    found: dict[tuple[str, ...], set[int]] = {}
    for place, words in enumerate(lists):
        for word in words:
            if phrase := tuple(stems(word)):
                found.setdefault(phrase, set()).add(place)
    return {phrase: frozenset(places) for phrase, places in found.items()}


def _related(own: dict[tuple[str, ...], frozenset[int]]) -> dict[tuple[str, ...], frozenset[int]]:
    """Let each set of related words speak for the theme that names most of it, if that is enough and no other names as much."""
    found: dict[tuple[str, ...], set[int]] = {}
    for members in _sets():
        named = Counter(place for word in members for place in own.get(word, ()))
        ranked = named.most_common(2)
        if not ranked or ranked[0][1] < 3 or (len(ranked) > 1 and ranked[1][1] >= ranked[0][1]):
            continue
        for word in members:
            if word not in own:
                found.setdefault(word, set()).add(ranked[0][0])
    return {word: frozenset(places) for word, places in found.items() if len(places) == 1}


@cache
def _sets() -> tuple[frozenset[tuple[str, ...]], ...]:
    lines = [line for line in _data("related.txt").splitlines() if line and not line.startswith("#")]
    return tuple(frozenset((stem(word),) for word in line.split(":", 1)[1].split()) for line in lines)


def _data(name: str) -> str:
    return resources.files("analysis.text").joinpath("data", name).read_text(encoding="utf-8")
