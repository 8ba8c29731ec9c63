"""The list of opinion words: loaded once, inflected by word class, with phrases found by their first word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_VOWELS = "aeiou"
_DOUBLED = re.compile(r"(.)\1")
_LONG_ENOUGH = 6  # letters; shorter words are other words when a letter is doubled: "coma", "comma"
_WEAKER = 0.8  # an adverb says a little less than its adjective: "beautifully" against "beautiful"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Strengths of single words, and of phrases by their first word, longest first; strengths run from -3 to 3."""

    words: dict[str, float]
    squeezed: dict[str, float]
    phrases: dict[str, list[tuple[list[str], float]]]

    def strength(self, word: str) -> float:
        """Return the strength of a word, 0 for one that is not listed; doubled letters may be wrong ("dissapointed").

        "un" turns a good word round ("unrecommended").
        """
        found = self.words.get(word)
        if found is None and word.startswith("un") and self.words.get(word[2:], 0.0) > 0:
            return -self.words[word[2:]]
        if found is None:
            return self.squeezed.get(_DOUBLED.sub(r"\1", word), 0.0) if len(word) >= _LONG_ENOUGH else 0.0
        return found

    def phrase_at(self, words: list[str], place: int) -> tuple[int, float] | None:
        """Return length and strength of the longest listed phrase that begins at `place`, or None."""
        for phrase, strength in self.phrases.get(words[place], ()):
            size = len(phrase)
            if words[place + 1 : place + 2] == phrase[1:2] and words[place : place + size] == phrase:
                return size, strength
        return None


@lru_cache(maxsize=16_000)
def strength_of(word: str) -> float:
    """Return the strength of a word by the shipped lexicon; most words of a comment come again in the next."""
    return opinion_words().strength(word)


@cache
def opinion_words() -> Lexicon:
    """Return the shipped lexicon; words written in the list win over inflections made from others."""
    written: dict[str, float] = {}
    made: dict[str, float] = {}
    phrases: dict[str, list[tuple[list[str], float]]] = {}
    for kind, strength, word in _entries():
        if "_" in word:
            parts = word.split("_")
            phrases.setdefault(parts[0], []).append((parts, strength))
            continue
        written.setdefault(word, strength)
        for form, share in _FORMS[kind](word):
            made.setdefault(form, strength * share)
    for listed in phrases.values():
        listed.sort(key=lambda entry: -len(entry[0]))
    words = made | written
    squeezed = {_DOUBLED.sub(r"\1", word): strength for word, strength in words.items() if len(word) >= _LONG_ENOUGH}
    return Lexicon(words, squeezed, phrases)


def _entries() -> Iterator[tuple[str, float, str]]:
    """Yield word class, strength and word for each word of the list."""
    lines = resources.files("analysis.text").joinpath("data/opinion_words.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("# "):
            head, _, words = line.partition(": ")
            kind, _, strength = head.partition(" ")
            for word in words.split():
                yield kind, float(strength), word


def _adjective(word: str) -> Iterator[tuple[str, float]]:
    """Yield adverb and, for short words, comparative and superlative."""
    if word.endswith("y"):
        stem = word[:-1]
        yield from ((stem + "ily", _WEAKER), (stem + "ier", _WEAKER), (stem + "iest", 1.0), (stem + "iness", _WEAKER))
        return
    if word.endswith("le"):
        yield word[:-1] + "y", _WEAKER
    elif word.endswith("ic"):
        yield word + "ally", _WEAKER
    else:
        yield word + "ly", _WEAKER
    yield word + "ness", _WEAKER
    if len(word) <= 6:
        stem = word[:-1] if word.endswith("e") else word + word[-1] if _short(word) else word
        yield from ((stem + "er", _WEAKER), (stem + "est", 1.0))


def _verb(word: str) -> Iterator[tuple[str, float]]:
    """Yield third person, past and present participle."""
    if word.endswith("e"):
        yield from ((word + "s", 1.0), (word + "d", 1.0), (word[:-1] + "ing", 1.0))
    elif word.endswith("y") and word[-2] not in _VOWELS:
        yield from ((word[:-1] + "ies", 1.0), (word[:-1] + "ied", 1.0), (word + "ing", 1.0))
    else:
        stem = word + word[-1] if _short(word) else word
        yield from ((word + _plural_ending(word), 1.0), (stem + "ed", 1.0), (stem + "ing", 1.0))


def _noun(word: str) -> Iterator[tuple[str, float]]:
    """Yield the plural."""
    if word.endswith("y") and word[-2] not in _VOWELS:
        yield word[:-1] + "ies", 1.0
    else:
        yield word + _plural_ending(word), 1.0


def _as_written(_: str) -> Iterator[tuple[str, float]]:
    """Yield nothing: the word has no other forms."""
    return iter(())


def _plural_ending(word: str) -> str:
    """Return "es" after a hiss, else "s"."""
    return "es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s"


def _short(word: str) -> bool:
    """Say whether a final consonant doubles: "drag", "dragged"; not "fail", not "draw"."""
    return (
        2 < len(word) <= 5
        and word[-1] not in _VOWELS + "wxyhk"
        and word[-2] in _VOWELS
        and word[-3] not in _VOWELS
        and sum(letter in _VOWELS for letter in word) == 1
    )


_FORMS = {"a": _adjective, "v": _verb, "n": _noun, "w": _as_written}
