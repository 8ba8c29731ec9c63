"""Reads a language from a data file alone: feelings of words in their context, and turns of phrase that ask, complain or add nothing.

Plainer than the English reader, which learned from labelled answers: a second language begins with `data/reader.<code>.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from math import tanh

from analysis.finding import Kind, Label, Sentiment
from analysis.text.kinds import KindFound
from analysis.text.sentiment import LABELS

_WORD = re.compile(r"[^\W\d_]+|[.,;:!?]")
_BREAKS = frozenset(".,;:!?")
_MOST = 400  # words of a sentence that are read
_STRONGER, _TURNED, _ADDS = 1.3, -0.8, 0.8
_BLAMES = {"suggestion": -1.2, "complaint": -1.2}
_BARE, _FIRMLY = 6, 1.5  # words of an answer without a sentence; what is worse than this complains
_FIRM = 0.3  # a sentence this good or bad makes a comment mixed
_LEANS = 0.4  # from this sum on a sentence is good or bad
_FILES = re.compile(r"reader\.([a-z]{2})\.toml")


@dataclass(frozen=True, slots=True)
class Reader:
    """What a file says of a language: strengths of words, beginnings and phrases; words of context; patterns of kinds."""

    words: dict[str, float]
    stems: dict[str, float]
    phrases: dict[str, list[tuple[tuple[str, ...], float]]]
    context: dict[str, frozenset[str]]
    reach: int
    kinds: dict[str, tuple[re.Pattern[str], ...]]

    def read(self, text: str, asked: str | None = None) -> tuple[Sentiment, KindFound]:
        """Return the sentiment and the kind of one sentence, given its question's purpose. Linear in its length."""
        low = plain(text)
        words = _WORD.findall(low)[:_MOST]
        hits = self._feelings(words)
        kind, cue = self._turn(low.strip(" ¡¿\"'«»“”.-–•"), words, asked)
        bare = len(words) <= _BARE and kind is None and not any(word in _BREAKS for word in words[:-1])
        total = sum(value for _, _, value in hits)
        if bare and asked == "suggestion" and -_FIRMLY < total < _LEANS:
            kind = "suggestion"
        elif bare and asked == "experience" and abs(total) < _LEANS:
            denied = any(word in self.context["negations"] for word in words)
            kind, total = ("complaint", 0.0) if denied else ("praise", _ADDS)
        elif kind == "nothing" and asked == "suggestion" and not _first(self.kinds["declines"], low):
            total = max(total, _ADDS)
        if kind in _BLAMES:  # a good word in a request says what is missing
            total = min(total, 0.0) + _BLAMES[kind]
        return self._sentiment(words, hits, total), self._kind(kind, cue, total, asked, len(words))

    def whole(self, text: str, sentences: Sequence[Sentiment], asked: str | None = None) -> Sentiment | None:
        """Return the sentiment of a comment, mixed where some of its sentences are good and others bad; None without sentences."""
        if len(sentences) < 2:
            return sentences[0] if sentences else None
        felt = self.read(text, asked)[0]
        firm = {one.label for one in sentences if abs(one.score) >= _FIRM}
        return replace(felt, mixed=felt.mixed or {"positive", "negative"} <= firm)

    def _feelings(self, words: Sequence[str]) -> list[tuple[int, str, float]]:
        """Return place, word and strength of each word that feels something, as its context leaves it."""
        found: list[tuple[int, str, float]] = []
        negated, place = -1, 0
        while place < len(words):
            word, step = words[place], 1
            phrase = next(
                (each for each in self.phrases.get(word, ()) if tuple(words[place : place + len(each[0])]) == each[0]),
                None,
            )
            if phrase:
                step = len(phrase[0])
                found.append((place, " ".join(phrase[0]), phrase[1]))
            elif word in _BREAKS or word in self.context["ends"] or word in self.context["cancels"]:
                negated = -1
            elif word in self.context["negations"]:
                negated = place + self.reach
            elif value := self._strength(word):
                value *= _STRONGER if place and words[place - 1] in self.context["stronger"] else 1.0
                found.append((place, word, value * _TURNED if negated >= place else value))
            place += step
        return found

    def _strength(self, word: str) -> float:
        """Return the strength of a word, or of the longest listed beginning of it."""
        if word in self.words:
            return self.words[word]
        return next((self.stems[word[:size]] for size in range(len(word), 2, -1) if word[:size] in self.stems), 0.0)

    def _turn(self, low: str, words: Sequence[str], asked: str | None) -> tuple[Kind | None, str]:
        """Return the kind that a turn of phrase shows, with its words."""
        if asked != "experience" and (found := _first(self.kinds["nothing"], low)):
            return "nothing", found
        if found := _first(self.kinds["suggestion"], low):
            return "suggestion", found
        if asked == "suggestion" and (found := _first(self.kinds["opens"], low)):
            return "suggestion", found
        if found := _first(self.kinds["complaint"], low):
            return "complaint", found
        return None, ""

    def _sentiment(self, words: Sequence[str], hits: Sequence[tuple[int, str, float]], total: float) -> Sentiment:
        label: Label = LABELS[0 if total <= -_LEANS else 2 if total >= _LEANS else 1]
        turn = next((place for place, word in enumerate(words) if word in self.context["contrast"]), -1)
        sides = [sum(value for place, _, value in hits if (place < turn) == before) for before in (True, False)]
        because = [word for _, word, value in sorted(hits, key=lambda hit: -abs(hit[2])) if value * total > 0]
        mixed = turn >= 0 and sides[0] * sides[1] < 0 and min(map(abs, sides)) >= 1
        sure = round(0.5 + 0.4 * tanh(abs(total) / 2), 4) if total else 0.5
        return Sentiment(label, round(tanh(total / 3), 4), sure, mixed, tuple(dict.fromkeys(because))[:4])

    def _kind(self, kind: Kind | None, cue: str, total: float, asked: str | None, size: int) -> KindFound:
        """Return the kind by its turn of phrase, else by what is felt, else by what was asked."""
        if kind is None and total >= _LEANS:
            kind = "praise"
        elif kind is None and total <= -_LEANS:
            kind = "complaint"
        elif kind is None and asked == "experience" and size <= 6:
            kind = "praise"
        return KindFound(kind or "other", 0.8 if cue else 0.6, (cue,) if cue else ())


