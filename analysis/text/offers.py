"""Themes found in the data: what many comments mention that no theme of the list catches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.text.dull import dull
from analysis.text.roots import root, words

_EXAMPLES = 3
_SAME = 0.6  # a word that mostly comes in one phrase is offered as the phrase


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that several comments share and no theme catches, in how many, and some of these comments."""

    words: str
    n: int
    examples: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """Where a word or phrase was met: as it is most often written, and in which texts."""

    written: Counter[str] = field(default_factory=Counter)
    places: list[int] = field(default_factory=list)

    def note(self, written: str, place: int) -> None:
        self.written[written] += 1
        if not self.places or self.places[-1] != place:
            self.places.append(place)


def frequent(texts: Sequence[str], *, least: int, most: int) -> list[Offer]:
    """Return the words and two-word phrases that at least `least` texts share, the most frequent first, none said twice."""
    singles: dict[str, _Seen] = {}
    pairs: dict[tuple[str, str], _Seen] = {}
    for place, text in enumerate(texts):
        _note(text, place, singles, pairs)
    kept = {pair: seen for pair, seen in pairs.items() if len(seen.places) >= least}
    for pair, seen in kept.items():
        for one in pair:
            if one in singles and len(seen.places) >= _SAME * len(singles[one].places):
                del singles[one]
    found = [*kept.values(), *(seen for seen in singles.values() if len(seen.places) >= least)]
    found.sort(key=lambda seen: (-len(seen.places), seen.places[0]))
    return [_offer(seen, texts) for seen in found[:most]]


def _note(text: str, place: int, singles: dict[str, _Seen], pairs: dict[tuple[str, str], _Seen]) -> None:
    written = words(text)
    reduced = [root(word) for word in written]
    telling = [_tells(one, word) for one, word in zip(reduced, written, strict=True)]
    for one, word, tells in zip(reduced, written, telling, strict=True):
        if tells:
            singles.setdefault(one, _Seen()).note(word, place)
    for (here, one), (there, other) in pairwise(enumerate(reduced)):
        if telling[here] and telling[there] and one != other:
            pairs.setdefault((one, other), _Seen()).note(f"{written[here]} {written[there]}", place)


def _tells(reduced: str, written: str) -> bool:
    """Say whether a word could name a theme: no grammar, no number, no adverb."""
    return len(reduced) > 2 and reduced not in dull() and not written.endswith("ly") and written.isalpha()


def _offer(seen: _Seen, texts: Sequence[str]) -> Offer:
    return Offer(
        seen.written.most_common(1)[0][0], len(seen.places), tuple(texts[at] for at in seen.places[:_EXAMPLES])
    )
