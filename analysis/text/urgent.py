"""Sentences that somebody should read today. Tuned to miss little: a lead looks at each, and a false alarm costs a minute."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from analysis.finding import Sentence, UrgentSign
from analysis.text import alarm
from analysis.text.roots import root, words

_HARMLESS = "harmless"
_NEAR, _NEXT, _NEGATED = 12, 4, 4  # words within which classes meet, follow each other, and are negated
_PLEASED = 0.6  # of 475 urgent sentences written by hand 6 read so well, of ordinary ones with a sign one in six
_TOLD = 7  # words in which something can be told; a shorter sentence needs a rule
_ONE_SIGN, _MORE_SIGNS = 0.6, 0.85
_NEGATIONS = frozenset(
    root(word)
    for word in [
        "no",
        "not",
        "never",
        "nobody",
        "none",
        "without",
        "nothing",
        "neither",
        "hardly",
        "zero",
        "don't",
        "didn't",
        "doesn't",
        "isn't",
        "wasn't",
        "aren't",
        "weren't",
        "can't",
        "won't",
        "couldn't",
        "wouldn't",
    ]
)
_Places = Mapping[str, Sequence[int]]
_Phrase = tuple[str, ...]
_Entry = tuple[list[str], tuple[str, ...]]


@dataclass(frozen=True)
class Rule:
    """A type of urgent sentence and the classes of words that make it: all near each other, or each following the other."""

    type: str
    classes: tuple[str, ...]
    in_order: bool = False
    unless_negated: bool = False

    @cached_property
    def needs(self) -> frozenset[str]:
        """Return the classes without their order."""
        return frozenset(self.classes)


@dataclass(frozen=True)
class Signs:
    """All rules, and the phrases of each class by their first root, longest first."""

    rules: tuple[Rule, ...]
    phrases: Mapping[str, tuple[_Entry, ...]]


def find(text: str, sentences: Sequence[Sentence]) -> list[UrgentSign]:
    """Return the urgent sentences of a comment with the type of each; a sentence may have several. No sentences: the text is one."""
    found = []
    for start, end, pleased in [_place(each) for each in sentences] or [(0, len(text), False)]:
        seen = _signs_in(text[start:end])
        found += [
            UrgentSign(start, end, kind, _ONE_SIGN if count == 1 else _MORE_SIGNS)
            for kind, count in sorted(seen.items())
            if not pleased or kind == alarm.GRAVEST  # thanks to somebody do not make it less urgent
        ]
    return found


def _signs_in(text: str) -> dict[str, int]:
    """Return how many signs of each type a sentence gives: rules, where its words do not speak against them, else its words."""
    reduced = [root(word) for word in words(text)]
    learned, signs = alarm.alarm(), alarm.signs(reduced)
    total = learned.sum(signs)
    seen: dict[str, int] = {}
    if total > learned.perhaps:
        for rule in _met(reduced):
            seen[rule.type] = seen.get(rule.type, 0) + 1
    told = learned.alone(signs) if not seen and len(reduced) >= _TOLD else None
    return {told: 1} if told else seen


def rules_met(text: str) -> bool:
    """Say whether a sentence meets a rule, whatever its words sound like."""
    return any(True for _ in _met([root(word) for word in words(text)]))


def _place(sentence: Sentence) -> tuple[int, int, bool]:
    """Return where a sentence stands and whether it is surely pleased: praise names harm that was averted or put right."""
    felt = sentence.sentiment
    return sentence.start, sentence.end, felt is not None and felt.score > _PLEASED


def _met(reduced: list[str]) -> Iterator[Rule]:
    """Yield the rules that a sentence, given as roots, meets."""
    places = _classes(reduced)
    if not places:
        return
    for rule in _signs().rules:
        if rule.needs <= places.keys() and _holds(rule, places, reduced):
            yield rule


def _classes(reduced: list[str]) -> dict[str, list[int]]:
    """Return where each class of words begins; words of a harmless phrase count for nothing, the longest phrase wins."""
    found: dict[str, list[int]] = {}
    phrases, at = _signs().phrases, 0
    while at < len(reduced):
        listed = phrases.get(reduced[at])
        at += 1 if listed is None else _begun(listed, reduced, at, found)
    return found


def _begun(listed: Sequence[_Entry], reduced: list[str], at: int, found: dict[str, list[int]]) -> int:
    """Note the classes of the phrases that begin at a place; return how many words on to look next."""
    following = reduced[at + 1 : at + 2]
    for phrase, names in listed:
        size = len(phrase)
        if size == 1 or (phrase[1:2] == following and (size == 2 or reduced[at : at + size] == phrase)):
            if _HARMLESS in names:
                return size
            for name in names:
                found.setdefault(name, []).append(at)
    return 1


def _holds(rule: Rule, places: _Places, reduced: Sequence[str]) -> bool:
    """Say whether the classes of a rule come close enough to each other."""
    reach = _NEXT if rule.in_order else _NEAR
    for at in places[rule.classes[0]]:
        if rule.unless_negated and not _NEGATIONS.isdisjoint(reduced[max(0, at - _NEGATED) : at]):
            continue
        low = at + 1 if rule.in_order else at - reach
        if all(_within(places[name], low, at + reach, at) for name in rule.classes[1:]):
            return True
    return False


def _within(places: Sequence[int], low: int, high: int, apart_from: int) -> bool:
    """Say whether one of the sorted places lies in a range and is not the place itself."""
    index = bisect_left(places, low)
    if index < len(places) and places[index] == apart_from:
        index += 1
    return index < len(places) and places[index] <= high


@cache
def _signs() -> Signs:
    data = resources.files("analysis.text").joinpath("data", "urgent.en.txt").read_text(encoding="utf-8")
    classes: dict[_Phrase, list[str]] = {}
    rules: list[Rule] = []
    for line in data.splitlines():
        if line.startswith("="):
            name, _, listed = line[1:].partition(":")
            for phrase in {tuple(map(root, words(entry))) for entry in listed.split(",")} - {()}:
                classes.setdefault(phrase, []).append(name.strip())
        elif line.strip() and not line.startswith("#"):
            rules.append(_rule(line))
    by_first: dict[str, list[_Entry]] = {}
    for phrase, names in classes.items():
        by_first.setdefault(phrase[0], []).append((list(phrase), tuple(names)))
    return Signs(tuple(rules), {first: tuple(sorted(some, key=_longest)) for first, some in by_first.items()})


def _longest(entry: _Entry) -> int:
    return -len(entry[0])


def _rule(line: str) -> Rule:
    mark = "?" if "?" in line else ":"
    kind, _, named = line.partition(mark)
    in_order = ">" in named
    parts = named.split(">" if in_order else "+")
    return Rule(kind.strip(), tuple(part.strip() for part in parts), in_order, mark == "?")
