"""Staff praised by name, for the recognition page; a lead confirms each before anybody is told."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from analysis.finding import NamedPerson, Sentence
from analysis.text import names, naming
from analysis.text.names import Name

_TOGETHER = re.compile(
    r"(?:,? (?:and|&|\+|n|as well as) |, ?| ?& ?)(?:also |especially )?(?:the |our )?(?:(?:" + names.TITLES + r")\.? )?"
)
_SURE, _LIKELY, _PERHAPS = 0.9, 0.75, 0.55


def find(text: str, sentences: Sequence[Sentence]) -> list[NamedPerson]:
    """Return who is praised by name; each name once, with its first place in the text.

    A name counts where it is thanked, or where its own clause says something good of it and nothing bad; the sentence's
    sentiment only decides where the words leave it open.
    """
    found: dict[str, NamedPerson] = {}
    there = names.find(text)
    starts = [name.start for name in there]
    for sentence in sentences:
        inside = there[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        for name, confidence in _praised(text, sentence, inside):
            found.setdefault(name.text.casefold(), NamedPerson(name.text, name.start, name.end, confidence))
    return sorted(found.values(), key=lambda each: each.start)


def _praised(text: str, sentence: Sentence, inside: Sequence[Name]) -> Iterator[tuple[Name, float]]:
    found = list(inside)
    if naming.THANKS.search(text, sentence.start, sentence.end):
        found += names.find_small(text, sentence.start, sentence.end)
    rows = _rows(text, sorted(found, key=lambda name: name.start))
    for row in rows:
        confidence = _confidence(text, sentence, row)
        if confidence:
            yield from ((name, confidence) for name in row)


def _rows(text: str, found: Sequence[Name]) -> list[list[Name]]:
    """Put names together that stand in one row: "Dave, Priya and Tom"."""
    rows: list[list[Name]] = []
    for name in found:
        if rows and _TOGETHER.fullmatch(text[rows[-1][-1].end : name.start]):
            rows[-1].append(name)
        else:
            rows.append([name])
    return rows


def _confidence(text: str, sentence: Sentence, row: Sequence[Name]) -> float:
    """Return how sure it is that a row of names is praised, 0 if it is not."""
    first, last = row[0], row[-1]
    before = naming.without_title(text[max(sentence.start, first.start - 100) : first.start])
    after = text[last.end : min(sentence.end, last.end + 140)]
    said = naming.OUTSIDE.split(after, maxsplit=1)[0]
    if not first.title and naming.OF_A_THING.search(before) and (naming.ARTICLE.search(before) or not first.known):
        return 0.0
    sure = any((name.known and not name.doubtful) or name.title for name in row) or _is_placed(first, before, after)
    confidence = 0.0
    if (sure or names.could_be(first)) and naming.THANKED.search(before) and not naming.NO_THANKS.search(before):
        confidence = _SURE if sure else _PERHAPS
    elif sure and sentence.kind != "suggestion":
        if naming.SAID_OF.match(said) and naming.GOOD.search(said):
            confidence = _SURE
        elif naming.DID_WELL.match(said) and not _is_unhappy(sentence):
            confidence = _LIKELY
    return 0.0 if confidence and _is_blamed(said, before) else confidence


def _is_blamed(said: str, before: str) -> bool:
    return bool(naming.BAD.search(said) or naming.NOT_GOOD.search(said) or naming.BLAMED_BEFORE.search(before))


def _is_placed(name: Name, before: str, after: str) -> bool:
    """Say whether a role or a place of work shows that a capitalised word is somebody's name."""
    if naming.ROLE_BEFORE.search(before) or naming.NAMED_BEFORE.search(before):
        return True
    return names.could_be(name) and bool(naming.ROLE_AFTER.match(after))


def _is_unhappy(sentence: Sentence) -> bool:
    return sentence.kind == "complaint" or (sentence.sentiment is not None and sentence.sentiment.label == "negative")
