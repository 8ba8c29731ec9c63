"""Names of people as they stand in a comment: given names that are known, and capitalised words that are no other word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from analysis.text.dull import dull
from analysis.text.roots import root
from analysis.text.theme_index import known_words

TITLES = "Mr|Mrs|Ms|Mx|Miss|Dr|Doctor|Prof|Professor|Sir|Madam|Nurse|Sister|Matron|Sgt|Sergeant|PC|Constable|Rev|Reverend|Father"
_PART = r"[^\W\d_a-z][^\W\d_]*(?:['’\-][^\W\d_]+)*"
_RUN = re.compile(rf"(?<![\w@.])(?:({TITLES})\.? )?({_PART}(?: {_PART}){{0,2}})(?![\w@])")
_POSSESSIVE = re.compile(r"['’]s$")
_BRANDS = frozenset(
    {"pepper", "martens", "oetker", "whippy", "muscle", "kipling", "strange", "right", "who", "act"}
)  # "Dr Pepper"
_SMALL = re.compile(r"(?<![\w@])[a-z]{3,12}(?![\w@])")


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its place, its title ("" for none), and whether it begins with a given name that is known.

    `doubtful` marks names that are everyday words too (Grace, May), which need a frame that is said of people only.
    """

    text: str
    start: int
    end: int
    title: str
    known: bool
    doubtful: bool


@lru_cache(maxsize=4)  # the same comment is asked about for masking and for praise
def find(text: str) -> tuple[Name, ...]:
    """Return the names in a text, in order, those that are no known given name included."""
    shouted = text.isupper()
    found = (_name(match, shouted) for match in _RUN.finditer(text))
    return tuple(name for name in found if name)


def find_small(text: str, start: int, end: int) -> Iterator[Name]:
    """Yield given names that a customer wrote without a capital letter, if they are no words as well."""
    for match in _SMALL.finditer(text, start, end):
        if match.group() in _given():
            yield Name(match.group(), match.start(), match.end(), "", known=True, doubtful=False)


def could_be(name: Name) -> bool:
    """Say whether a capitalised word that is no listed name could be one: it is not a word of everyday things."""
    return name.known or (name.text[1:].islower() and root(name.text.lower()) not in _everyday())


def _name(match: re.Match[str], shouted: bool) -> Name | None:
    """Return what remains of a run of capitalised words when words that name nobody are taken off both ends."""
    title = match.group(1) or ""
    if not title and match.group(2).lower() in _words():
        return None
    parts = [(part.group(), part.start()) for part in re.finditer(r"\S+", match.group(2))]
    while parts and not title and _is_word(parts[0][0], shouted):
        del parts[0]
    while len(parts) > bool(title) and _is_word(parts[-1][0], shouted):
        del parts[-1]  # after a title the first word stays: "Mrs Hill"
    if not parts or any(_is_word(part, shouted) for part, _ in parts[1:]):
        return None
    start = match.start(2) + parts[0][1]
    text = match.string[start : match.start(2) + parts[-1][1] + len(parts[-1][0])]
    text = _POSSESSIVE.sub("", text)
    first = _POSSESSIVE.sub("", parts[0][0]).lower().partition("-")[0]
    known = first in _given() or first in _doubtful()
    if len(text) < 2 or (text.isupper() and not known) or (title and (first in dull() or first in _BRANDS)):
        return None
    return Name(text, start, start + len(text), title, known, first in _doubtful())


def _is_word(part: str, shouted: bool) -> bool:
    word = _POSSESSIVE.sub("", part).lower()
    if word in _given() or (word in _doubtful() and not shouted):
        return False
    return shouted or word in _never() or part.partition("'")[0].lower() in _never()


@cache
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    into: set[str] = set()
    for line in _read("names.txt").splitlines():
        if line.startswith("["):
            into = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            into.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


@cache
def _given() -> frozenset[str]:
    return _sections()["given"] - _doubtful()


@cache
def _doubtful() -> frozenset[str]:
    """Return given names that are everyday words or places too."""
    return _sections()["words too"] | (_sections()["given"] & _never())


@cache
def _never() -> frozenset[str]:
    lines = _read("not_names.txt").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _words() -> frozenset[str]:
    """Return what names nobody, however it stands."""
    return _never() - _doubtful()


@cache
def _everyday() -> frozenset[str]:
    return known_words() | dull()


def _read(name: str) -> str:
    return resources.files("analysis.text").joinpath("data", name).read_text(encoding="utf-8")
