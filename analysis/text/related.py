"""Sets of everyday words that belong together, and which theme of an organisation's list takes on which set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from analysis.text.roots import roots

Phrase = tuple[str, ...]
FIXED = "fixed"  # the set of phrases whose words say nothing of their theme
_HEAD, _ENOUGH = 2, 2  # a head counts as much as two words; a theme needs as much to take a set on


@dataclass(frozen=True, slots=True)
class WordSet:
    """A set of related phrases (tuples of roots): its heads, words that suffice alone, and words of which two are needed."""

    name: str
    within: str
    heads: frozenset[Phrase]
    words: frozenset[Phrase]
    maybe: frozenset[Phrase]

    def claim(self, own: Iterable[Phrase]) -> int:
        """Return how much of this set a theme with these words names; ambiguous words ask for nothing."""
        return sum(_HEAD if phrase in self.heads else int(phrase in self.words) for phrase in set(own))


@cache
def word_sets() -> dict[str, WordSet]:
    """Return all sets by name, read once from `data/related.txt`."""
    text = resources.files("analysis.text").joinpath("data", "related.txt").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    fields: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("["):
            fields = found.setdefault(line.strip("[] "), {})
        elif line and not line.startswith("#"):
            name, _, value = line.partition(":")
            fields[name] = value.strip()
    return {name: _word_set(name, fields) for name, fields in found.items()}


@dataclass(frozen=True, slots=True)
class Taken:
    """A set taken on by the theme at a position; `asked` if that theme's words ask for this set, not only for one around it."""

    by: int
    asked: bool


def takers(own: Sequence[Sequence[Phrase]]) -> dict[str, Taken]:
    """Return who takes on which set; `own` holds the words of each theme.

    A set goes to the theme that names most of it, to nobody when two name as much, and to the taker of the set that it lies
    within when no theme asks for it: without a theme of its own, waiting belongs to the service.
    """
    asked = {name: _first(one, own) for name, one in word_sets().items() if name != FIXED}
    found: dict[str, Taken] = {}
    for name in asked:
        at = name
        while asked[at] is None and word_sets()[at].within:
            at = word_sets()[at].within
        place = asked[at]
        if place is not None and place >= 0:
            found[name] = Taken(place, at == name)
    return found


def votes(own: Sequence[Sequence[Phrase]]) -> tuple[Mapping[Phrase, frozenset[int]], Mapping[Phrase, frozenset[int]]]:
    """Return what each related phrase speaks for: surely, and maybe (two are needed). Words that a theme names are left out,
    and so are the ambiguous words of sets that no theme asks for."""
    named = {phrase for phrases in own for phrase in phrases}
    surely: dict[Phrase, set[int]] = {}
    maybe: dict[Phrase, set[int]] = {}
    for name, taken in takers(own).items():
        one = word_sets()[name]
        for phrases, into in ((one.heads | one.words, surely), (one.maybe if taken.asked else frozenset(), maybe)):
            for phrase in phrases - named:
                into.setdefault(phrase, set()).add(taken.by)
    return _frozen(surely), _frozen(maybe)


def _first(one: WordSet, own: Sequence[Sequence[Phrase]]) -> int | None:
    """Return the position of the theme that names most of a set, None if none names enough, -1 if two name as much."""
    ranked = Counter({place: one.claim(phrases) for place, phrases in enumerate(own)}).most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    return -1 if len(ranked) > 1 and ranked[1][1] == ranked[0][1] else ranked[0][0]


def _word_set(name: str, fields: Mapping[str, str]) -> WordSet:
    heads, words, maybe = (_phrases(fields.get(field, "")) for field in ("heads", "words", "maybe"))
    return WordSet(name, fields.get("within", ""), heads, words - maybe, maybe - heads)


def _phrases(listed: str) -> frozenset[Phrase]:
    return frozenset(phrase for entry in listed.split(",") if (phrase := tuple(roots(entry))))


def _frozen(found: Mapping[Phrase, set[int]]) -> dict[Phrase, frozenset[int]]:
    return {phrase: frozenset(places) for phrase, places in found.items()}