@cache
def readers() -> dict[str, Reader]:
    """Return the readers there are, by the code of their language."""
    files = resources.files("analysis.text").joinpath("data").iterdir()
    named = sorted((match[1], file) for file in files if (match := _FILES.fullmatch(file.name)))
    return {code: _reader(tomllib.loads(file.read_text(encoding="utf-8"))) for code, file in named}


def plain(text: str) -> str:
    """Return the text in lower case without accents, as hurried people write it."""
    apart = unicodedata.normalize("NFD", text.lower()[: _MOST * 12])
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _reader(table: dict[str, dict[str, object]]) -> Reader:
    words: dict[str, float] = {}
    stems: dict[str, float] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for strength, listed in table["feelings"].items():
        for word in plain(str(listed)).split():
            if "_" in word:
                parts = tuple(word.split("_"))
                phrases.setdefault(parts[0], []).append((parts, float(strength)))
            elif word.endswith("*"):
                stems[word[:-1]] = float(strength)
            else:
                words[word] = float(strength)
    context = table["context"]
    sets = {
        name: frozenset(str(context[name]).split()) for name in ("negations", "ends", "cancels", "stronger", "contrast")
    }
    kinds = {name: tuple(map(re.compile, map(str, patterns))) for name, patterns in table["kinds"].items()}  # type: ignore[call-overload]
    return Reader(words, stems, phrases, sets, int(str(context["reach"])), kinds)


def _first(patterns: Sequence[re.Pattern[str]], low: str) -> str:
    """Return the words of the first pattern that is met, "" for none."""
    return next((match.group().strip()[:60] for each in patterns if (match := each.search(low))), "")
