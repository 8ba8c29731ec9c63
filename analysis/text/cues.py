"""Turns of phrase that say what a sentence does: ask, wish, complain, praise or add nothing.

They stand in `data/cues.en.toml`, written by hand. A cue is a name, the words of which at least one must be there (so that most
cues cost nothing), and patterns over the lower-case text. All patterns are bounded, so that they run in linear time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from analysis.finding import Kind

Found = dict[str, re.Match[str]]
_FILE = "data/cues.en.toml"
_USUAL_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Cue:
    """One turn of phrase: what it speaks for and how strongly, the words that call for a look, and its pattern."""

    name: str
    kind: Kind
    weight: float
    first: bool
    words: frozenset[str]
    pattern: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


def _cue(name: str, table: dict[str, Any], parts: dict[str, str]) -> Cue:
    """Return the cue of one table of the file, its parts filled in."""
    pattern = "|".join(table["any"])
    for part, meaning in parts.items():
        pattern = pattern.replace(f"<{part}>", meaning)
    return Cue(
        name,
        table["kind"],
        table.get("weight", _USUAL_WEIGHT),
        table.get("first", False),
        frozenset(table["words"].split()),
        re.compile(pattern),
        tuple(table.get("yes", ())),
        tuple(table.get("no", ())),
    )


@cache
def cues() -> tuple[Cue, ...]:
    """Return all cues in the order of the file."""
    tables = tomllib.loads(resources.files("analysis.text").joinpath(_FILE).read_text(encoding="utf-8"))
    parts = tables.pop("parts")
    return tuple(_cue(name, table, parts) for name, table in tables.items())


@cache
def _by_word(*, first: bool) -> dict[str, tuple[Cue, ...]]:
    """Return, for each word, the cues it makes worth looking for."""
    found: dict[str, list[Cue]] = {}
    for cue in cues():
        if cue.first == first:
            for word in cue.words:
                found.setdefault(word, []).append(cue)
    return {word: tuple(some) for word, some in found.items()}


def find_fixed(lowered: str, words: Iterable[str]) -> Found:
    """Return the fixed phrases found, whose words must not be read one by one ("could not be better")."""
    found = _find(_by_word(first=True), lowered, words)
    return _apart(found) if len(found) > 1 else found


def _apart(found: Found) -> Found:
    """Return the phrases that do not overlap: those that add nothing, praise or complain before those that ask, longest first."""
    asking = {cue.name for cue in cues() if cue.kind == "suggestion"}
    kept: Found = {}
    for name in sorted(found, key=lambda name: (name in asking, found[name].start() - found[name].end(), name)):
        start, end = found[name].span()
        if all(end <= other.start() or start >= other.end() for other in kept.values()):
            kept[name] = found[name]
    return kept


def find(lowered: str, words: Iterable[str]) -> Found:
    """Return the other cues found in a lower-case sentence, each with the match that showed it."""
    return _find(_by_word(first=False), lowered, words)


def _find(index: dict[str, tuple[Cue, ...]], lowered: str, words: Iterable[str]) -> Found:
    tried: set[str] = set()
    found: Found = {}
    for word in words:
        for cue in index.get(word, ()):
            if cue.name in tried:
                continue
            tried.add(cue.name)
            match = cue.pattern.search(lowered)
            if match:
                found[cue.name] = match
    return found
