"""Which improvement does a new mention belong to? An index of what is filed where, asked for the nearest needs.

Two mentions are alike by the words they share and by the notions behind their words, rare ones counting more. The index only ever
adds: a new mention never reshuffles what is there, and asking twice gives the same answer.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.text.letters import alike, letters
from analysis.text.meaning import SIZE, Vector, installed, vector
from analysis.text.sign_table import Floats, Numbers, SignTable
from analysis.text.vectors import NEED, is_vague, signs, sort_of

SURE = 0.8
"""The likelihood from which a machine may file by itself: four of five such filings are right."""
VAGUE = 0.5
"""The likelihood that words which fit any need reach at most, so that a person decides."""
_COMPARED = 80
_SLOPE, _MIDDLE = 10.0, 0.4
MEANING, UNLIKE = 0.35, 0.2
"""With the extra: how much meaning counts beside signs, and the cosine that any two mentions have."""
_LETTERS = 0.2
"""How much runs of letters count beside what signs weigh."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A group that a text may belong to: the likelihood (0 to 1) that it is the same need, and the words they share."""

    group: Hashable
    similarity: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A filed mention near a text: its likeness (0 to 1) and the words and notions they share, the most telling first."""

    mention: Hashable
    likeness: float
    shared: tuple[str, ...]


@dataclass(slots=True)
class _Filed:
    """A mention in its place: its signs by number with their weights before rarity, and its runs of letters."""

    mention: Hashable
    group: Hashable
    numbers: Numbers
    values: Floats
    letters: array[int]
    meaning: Vector | None = None


@dataclass
class MentionIndex:
    """What is filed where. `sure` is the likelihood from which a machine may file by itself; `by_meaning` uses the extra."""

    sure: float = SURE
    by_meaning: bool = field(default_factory=installed)
    _filed: list[_Filed | None] = field(default_factory=list, repr=False)
    _places: dict[Hashable, int] = field(default_factory=dict, repr=False)
    _signs: SignTable = field(default_factory=SignTable, repr=False)
    _meanings: Vector = field(default_factory=lambda: np.zeros((0, SIZE), np.float32), repr=False)
    _apart: dict[Hashable, set[Hashable]] = field(default_factory=lambda: defaultdict(set), repr=False)
    _together: dict[Hashable, set[Hashable]] = field(default_factory=lambda: defaultdict(set), repr=False)

    def __len__(self) -> int:
        """How many mentions are filed."""
        return len(self._places)

    def add(self, mention: Hashable, text: str, group: Hashable) -> None:
        """File a mention under a group."""
        self.remove(mention)
        found = signs(text)
        numbers, values = self._signs.number(found), np.array(list(found.values()), np.float64)
        self._place(_Filed(mention, group, numbers, values, letters(text), vector(text) if self.by_meaning else None))

    def remove(self, mention: Hashable) -> None:
        """Forget a mention, and what it was kept apart from; nothing happens where it is not filed."""
        self._apart.pop(mention, None)
        place = self._places.pop(mention, None)
        filed = self._filed[place] if place is not None else None
        if place is None or filed is None:
            return
        self._filed[place] = None
        self._signs.count(filed.numbers, -1)
        if len(self._filed) > 2 * len(self._places) + 1000:
            self._tidy()

    def move(self, mention: Hashable, group: Hashable) -> None:
        """File a mention elsewhere, as a person decided."""
        filed = self._of(mention)
        if filed is not None:
            filed.group = group

    def keep_apart(self, mention: Hashable, group: Hashable) -> None:
        """Learn that a mention is not of a group: what is nearest to it is not proposed for that group."""
        self._apart[mention].add(group)

    def keep_together(self, a: Hashable, b: Hashable) -> None:
        """Learn that two mentions are of one need: what is near to either is proposed for the groups of both."""
        self._together[a].add(b)
        self._together[b].add(a)

    def propose(self, text: str, *, limit: int = 5) -> list[Proposal]:
        """Return the nearest groups, each once, best first."""
        found: dict[Hashable, Proposal] = {}
        barred: set[Hashable] = set()
        most = VAGUE if is_vague(text) else 1.0
        for near in self.nearest(text, limit=_COMPARED):
            barred |= self._apart.get(near.mention, set()) - found.keys()
            for group in self._groups(near.mention):
                if group not in barred and group not in found:
                    found[group] = Proposal(group, min(most, likelihood(near.likeness)), _words(near.shared))
        return list(found.values())[:limit]

    def nearest(self, text: str, *, limit: int = 5) -> list[Near]:
        """Return the nearest mentions, nearest first; those filed first where several are equally near."""
        found = signs(text)
        asked = dict(zip(found, self._signs.weigh_text(found, len(self)).tolist(), strict=True))
        meant = self._meant(text)
        places = self._candidates(asked, limit, meant)
        compared = self._compare(asked, frozenset(letters(text)), places, meant) if places else []
        ranked = sorted((each for each in compared if each[0] > 0), key=lambda each: (-each[0], each[1]))
        return [Near(self._at(place).mention, likeness, shared) for likeness, place, shared in ranked[:limit]]

    def _meant(self, text: str) -> Vector | None:
        """Return how near each place is to a text by meaning, 0 to 1; None without the extra."""
        if not self.by_meaning:
            return None
        cosines = self._meanings[: len(self._filed)] @ vector(text)
        return np.asarray(np.clip((cosines - UNLIKE) / (1 - UNLIKE), 0, 1), np.float32)

    def _candidates(self, asked: dict[str, float], limit: int, meant: Vector | None) -> list[int]:
        """Return the places most worth comparing, by likeness with the rarity of signs as it was when they were filed."""
        scores = np.zeros(len(self._filed), np.float32)
        if meant is not None:
            scores += np.float32(MEANING / (1 - MEANING)) * meant
        for sign, weight in asked.items():
            number = self._signs.held(sign)
            if number is not None:
                holders = self._signs.holders[number]
                scores[np.array(holders.places)] += np.float32(weight) * np.array(holders.weights)
        most = max(limit, _COMPARED)
        if len(scores) > most:
            least = np.partition(scores, len(scores) - most)[len(scores) - most]
            scores[scores < least] = 0
        return [place for place in np.flatnonzero(scores > 0).tolist() if self._filed[place]][: 2 * most]

    def _compare(
        self, asked: dict[str, float], runs: frozenset[int], places: list[int], meant: Vector | None
    ) -> list[tuple[float, int, tuple[str, ...]]]:
        """Return likeness, place and the signs shared, for each place."""
        filed = [self._at(place) for place in places]
        owners = np.repeat(np.arange(len(filed)), [len(each.numbers) for each in filed])
        numbers = np.concatenate([each.numbers for each in filed])
        weights = self._signs.weigh_filed(np.concatenate([each.values for each in filed]), numbers, owners, len(self))
        products = self._signs.spread(asked)[numbers] * weights
        likeness: Floats = np.bincount(owners, products, minlength=len(filed)).astype(np.float64)
        likeness += _LETTERS * np.array([alike(runs, each.letters) for each in filed])
        if meant is not None:
            likeness = (1 - MEANING) * likeness + MEANING * meant[places]
        shared = self._shared(products, numbers, owners, len(filed))
        return list(zip(likeness.tolist(), places, shared, strict=True))

    def _shared(
        self, products: Floats, numbers: Numbers, owners: NDArray[np.intp], count: int
    ) -> list[tuple[str, ...]]:
        """Return for each place the signs it shares with the text, the most telling first."""
        found: list[list[tuple[float, str]]] = [[] for _ in range(count)]
        for at in np.flatnonzero(products).tolist():
            found[owners[at]].append((-products[at], self._signs.names[numbers[at]]))
        return [tuple(sign for _product, sign in sorted(each)) for each in found]

    def _place(self, filed: _Filed) -> None:
        place = len(self._filed)
        self._filed.append(filed)
        if filed.meaning is not None:
            if place >= len(self._meanings):  # twice the room, so that copying costs little for each
                room = np.zeros((max(64, place), SIZE), np.float32)
                self._meanings = np.concatenate([self._meanings, room])
            self._meanings[place] = filed.meaning
        self._places[filed.mention] = place
        owners = np.zeros(len(filed.numbers), np.intp)
        weights = self._signs.weigh_filed(filed.values, filed.numbers, owners, len(self))
        for number, weight in zip(filed.numbers.tolist(), weights.tolist(), strict=True):
            holders = self._signs.holders[number]
            holders.places.append(place)
            holders.weights.append(weight)
        self._signs.count(filed.numbers, 1)

    def _tidy(self) -> None:
        """Give removed mentions' places back, keeping the order."""
        left = [filed for filed in self._filed if filed is not None]
        old = self._signs.names
        self._filed.clear()
        self._signs = SignTable()
        for filed in left:
            filed.numbers = self._signs.number(old[number] for number in filed.numbers.tolist())
            self._place(filed)

    def _groups(self, mention: Hashable) -> list[Hashable]:
        """Return the mention's group, then those of the mentions it was put together with."""
        tied = sorted(self._together.get(mention, ()), key=str)
        return [filed.group for filed in map(self._of, [mention, *tied]) if filed is not None]

    def _of(self, mention: Hashable) -> _Filed | None:
        place = self._places.get(mention)
        return None if place is None else self._filed[place]

    def _at(self, place: int) -> _Filed:
        filed = self._filed[place]
        assert filed is not None, "candidates are filed"
        return filed


def likelihood(likeness: float) -> float:
    """Turn a likeness into the likelihood of one need, by a curve fitted on mentions that people had grouped."""
    return 1 / (1 + math.exp(-_SLOPE * (likeness - _MIDDLE)))


def _words(shared: tuple[str, ...]) -> tuple[str, ...]:
    """Name what is shared: words first, notions where no word is."""
    plain = [sign for sign in shared if sort_of(sign) == "word"]
    notions = [sign.removeprefix(NEED).replace("_", " ") for sign in shared if sign.startswith(NEED)]
    return tuple((plain or notions)[:4])
