"""What the story's lead finds in the inbox this morning: three weeks to sort, a group to accept as a whole, a start made."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.backlog import leaving, mentions, merging
from surveyapp.db import now
from surveyapp.demo.deeds import Needs
from surveyapp.demo.house import House
from surveyapp.models import Comment, Improvement, InboxVisit, Mention, Organisation, Response

DAYS = 21
"""How far back the inbox goes; what is older is history."""
SORTED_TODAY = 23
MERGED = 4
"""Of how many needs the lead has merged what the machine kept apart."""


def leave(session: Session, needs: Needs, found: dict[str, Improvement], house: House, today: date) -> None:
    """Leave the inbox as a lead finds it in the morning. `found` are the improvements of the story by the need's key."""
    start = today - timedelta(days=DAYS)
    session.execute(update(Mention).where(Mention.by.is_not(None)).values(sorted_at=now() - timedelta(days=8)))
    came = select(Response.received_at).join(Comment).where(Comment.id == Mention.comment_id).scalar_subquery()
    session.execute(update(Mention).where(Mention.by.is_(None), Mention.day >= start).values(filed_at=came))
    session.scalars(select(Organisation)).one().sort_from = start
    recent = select(Mention).where(Mention.by.is_(None), Mention.state == "filed", Mention.day >= start)
    waiting = list(session.scalars(recent.order_by(Mention.id)))
    _gather(session, waiting, needs, found, by=house.lead.id)
    settled = [mention for mention in waiting if mention.improvement in found.values()][-SORTED_TODAY:]
    mentions.accept(session, settled, by=house.lead.id)
    evening = datetime.combine(today - timedelta(days=3), time(16, 40), UTC)
    session.add(InboxVisit(person_id=house.lead.id, seen_at=evening))
    away, back = today - timedelta(days=2), today + timedelta(days=5)
    leaving.take(session, house.owners["Swimming"], house.lead, away, back, today=today)


def _gather(session: Session, waiting: list[Mention], needs: Needs, found: dict[str, Improvement], *, by: int) -> None:
    """Merge what the machine kept apart of the needs voiced most: the comments of each wait as one group from then on."""
    voiced = Counter(needs[mention.id] for mention in waiting if needs.get(mention.id) in found)
    ranked = [
        need for need, _n in voiced.most_common() if found[need].merged_into_id is None and found[need].state == "open"
    ]
    for need in ranked[:MERGED]:
        apart = {mention.improvement for mention in waiting if needs.get(mention.id) == need}
        for improvement in sorted(apart - set(found.values()), key=lambda each: each.id):
            if improvement.merged_into_id is None:
                merging.merge(session, improvement, found[need], by=by)
