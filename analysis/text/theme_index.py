"""What decides a theme, looked up word by word: the organisation's own words first, then what usually goes with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from analysis.text import related
from analysis.text.dull import dull
from analysis.text.related import Phrase
from analysis.text.roots import near, root, skeleton, words

Places = frozenset[int]
_NOBODY: Places = frozenset()
_REACH = 6  # words between two ambiguous words that confirm each other
_SLIP = 6  # letters from which on a slip of the pen is forgiven
_KEPT = 20_000  # unknown words remembered with what they turned out to be
_COMPARED = (("iest", "y"), ("ier", "y"), ("est", ""), ("er", ""), ("est", "e"), ("er", "e"), ("ly", ""))


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase, the themes (positions) it speaks for surely, and those it speaks for only beside another."""

    phrase: Phrase
    surely: Places
    maybe: Places


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase met in a text: the theme, the customer's words, where (counted in words) and whether it suffices alone."""

    theme: int
    words: str
    at: int
    sure: bool


@dataclass
class Index:
    """Entries by their first root, longest first, and single words by skeleton for slips of the pen."""

    entries: dict[str, tuple[Entry, ...]]
    skeletons: dict[str, tuple[str, ...]]
    resolved: dict[str, str] = field(default_factory=dict)

    def hits(self, text: str) -> list[Hit]:
        """Return what decides the themes of a text, in order; ambiguous words only where another one confirms them."""
        found = list(self._met(words(text)))
        return [hit for hit in found if hit.sure] + _confirmed([hit for hit in found if not hit.sure])

    def _met(self, written: Sequence[str]) -> Iterator[Hit]:
        known = self._known
        reduced = [known(root(word)) for word in written]
        at = 0
        while at < len(reduced):
            entry = self._at(reduced, at) if reduced[at] in self.entries else None
            if entry is None:
                at += 1
                continue
            end = at + len(entry.phrase)
            said = " ".join(written[at:end])
            for places, sure in ((entry.surely, True), (entry.maybe, False)):
                for theme in sorted(places):
                    yield Hit(theme, said, at, sure)
            at = end

    def _at(self, reduced: Sequence[str], at: int) -> Entry | None:
        for entry in self.entries[reduced[at]]:
            size = len(entry.phrase)
            if size == 1 or tuple(reduced[at : at + size]) == entry.phrase:
                return entry
        return None

    def _known(self, word: str) -> str:
        """Return the listed word that is meant: itself, its positive ("dirtier": "dirty"), or one that differs by a slip."""
        if word in self.entries or len(word) < 5:
            return word
        meant = self.resolved.get(word)
        if meant is None:
            meant = self._meant(word)
            if len(self.resolved) < _KEPT:
                self.resolved[word] = meant
        return meant

    def _meant(self, word: str) -> str:
        if word in known_words() or word in dull():
            return word
        for ending, instead in _COMPARED:
            left = word.removesuffix(ending)
            if left != word and len(left) >= 3 and (base := root(left + instead)) in self.entries:
                return base
        if len(word) < _SLIP:
            return word
        alike = self.skeletons.get(skeleton(word), ())
        return next((other for other in alike if near(word, other)), word)


def build(
    own: Sequence[Sequence[Phrase]], names: Sequence[Sequence[Phrase]], hints: Sequence[Sequence[Phrase]]
) -> Index:
    """Index a list's own words; `names` help to tell which related words a theme takes on, `hints` are ambiguous words."""
    surely, maybe = related.votes([[*mine, *name] for mine, name in zip(own, names, strict=True)])
    all_surely, all_maybe = dict(surely), dict(maybe)
    for theme, phrases in enumerate(hints):
        for phrase in phrases:
            all_maybe[phrase] = all_maybe.get(phrase, _NOBODY) | {theme}
    mine: dict[Phrase, Places] = {}
    for theme, phrases in enumerate(own):
        for phrase in phrases:
            mine[phrase] = mine.get(phrase, _NOBODY) | {theme}
    for phrase in related.word_sets()[related.FIXED].words:
        if phrase not in mine:
            all_surely[phrase] = all_maybe[phrase] = _NOBODY
    all_surely |= mine
    return _indexed(all_surely, {phrase: places for phrase, places in all_maybe.items() if phrase not in mine})


@cache
def known_words() -> frozenset[str]:
    """Return the roots of all single words of the sets: a known word is no slip and no comparative of another."""
    sets = related.word_sets().values()
    return frozenset(phrase[0] for one in sets for phrase in one.heads | one.words | one.maybe if len(phrase) == 1)


def _indexed(surely: Mapping[Phrase, Places], maybe: Mapping[Phrase, Places]) -> Index:
    by_first: dict[str, list[Entry]] = {}
    for phrase in surely.keys() | maybe.keys():
        sure = surely.get(phrase, _NOBODY)
        by_first.setdefault(phrase[0], []).append(Entry(phrase, sure, maybe.get(phrase, _NOBODY) - sure))
    entries = {first: tuple(sorted(found, key=lambda each: -len(each.phrase))) for first, found in by_first.items()}
    skeletons: dict[str, list[str]] = {}
    for first, found in sorted(entries.items()):
        if len(first) >= _SLIP and any(len(each.phrase) == 1 for each in found) and len(skeleton(first)) >= 4:
            skeletons.setdefault(skeleton(first), []).append(first)
    return Index(entries, {bones: tuple(alike) for bones, alike in skeletons.items()})


def _confirmed(doubtful: Sequence[Hit]) -> list[Hit]:
    """Return the ambiguous hits that have another one of their theme, in other words, close by."""
    found: list[Hit] = []
    last: dict[int, Hit] = {}
    for hit in doubtful:
        before = last.get(hit.theme)
        if before and hit.at - before.at <= _REACH and root(hit.words) != root(before.words):
            found += [before, hit]
        last[hit.theme] = hit
    return found
