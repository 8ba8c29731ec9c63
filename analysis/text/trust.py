"""How sure to be of a label: what tells, in any field, how far from home the words are and how well the scorers agree."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from analysis.text.evidence import NAMES as _OF_EVIDENCE

NAMES = (
    "negative",  # the label: outside service, what sounds negative is neutral more often
    "known",  # the share of a text's n-grams that were seen in training
    "known_odds",  # the chance counts as far as the words are known
    "neither",
    "against",  # the opinion words speak against the label
    "learned",  # how far the n-grams lean to the label's side
    "opinions",  # how far the opinion words do
    "leaning",  # how far the n-grams lean although the label is neutral
    "subjectivity",
    "question",
    "second_person",
)
_NEITHER, _BALANCE, _SUBJECTIVITY, _QUESTION, _SECOND_PERSON = map(
    _OF_EVIDENCE.index, ("neither", "ours_balance", "subjectivity", "question", "second_person")
)
_SUREST = 1 - 1e-6


def signs(
    evidence: Sequence[float], learned: Sequence[float], known: float, chances: Sequence[float]
) -> tuple[float, ...]:
    """Return the numbers of `NAMES` for a text.

    Args: its numbers of evidence, its three n-gram scores, the share of its n-grams that are known (0 to 1), and the
    chances of negative, neutral and positive.
    """
    chance = max(chances)
    side = chances.index(chance) - 1
    chance = min(chance, _SUREST)
    lean, balance = learned[2] - learned[0], evidence[_BALANCE]
    return (
        1.0 if side < 0 else 0.0,
        known,
        known * log(chance / (1 - chance)),
        evidence[_NEITHER],
        1.0 if balance * side < 0 else 0.0,
        lean * side,
        balance * side,
        0.0 if side else abs(lean),
        evidence[_SUBJECTIVITY],
        evidence[_QUESTION],
        evidence[_SECOND_PERSON],
    )
