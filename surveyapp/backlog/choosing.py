"""Which improvement could these words belong to? What the machine thought of when it filed them, or what a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import listing
from surveyapp.backlog.mentions import family, root_of
from surveyapp.models import Improvement, Mention, Person

MOST = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """An improvement to choose, the words that it shares with the mentions at hand, and how likely (0 to 1) it is the same need."""

    improvement: Improvement
    because: tuple[str, ...] = ()
    likelihood: float = 0.0


def candidates(
    scope: Scope,
    session: Session,
    person: Person,
    improvement: Improvement,
    *,
    words: str,
    mention_ids: Sequence[int] = (),
) -> list[Candidate]:
    """Return up to a dozen improvements, likeliest first, without the one at hand; `words` searches instead."""
    if words.strip():
        filters = replace(listing.Filters(), state="all", words=words, sort="match")
        found = listing.listed(scope, session, person, filters)
        return [Candidate(row.improvement) for row in found.rows if row.improvement.id != improvement.id][:MOST]
    return _proposed(scope, session, person, improvement, mention_ids)


def _proposed(
    scope: Scope, session: Session, person: Person, improvement: Improvement, mention_ids: Sequence[int]
) -> list[Candidate]:
    wanted = select(Mention).where(Mention.improvement_id.in_(family(session, improvement.id)))
    if mention_ids:
        wanted = wanted.where(Mention.id.in_(mention_ids))
    best: dict[int, tuple[float, tuple[str, ...]]] = {}
    for mention in session.scalars(wanted.order_by(Mention.id.desc()).limit(200)):
        for each in mention.proposals:
            score = float(each["similarity"])
            if score > best.get(each["improvement"], (0.0, ()))[0]:
                best[each["improvement"]] = (score, tuple(each["because"]))
    seen = select(Improvement).where(Improvement.id.in_(best), listing.seen_by(scope, session, person))
    found: dict[int, Candidate] = {}
    for known in sorted(session.scalars(seen), key=lambda one: (-best[one.id][0], one.id)):
        root = root_of(known)
        if root.id != improvement.id and root.id not in found:
            found[root.id] = Candidate(root, best[known.id][1], best[known.id][0])
    return list(found.values())[:MOST]
