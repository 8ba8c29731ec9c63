"""Requests without a polite word: "Listen to us", "don't shout", "more chairs", "staff to call back". Found by place and form.

A clause that begins with a verb in its base form asks for something. Verbs that are nouns as often ("care", "help", "book")
count only when what follows shows an object. No tagger is needed: the lists are closed and the place decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.text import lexical_classes as lex

VERBS = lex.CLEAR_VERBS - lex.NOUN_OR_VERB
_TOKEN = re.compile(r"[a-z]+(?:[-'][a-z]+)*|\d+|[.,;:!?()&]| - ")
_BREAKS = frozenset(".,;:!?()-")
_JOINERS = frozenset({"and", "but", "so", "or", "then", "&"})
_NEGATIVE_STARTS = frozenset({"don't", "dont", "never", "not"})
_BE = frozenset({"was", "is", "were", "are"})
_AFTER_PERFECT = frozenset(
    {"had", "been", "not", "never", "always", "no", "i", "we", "you", "to", "got", "found", "felt", "only"}
)
_OBJECTS = lex.AFTER_VERB - frozenset({"of", "at", "for", "with", "in", "by", "on", "from", "to", "and", "when", "if"})
_DONE_BY_SOMEONE = VERBS | lex.NOUN_OR_VERB | frozenset({"be", "not", "actually", "also"})
_NOT_SOMEONE = (
    lex.GOOD
    | lex.BAD
    | frozenset(
        [
            "able",
            "ready",
            "time",
            "chance",
            "chances",
            "opportunity",
            "opportunities",
            "way",
            "ways",
            "right",
            "ability",
            "how",
            "what",
            "where",
            "when",
            "lot",
            "lots",
            "something",
            "someone",
            "somebody",
            "anyone",
            "things",
            "plenty",
            "enough",
            "willing",
            "unable",
            "need",
            "needs",
            "want",
            "access",
            "thanks",
            "up",
            "due",
            "according",
            "going",
            "quick",
            "first",
            "only",
            "person",
            "people",
            "advice",
            "place",
            "places",
            "freedom",
            "reason",
            "desire",
            "attempt",
            "attempts",
            "try",
            "tries",
            "seems",
            "nothing",
            "anything",
            "everything",
        ]
    )
)
_NOT_COMPARED = {("so",), ("than",), ("or",), ("importantly",), ("often",)}
_MAX_CLAUSES = 40


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence without a break inside: its words, where they stand, and whether only a joining word opens it."""

    words: tuple[str, ...]
    start: int
    end: int
    joined: bool


def tokens(lowered: str) -> list[tuple[str, int, int]]:
    """Return the words and breaks of a lower-case text with their offsets."""
    return [(m.group().strip(), m.start(), m.end()) for m in _TOKEN.finditer(lowered)]


def clauses(found: list[tuple[str, int, int]]) -> Iterator[Clause]:
    """Split tokens at punctuation and joining words, at most 40 clauses, left to right."""
    begun, joined, count = 0, False, 0
    for place, (word, _, _) in enumerate([*found, (".", 0, 0)]):
        breaks, joins = word in _BREAKS, word in _JOINERS
        if not (breaks or joins):
            continue
        if place > begun:
            words = tuple(word for word, _, _ in found[begun:place])
            yield Clause(words, found[begun][1], found[place - 1][2], joined)
            count += 1
            if count >= _MAX_CLAUSES:
                return
        begun, joined = place + 1, joins


def imperative(words: tuple[str, ...]) -> str | None:
    """Return the verb if the clause opens with a request ("please add a ramp", "don't shout"), else None."""
    place = 0
    while place < min(len(words), 4) and words[place] in lex.LEAD_INS:
        place += 1
    polite = "please" in words[:place]
    rest = words[place:]
    if rest[:2] == ("do", "not"):
        rest = rest[2:]
    elif rest and rest[0] in _NEGATIVE_STARTS:
        rest = rest[1:]
    return rest[0] if rest and _opens_with_verb(rest, polite=polite) else None


def _opens_with_verb(rest: tuple[str, ...], *, polite: bool) -> bool:
    """Tell whether the first word is a verb in its base form, by what follows if it may be a noun."""
    first, second = rest[0], rest[1] if len(rest) > 1 else ""
    if first == "have":
        return second not in _AFTER_PERFECT and not second.endswith("ed")
    if first == "do":
        return second not in lex.SUBJECTS
    if first in VERBS:
        return second not in _BE
    if first in lex.NOUN_OR_VERB:
        return second not in _BE and (polite or second in lex.DETERMINERS or second in _OBJECTS)
    return False


def comparative_start(words: tuple[str, ...]) -> str | None:
    """Return the word of more or less that opens the clause ("much shorter queues", "a bit more time"), else None."""
    for place, word in enumerate(words[:4]):
        if word in lex.COMPARATIVES:
            alone = place + 1 == len(words) and word in {"more", "less"}
            return None if alone or words[place + 1 : place + 2] in _NOT_COMPARED else word
        if word not in lex.DEGREE and word not in lex.LEAD_INS:
            return None
    return None


def someone_to(words: tuple[str, ...]) -> str | None:
    """Return the words if the clause says who should do what without a verb in between ("staff to call back"), else None."""
    for place, word in enumerate(words[1:6], start=1):
        if word == "to":
            follows = words[place + 1] if place + 1 < len(words) else ""
            return (
                " ".join(words[: place + 2])
                if follows in _DONE_BY_SOMEONE and words[place - 1] not in _NOT_SOMEONE
                else None
            )
        if word in lex.FINITE or word in lex.PAST or word in lex.SUBJECTS or word.endswith(("ing", "ed")):
            return None
    return None
