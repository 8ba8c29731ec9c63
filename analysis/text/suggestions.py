"""Suggestions taken out of a comment: the customer's own words, with exact offsets, several a comment, none twice."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.finding import Sentence, Suggestion
from analysis.text import asking, shapes
from analysis.text.cues import find_cues

_LONG = 6  # a sentence of fewer words is quoted whole
_TRIM = " \t\r\n,;:-–—"


def extract(comment: str, sentences: Sequence[Sentence], *, count_advice: bool = False) -> list[Suggestion]:
    """Return the suggestions of a comment in their order.

    `count_advice` also takes advice to other customers ("Take earplugs"), as a hotel may want. Offsets are code points
    into `comment`; the text is exactly the comment's between them.
    """
    found: list[Suggestion] = []
    said: set[str] = set()
    for sentence in sentences:
        if sentence.kind != "suggestion" and not (count_advice and advises(sentence.text)):
            continue
        start, end = _narrow(comment, sentence)
        text = comment[start:end]
        key = " ".join(text.lower().strip(" .!").split())
        if key and key not in said:
            said.add(key)
            found.append(Suggestion(text, start, end, sentence.confidence))
    return found


def advises(text: str) -> bool:
    """Tell whether a sentence advises other customers."""
    lowered = shapes.plain(text).strip()
    tokens = asking.tokens(lowered)
    words = [word for word, _, _ in tokens]
    if any(asking.imperative(part.words) for part in asking.clauses(tokens)):
        return True
    return "if_you_are" in find_cues(lowered, words)


def _narrow(comment: str, sentence: Sentence) -> tuple[int, int]:
    """Return the offsets of the clause that asks, or of the whole sentence."""
    return sentence.start, sentence.end
