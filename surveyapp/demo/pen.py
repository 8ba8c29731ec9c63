"""From what somebody means to say to the text as typed, and where in it each sentence stands."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import NamedTuple

from surveyapp.demo.comments import Kind, Part
from surveyapp.demo.voices import Voice, lower_first, say


class Span(NamedTuple):
    """A stretch of a text, in code points, with its kind and need."""

    start: int
    end: int
    kind: Kind
    need: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text and its sentences."""

    text: str
    spans: list[Span]


def write(parts: list[Part], voice: Voice, rng: random.Random) -> Draft:
    """Write the sentences down one after another, run together or on lines of their own."""
    glue = _glue(parts, voice, rng)
    text = ""
    spans: list[Span] = []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        said = say(voice, part.text, part.kind, rng, last=last)
        if glue not in (" ", "\n\n") and not last:
            said = said.rstrip(".,!")
        if number and glue[0] in ", " and len(glue) > 1 and voice.case == "sentence":
            said = lower_first(said)
        if number or glue.startswith("\n-") or "{n}" in glue:
            text = (text + _joint(glue, number, rng)).lstrip()
        spans.append(Span(len(text), len(text) + len(said), part.kind, part.need))
        text += said
    return Draft(text, spans)


def _glue(parts: list[Part], voice: Voice, rng: random.Random) -> str:
    wishes = sum(part.kind == "suggestion" for part in parts)
    if wishes >= 3 and rng.random() < 0.6:
        return rng.choice(("\n", "\n- ", "\n{n}. ", ", "))
    if len(parts) > 1 and rng.random() < voice.run_on:
        return rng.choice((" and ", ", ", " ", "... ", " - "))
    return "\n\n" if len(parts) >= 5 and rng.random() < 0.15 else " "


def _joint(glue: str, number: int, rng: random.Random) -> str:
    if glue == " and " and rng.random() < 0.4:
        return rng.choice((", ", " also ", " plus ", " "))
    return glue.replace("{n}", str(number + 1))
