"""Which improvements a search finds: by their titles, and, for leads, by what customers wrote in comments of their branches."""

from __future__ import annotations

from sqlalchemy import Integer, Select, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from surveyapp import searching
from surveyapp.accounts.scope import Scope
from surveyapp.backlog.families import roots
from surveyapp.models import Mention, Person

NEWEST = 1_000
"""How many comments with the words are looked at, the newest first: enough to find what is asked for now, in bounded time."""


MOST = 1_000
"""How many improvements one search finds at most, the best matches."""


def best(scope: Scope, session: Session, person: Person, query: searching.Query) -> list[int]:
    """Return the improvements whose family matches: those found by a title first, then those with the most mentions that match.

    Others than leads see comments with personal data covered, so the words of comments find nothing for them.
    """
    titles = searching.title_ids(session, query).subquery("titles")
    found: list[Select[int, int, int]] = [
        select(titles.c.id.label("id"), literal(1).label("titled"), literal(0).label("hits"))
    ]
    if person.duties & {"lead", "administrator"}:
        found.append(_quoted(scope, session, query))
    each = union_all(*found).subquery("found")
    up = roots()
    root_id = cast(func.coalesce(up.c.root_id, each.c.id), Integer).label("root_id")
    families = select(root_id).select_from(each).outerjoin(up, up.c.id == each.c.id).group_by(root_id)
    families = families.order_by(func.max(each.c.titled).desc(), func.sum(each.c.hits).desc(), root_id)
    return list(session.scalars(families.limit(MOST)))


def _quoted(scope: Scope, session: Session, query: searching.Query) -> Select[int, int, int]:
    ids = searching.comment_ids(session, query, most=NEWEST).subquery("newest")
    filed = select(Mention.improvement_id, literal(0), func.count()).join(ids, ids.c.id == Mention.comment_id)
    filed = filed.where(Mention.state == "filed", Mention.service_id.in_(scope.services()))
    return filed.group_by(Mention.improvement_id)
