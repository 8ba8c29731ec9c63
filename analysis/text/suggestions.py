"""Suggestions taken out of a comment: the customer's own words, with exact offsets, several a comment, none twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.finding import Sentence, Suggestion
from analysis.text import asking, cues, shapes
from analysis.text import lexical_classes as lex
from analysis.text.advice import advises

_ADVICE_CONFIDENCE = (
    0.8  # a rule found it, so there is no probability; on hotel reviews it was right more often than this
)
_FEW_WORDS = 6  # a sentence of so few words is quoted whole
_MAX_LETTERS = 800
_EDGES = ' \t\r\n\f\v\xa0.,;:-–—"“”'
_TURNS = re.compile(r";|[.!?] | [-–—] |\b(?:but|however|although|though|apart from that|otherwise)\b,?")
_COMMAS = re.compile(r",(?: (?:and|so|then))?|\band(?= (?:please|maybe|perhaps|i would|it would|could|can)\b)|:")
_CONDITIONS = (
    "if ",
    "when ",
    "as ",
    "because ",
    "since ",
    "after ",
    "before ",
    "once ",
    "to ",
    "for ",
    "in ",
    "at ",
    "while ",
    "instead",
)
_JOINING = re.compile(r"(?:(?:and|but|so|also|then|or)\b[ ,]*)+")


def extract(comment: str, sentences: Sequence[Sentence], *, count_advice: bool = False) -> list[Suggestion]:
    """Return the suggestions of a comment in their order.

    `count_advice` also takes advice to other customers ("Take earplugs"), as a hotel may want. Offsets are code points
    into `comment`, and each text is exactly the comment's between them.
    """
    found: list[Suggestion] = []
    said: set[str] = set()
    for sentence in sentences:
        asks = sentence.kind == "suggestion"
        if not asks and not (count_advice and advises(sentence.text)):
            continue
        start, end = _asking_part(sentence.text)
        start, end = _trimmed(comment, sentence.start + start, sentence.start + end)
        words = " ".join(re.findall(r"\w+", comment[start:end].lower()))
        if words and words not in said:
            said.add(words)
            sure = sentence.confidence if asks else _ADVICE_CONFIDENCE
            found.append(Suggestion(comment[start:end], start, end, sure))
    return found


def _asking_part(text: str) -> tuple[int, int]:
    """Return where the clauses that ask begin and end in a sentence: all of it when it is short or nothing else is there."""
    lowered = shapes.plain(text)
    if len(lowered) > _MAX_LETTERS:
        return 0, len(text)
    tokens = asking.tokens(lowered)
    words = [token[0] for token in tokens if token[0][0].isalpha()]
    asks = _asking_places(lowered, tokens, words) if len(words) > _FEW_WORDS else []
    if not asks:
        return 0, len(text)
    start, end = 0, len(text)
    for turn in _TURNS.finditer(lowered):
        if turn.end() <= asks[0][0]:
            start = turn.end()
        elif turn.start() >= asks[-1][1]:
            end = turn.start()
            break
    return _after_comma(lowered, start, asks[0][0]), end


def _asking_places(lowered: str, tokens: list[tuple[str, int, int]], words: list[str]) -> list[tuple[int, int]]:
    """Return where turns of phrase that ask and clauses that begin with a request stand, in order."""
    kinds = {cue.name: cue.kind for cue in cues.cues()}
    matches = cues.find_fixed(lowered, words) | cues.find(lowered, words)
    places = [match.span() for name, match in matches.items() if kinds[name] == "suggestion"]
    for part in asking.clauses(tokens):
        if asking.imperative(part.words) or (not part.joined and asking.comparative_start(part.words)):
            places.append((part.start, part.end))
    return sorted(places)


def _after_comma(lowered: str, start: int, asked: int) -> int:
    """Return where the request begins when a clause with a verb of its own stands before a comma, else `start`."""
    for comma in reversed(list(_COMMAS.finditer(lowered, start, asked + 1))):
        before = lowered[start : comma.start()].split()
        own_clause = any(word in lex.FINITE for word in before) and len(before) > 2
        if own_clause and not lowered[start:].lstrip().startswith(_CONDITIONS):
            return comma.end()
    return start


def _trimmed(comment: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without spaces, stops and joining words at the edges."""
    while start < end and comment[start] in _EDGES:
        start += 1
    joining = _JOINING.match(comment[start:end].lower())
    if joining and joining.end() < end - start and len(comment[start:end].lower()) == end - start:
        start += joining.end()
    while end > start and comment[end - 1] in _EDGES:
        end -= 1
    return start, end
