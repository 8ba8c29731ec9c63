"""What somebody typed, as a search: every word must be there, each in any of its forms."""

from __future__ import annotations

from sqlalchemy.orm import Session

from analysis.text.stems import stem
from surveyapp.searching import vocabulary
from surveyapp.searching.query import Query
from surveyapp.searching.words import DULL, words

MOST = 8
"""How many words of a search count; the rest is left out."""
BEGINS = 4
"""A word of so many letters also finds words that begin like it."""


def parse(session: Session, typed: str, *, near: bool = False) -> Query | None:
    """Turn what was typed into a search, None where no word is in it; `near` also takes words that are spelt like it."""
    asked = list(dict.fromkeys(words(typed)))
    telling = [word for word in asked if word not in DULL] or asked
    if not telling:
        return None
    known = vocabulary.of(session)
    groups = []
    for word in telling[:MOST]:
        group = {*known.forms(word), stem(word)} | ({f"{word}*"} if len(word) >= BEGINS else set())
        for other in known.near(word) if near else ():
            group |= known.forms(other)
        groups.append(tuple(sorted(group)))
    return Query(tuple(groups))
