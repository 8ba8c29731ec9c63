"""Which improvement does a new mention belong to? An index of what is filed where, asked for the nearest needs.

It only ever adds: a new mention never reshuffles what is there, and asking twice gives the same answer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from analysis.text.vectors import features

SURE = 0.8
_LOOKED_AT = 4_000
_COMPARED = 60
_SLOPE, _MIDDLE = 11.0, 0.5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A group that a text may belong to: the likelihood (0 to 1) that it is the same need, and the words they share."""

    group: Hashable
    similarity: float
    because: tuple[str, ...] = ()


@dataclass(slots=True)
class _Filed:
    group: Hashable
    weights: dict[str, float]


@dataclass
class MentionIndex:
    """What is filed where. `sure` is the likelihood from which a machine may file by itself."""

    sure: float = SURE
    _filed: dict[Hashable, _Filed] = field(default_factory=dict, repr=False)
    _where: dict[str, dict[Hashable, None]] = field(default_factory=lambda: defaultdict(dict), repr=False)
    _apart: dict[Hashable, set[Hashable]] = field(default_factory=lambda: defaultdict(set), repr=False)

    def __len__(self) -> int:
        """How many mentions are filed."""
        return len(self._filed)

    def add(self, mention: Hashable, text: str, group: Hashable) -> None:
        """File a mention under a group."""
        self.remove(mention)
        weights = features(text)
        self._filed[mention] = _Filed(group, weights)
        for feature in weights:
            self._where[feature][mention] = None

    def remove(self, mention: Hashable) -> None:
        """Forget a mention; nothing happens where it is not filed."""
        filed = self._filed.pop(mention, None)
        for feature in filed.weights if filed else ():
            self._where[feature].pop(mention, None)
            if not self._where[feature]:
                del self._where[feature]

    def move(self, mention: Hashable, group: Hashable) -> None:
        """File a mention elsewhere, as a person decided."""
        if mention in self._filed:
            self._filed[mention].group = group

    def keep_apart(self, mention: Hashable, group: Hashable) -> None:
        """Remember that people took a mention out of a group: what resembles it is not proposed for that group on its account."""
        self._apart[group].add(mention)

    def propose(self, text: str, *, limit: int = 5) -> list[Proposal]:
        """Return the nearest groups, each once, best first."""
        ranked = self.nearest(text, limit=_COMPARED)
        found: dict[Hashable, Proposal] = {}
        for mention, likeness, shared in ranked:
            group = self._filed[mention].group
            if group not in found and len(found) < limit:
                found[group] = Proposal(group, likelihood(likeness), shared)
        return list(found.values())

    def nearest(self, text: str, *, limit: int = 5) -> list[tuple[Hashable, float, tuple[str, ...]]]:
        """Return the nearest mentions with their likeness (cosine, 0 to 1) and the words they share, nearest first."""
        weights = self._weighed(features(text))
        size = _length(weights.values())
        if not size:
            return []
        scored = []
        for mention in self._candidates(weights):
            other = self._weighed(self._filed[mention].weights)
            shared = [feature for feature in weights if feature in other]
            dot = sum(weights[feature] * other[feature] for feature in shared)
            if dot > 0:
                scored.append((dot / (size * _length(other.values())), mention, shared))
        scored.sort(key=lambda each: (-each[0], str(each[1])))
        return [(mention, likeness, self._words(weights, shared)) for likeness, mention, shared in scored[:limit]]

    def _candidates(self, weights: dict[str, float]) -> list[Hashable]:
        """Return the mentions that share the rarest features, without walking through what nearly everybody says."""
        score: dict[Hashable, float] = defaultdict(float)
        looked_at = 0
        for feature in sorted(weights, key=lambda one: (-weights[one], one)):
            holders = self._where.get(feature, {})
            if looked_at and looked_at + len(holders) > _LOOKED_AT:
                break
            looked_at += len(holders)
            for mention in holders:
                score[mention] += weights[feature] ** 2
        best = sorted(score, key=lambda one: (-score[one], str(one)))
        return best[: _COMPARED * 3]

    def _weighed(self, weights: dict[str, float]) -> dict[str, float]:
        total = len(self._filed) + 50
        return {
            feature: w * math.log(total / (len(self._where.get(feature, ())) + 1)) for feature, w in weights.items()
        }

    @staticmethod
    def _words(weights: dict[str, float], shared: list[str]) -> tuple[str, ...]:
        plain = [feature for feature in shared if not feature.startswith("~") and " " not in feature]
        return tuple(sorted(plain, key=lambda one: (-weights[one], one))[:4])


def likelihood(likeness: float) -> float:
    """Turn a likeness into the likelihood of one need, by a curve fitted on mentions that people had grouped."""
    return 1 / (1 + math.exp(-_SLOPE * (likeness - _MIDDLE)))


def _length(weights: Iterable[float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights))
