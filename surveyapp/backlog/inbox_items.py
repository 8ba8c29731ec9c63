"""One mention as the inbox shows it: the quote in its comment, the rating, and why the machine thought of which improvement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import listing
from surveyapp.backlog.mentions import root_of
from surveyapp.listening import masking
from surveyapp.models import Answer, Improvement, Mention, Person, Question

ALTERNATIVES, LEAST = 3, 30
"""How many other improvements are offered, and how alike they must be at least, in per cent."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """An improvement that the machine thought of: how alike in per cent, and the words of this mention that made it think so."""

    improvement: Improvement
    alike: int
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A mention with all that its card shows. `reason` is why it was filed where it is, None where nothing like it was there."""

    mention: Mention
    pieces: list[masking.Piece]
    rated: str
    reason: Alternative | None
    alternatives: list[Alternative]
    new: bool


def items(
    scope: Scope, session: Session, person: Person, mentions: list[Mention], *, since: datetime | None
) -> dict[int, Item]:
    """Return the item of each mention by its id."""
    known = _proposed(scope, session, person, mentions)
    rated = ratings(session, {mention.comment.response_id for mention in mentions})
    return {mention.id: _item(mention, known, rated, since) for mention in mentions}


def ratings(session: Session, response_ids: Iterable[int]) -> dict[int, str]:
    """Say how each of some responses rated the service: "2 of 5, poor"."""
    given = select(Answer).join(Answer.question).where(Answer.response_id.in_(response_ids), Answer.value.is_not(None))
    given = given.where(Question.kind == "rating", Question.purpose == "csat")
    said = {}
    for answer in session.scalars(given.options(joinedload(Answer.question), joinedload(Answer.response))):
        points = answer.question.text("points", answer.response.language, {})
        high = answer.question.settings.get("high", 5)
        said[answer.response_id] = ", ".join(filter(None, [f"{answer.value} of {high}", points.get(str(answer.value))]))
    return said


def own_words(quote: str, stems: Iterable[str]) -> tuple[str, ...]:
    """Return the words of a quote behind the stems that it shares with others, as this customer wrote them and no other did.

    What the machine noted as shared may stem from somebody else's comment, with a name in it, or one that has been erased.
    """
    words = {word.lower(): word for word in reversed(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", quote))}
    found = []
    for stem in stems:
        start = stem[:-1] if len(stem) > 3 else stem
        word = next((word for lower, word in words.items() if start and lower.startswith(start)), None)
        if word and word not in found:
            found.append(word)
    return tuple(found)


def _proposed(scope: Scope, session: Session, person: Person, mentions: list[Mention]) -> dict[int, Improvement]:
    """Return, by the ids in the mentions' proposals, the improvements that speak for them, as far as this person sees them."""
    ids = {each["improvement"] for mention in mentions for each in mention.proposals}
    there = session.scalars(
        select(Improvement).where(Improvement.id.in_(ids)).options(joinedload(Improvement.merged_into))
    )
    roots = {each.id: root_of(each) for each in there}
    wanted = {root.id for root in roots.values()}
    seen = set(
        session.scalars(
            select(Improvement.id).where(Improvement.id.in_(wanted), listing.seen_by(scope, session, person))
        )
    )
    return {each: root for each, root in roots.items() if root.id in seen}


def _item(mention: Mention, known: dict[int, Improvement], rated: dict[int, str], since: datetime | None) -> Item:
    home = root_of(mention.improvement)
    reason, others = None, {}
    for each in sorted(mention.proposals, key=lambda proposal: -float(proposal["similarity"])):
        root = known.get(each["improvement"])
        if root is None or root.id in others:
            continue
        found = Alternative(root, round(100 * float(each["similarity"])), own_words(mention.quote, each["because"]))
        if root.id == home.id:
            reason = reason or found
        elif found.alike >= LEAST:
            others[root.id] = found
    return Item(
        mention, masking.pieces(mention.comment.text, [(mention.start, mention.end)]),
        rated.get(mention.comment.response_id, ""), reason, list(others.values())[:ALTERNATIVES],
        since is not None and mention.filed_at > since,
    )  # fmt: skip
