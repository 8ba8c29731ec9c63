"""A small grammar of phrases: text files in, endless sentences out.

A file holds sections ("== name") of lines "field: phrase". In a phrase `[a|b|]` is one of the alternatives (they nest and
may be empty) and `{slot}` a word filled in from the caller's words or else from the section "slots". A field made of the
capital letters of kinds (S suggestion, C complaint, P praise, N nothing, O other) holds whole sentences, one a letter,
parted by "||". Lines that start with "#" are remarks.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
OPEN, BAR, CLOSE = "[|]"
TOKEN = re.compile(r"([\[\]|]|\{\w+\})")
SPACES = re.compile(r"\s{2,}")
BEFORE_STOP = re.compile(r"\s+([,.!?;])")

Sections = dict[str, dict[str, list["Phrase"]]]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a word, named."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several phrases."""

    options: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text, slots and choices in order."""

    parts: tuple[str | Slot | Choice, ...]


def parse(line: str) -> Phrase:
    """Read one phrase. Raises ValueError when its brackets do not match."""
    tokens = [token for token in TOKEN.split(line) if token]
    options, rest = _options(tokens, 0, depth=0)
    if rest != len(tokens) or len(options) != 1:
        raise ValueError(f"Brackets do not match in the phrase: {line}")
    return options[0]


def _options(tokens: list[str], at: int, *, depth: int) -> tuple[tuple[Phrase, ...], int]:
    options: list[Phrase] = []
    parts: list[str | Slot | Choice] = []
    while at < len(tokens) and tokens[at] != CLOSE:
        token = tokens[at]
        at += 1
        if token == OPEN:
            inside, at = _options(tokens, at, depth=depth + 1)
            if at >= len(tokens):
                raise ValueError(f"A bracket is never closed: {''.join(tokens)}")
            parts.append(Choice(inside))
            at += 1
        elif token == BAR and depth:
            options.append(Phrase(tuple(parts)))
            parts = []
        else:
            parts.append(Slot(token[1:-1]) if token.startswith("{") and token.endswith("}") else token)
    return (*options, Phrase(tuple(parts))), at


def expand(phrase: Phrase, words: Mapping[str, str], rng: random.Random) -> str:
    """Fill a phrase in. Raises KeyError for a slot that neither the caller nor the section "slots" knows."""
    out: list[str] = []
    _expand(phrase, words, rng, out)
    return BEFORE_STOP.sub(r"\1", SPACES.sub(" ", "".join(out))).strip()


def _expand(phrase: Phrase, words: Mapping[str, str], rng: random.Random, out: list[str]) -> None:
    for part in phrase.parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Choice):
            _expand(part.options[int(rng.random() * len(part.options))], words, rng, out)
        elif part.name in words:
            out.append(words[part.name])
        else:
            fill = sections()["slots"][part.name]
            _expand(fill[int(rng.random() * len(fill))], words, rng, out)


@cache
def sections() -> Sections:
    """Every section of every file of words, by name and field. Read once a process."""
    found: Sections = {}
    for path in sorted(WORDS.rglob("*.txt")):
        _read(path, found)
    return found


def _read(path: Path, found: Sections) -> None:
    section: dict[str, list[Phrase]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("== "):
            section = found.setdefault(line[3:].strip(), {})
        elif line.strip() and not line.startswith("#"):
            name, colon, text = line.partition(":")
            if not colon:
                raise ValueError(f"{path.name}, line {number}: a field's name and a colon are missing: {line}")
            section.setdefault(name.strip(), []).append(parse(text.strip()))
