"""What speaks for and against in a text, as numbers: opinion words, their places, turns of phrase, marks of emphasis."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.text import blob
from analysis.text.opinions import Hit, Opinions, opinions
from analysis.text.turns import TURNS, WORDS, turns_in

_SUMS = (
    "good", "bad", "most_good", "most_bad", "last", "first", "before", "after", "any_good", "any_bad", "turned", "wished",
    "balance", "sign",
)  # fmt: skip
_GENERAL = (
    "blob", "blob_good", "blob_bad", "subjectivity",
    "both", "neither", "contrast", "aside", "short", "very_short", "long",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    *(f"ours_{name}" for name in _SUMS),
    *(f"borrowed_{name}" for name in _SUMS),
    *_GENERAL,
    *WORDS,
    *TURNS,
    "nothing_to_improve",
)


def evidence(words: Sequence[str], asked: str | None = None) -> tuple[list[float], Opinions]:
    """Return the numbers of `NAMES` for a text's tokens and its question's purpose, and the opinions they rest on.

    All that the purpose says is what "nothing" means. How answers to a question mostly sound is left out on purpose: in the sets
    that train, one was "What was good?", and what is learned there makes every tale of an experience a happy one.
    """
    tokens = list(words)
    found = opinions(tokens)
    values = [*_sums(found.ours, found.contrast), *_sums(found.borrowed, found.contrast)]
    values += _general(tokens, found)
    joined = f" {' '.join(tokens)} "
    distinct = set(tokens)
    values += [0.0 if one.isdisjoint(distinct) else 1.0 for one in WORDS.values()]
    turns = turns_in(joined, distinct)
    if not (found.ours or found.borrowed or any(map(str.isalpha, joined))):
        turns["no_answer"] = 1.0  # marks and numbers alone
    values += turns.values()
    values.append(turns["nothing"] * (asked == "suggestion"))
    return values, found


def _sums(hits: Sequence[Hit], contrast: int) -> tuple[float, ...]:
    """Return the sums of one list's hits, in the order of `_SUMS`, squeezed so that a long text is no louder than a short one."""
    if not hits:
        return (0.0,) * len(_SUMS)
    values = [hit.value for hit in hits]
    good, bad = sum(value for value in values if value > 0), -sum(value for value in values if value < 0)
    after = sum(hit.value for hit in hits if hit.place > contrast) if contrast >= 0 else 0.0
    before = good - bad - after if contrast >= 0 else 0.0
    balance = (good - bad) / (good + bad + 1.0)
    return (
        _squeeze(good), _squeeze(bad), max(0.0, *values, 0.0) / 3, max(0.0, -min(values)) / 3, values[-1] / 3, values[0] / 3,
        _squeeze(before), _squeeze(after), float(good > 0), float(bad > 0), float(any(hit.turned for hit in hits)),
        float(any(hit.wished for hit in hits)), balance, float(good > bad) - float(bad > good),
    )  # fmt: skip


def _squeeze(value: float) -> float:
    """Return a sum pressed into (-2, 2)."""
    return 2 * value / (abs(value) + 3.0)


def _general(words: list[str], found: Opinions) -> tuple[float, ...]:
    """Return the numbers of `_GENERAL`."""
    polarity, subjectivity = blob.polarity(words)
    values = [hit.value for hit in found.ours] + [hit.value for hit in found.borrowed]
    good, bad = any(value > 0 for value in values), any(value < 0 for value in values)
    bare, length = not good and not bad, len(words)
    numbers = (
        polarity, polarity > 0.1, polarity < -0.05, subjectivity, good and bad, bare,
        found.contrast > 0, found.aside, length <= 8, length <= 3, length > 40,
    )  # fmt: skip
    return tuple(map(float, numbers))
