"""Themes: what a comment is about, by an organisation's own list of words and what usually goes with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from analysis.text.dull import dull
from analysis.text.offers import Offer, frequent
from analysis.text.related import Phrase
from analysis.text.roots import roots
from analysis.text.theme_index import Index, build

__all__ = ["Offer", "Theme", "ThemeList", "default_themes", "offered", "starter_rows"]


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of an organisation's list: its name, the words that speak for it, and sentences that belong to it."""

    name: str
    words: tuple[str, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThemeList:
    """An organisation's themes, in its own order. Travels to other processes as the list alone."""

    themes: tuple[Theme, ...]

    @classmethod
    def load(cls, path: str | Path) -> ThemeList:
        """Read a JSON list of {"name", "words", "examples"?}. Raises ValueError that names the row and field where it is wrong."""
        try:
            rows = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        except ValueError as fault:
            raise ValueError(f"{path} is not JSON: {fault}") from fault
        return cls.from_rows(rows)

    @classmethod
    def from_rows(cls, rows: Any) -> ThemeList:
        """Make a list from rows of {"name", "words", "examples"?}. Raises ValueError that names the row and field."""
        if not isinstance(rows, list):
            raise ValueError('themes are a list: [{"name": "Waiting", "words": ["queue", "delay"]}, ...]')
        found: list[Theme] = []
        for number, row in enumerate(rows, 1):
            theme = _theme(row, number)
            if theme.name in {other.name for other in found}:
                raise ValueError(f'theme {number}: the name "{theme.name}" is there twice; rename or merge one of them')
            found.append(theme)
        return cls(tuple(found))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names, in the list's order."""
        return tuple(theme.name for theme in self.themes)

    def __iter__(self) -> Iterator[Theme]:
        """Go through the themes in the list's order."""
        return iter(self.themes)

    def match(self, text: str) -> list[str]:
        """Return the names of the themes that a text touches, in the list's order: none, one or several."""
        return [self.themes[place].name for place in sorted({hit.theme for hit in self._index.hits(text)})]

    def why(self, text: str) -> dict[str, tuple[str, ...]]:
        """Return, for each theme that a text touches, the words that decided it, as the customer wrote them, in lower case."""
        found: dict[str, list[str]] = {}
        for hit in sorted(self._index.hits(text), key=lambda each: (each.theme, each.at)):
            found.setdefault(self.themes[hit.theme].name, []).append(hit.words)
        return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}

    def __reduce__(self) -> tuple[type[ThemeList], tuple[tuple[Theme, ...]]]:
        return ThemeList, (self.themes,)

    @cached_property
    def _index(self) -> Index:
        own = [_phrases(theme.words or (theme.name,)) for theme in self.themes]
        names = [[(word,) for word in roots(theme.name) if word not in dull()] for theme in self.themes]
        return build(own, names, _hints(self.themes, own))


def offered(texts: Sequence[str], themes: ThemeList, *, least: int = 5, most: int = 10) -> list[Offer]:
    """Return what comes up in at least `least` texts that no theme catches, the most frequent first: offered, never imposed."""
    return frequent([text for text in texts if not themes.match(text)], least=least, most=most)


@cache
def default_themes() -> ThemeList:
    """Return the starter list for general services."""
    return ThemeList.from_rows(starter_rows())


def starter_rows() -> list[dict[str, Any]]:
    """Return the starter list as rows, for an organisation to edit."""
    data = resources.files("analysis.text").joinpath("data", "themes.json")
    rows: list[dict[str, Any]] = json.loads(data.read_text(encoding="utf-8"))
    return rows


def _theme(row: Any, number: int) -> Theme:
    if not isinstance(row, dict):
        raise ValueError(f'theme {number}: must be {{"name": ..., "words": [...]}}, not {type(row).__name__}')
    name = row.get("name")
    if not isinstance(name, str) or not roots(name):
        raise ValueError(f'theme {number}: "name" is missing; give it a short text')
    texts = {}
    for part in ("words", "examples"):
        listed = row.get(part, [])
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise ValueError(f'theme {number} ({name}): "{part}" must be a list of texts')
        texts[part] = tuple(each.strip() for each in listed if each.strip())
    return Theme(name.strip(), texts["words"], texts["examples"])


def _phrases(listed: Sequence[str]) -> list[Phrase]:
    return list(dict.fromkeys(phrase for entry in listed if (phrase := tuple(roots(entry)))))


def _hints(themes: Sequence[Theme], own: Sequence[Sequence[Phrase]]) -> list[list[Phrase]]:
    """Return the words of each theme's examples that no other theme's words or examples share: two of them speak for it."""
    said = [{word for example in theme.examples for word in roots(example)} - dull() for theme in themes]
    named = [{word for phrase in phrases for word in phrase} for phrases in own]
    found: list[list[Phrase]] = []
    for place, mine in enumerate(said):
        others = [words for words_of in (said, named) for at, words in enumerate(words_of) if at != place]
        found.append([(word,) for word in sorted(mine - named[place] - set().union(*others)) if len(word) > 2])
    return found
