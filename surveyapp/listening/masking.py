"""Showing a comment: some words marked, and personal data covered for whoever has no need to see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from surveyapp.models import Finding, Person


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a comment to show: its text, whether it is marked, and why it is covered (None: it is not)."""

    text: str
    marked: bool = False
    covered: str | None = None


Span = tuple[int, int]


def hidden_from(person: Person, finding: Finding | None) -> list[tuple[int, int, str]]:
    """Return what of a comment is covered for a person: nothing for leads and administrators, personal data for others."""
    if finding is None or person.duties & {"lead", "administrator"}:
        return []
    return hidden(finding.body)


def hidden(body: dict[str, Any]) -> list[tuple[int, int, str]]:
    """Return the personal data of a finding, as it is covered for everybody but the service's leads."""
    return [(each["start"], each["end"], each["type"]) for each in body.get("personal", ())]


def pieces(text: str, marks: Iterable[Span] = (), covered: Iterable[tuple[int, int, str]] = ()) -> list[Piece]:
    """Cut a text into pieces, in order, whose texts (save the covered ones) add up to it."""
    marks, covered = list(marks), list(covered)
    cuts = {0, len(text)}
    for start, end in [*marks, *((start, end) for start, end, _kind in covered)]:
        cuts |= {min(max(start, 0), len(text)), min(max(end, 0), len(text))}
    found: list[Piece] = []
    places = sorted(cuts)
    for start, end in pairwise(places):
        kind = next((kind for s, e, kind in covered if s <= start and end <= e), None)
        marked = any(s <= start and end <= e for s, e in marks)
        if kind and found and found[-1].covered == kind and found[-1].marked == marked:
            continue
        found.append(Piece(f"[{kind}]" if kind else text[start:end], marked, kind))
    return found


def covered(text: str, finding: Finding | None, start: int = 0, end: int | None = None) -> str | None:
    """Return a stretch of a comment as plain text, personal data covered; None before anybody has looked for such data."""
    if finding is None:
        return None
    end = len(text) if end is None else end
    kept = [
        (max(s, start) - start, min(e, end) - start, kind)
        for s, e, kind in hidden(finding.body)
        if s < end and e > start
    ]
    return "".join(piece.text for piece in pieces(text[start:end], covered=kept))
