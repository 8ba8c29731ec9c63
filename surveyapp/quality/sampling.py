"""The monthly sample: twenty sentences of the month that has ended, what was filtered out included, each as likely as another."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.db import Database, now
from surveyapp.models import Check, Comment, Finding, Organisation

SIZE = 20
POOL = 400
"""Comments whose sentences are laid out to draw from; drawn at random themselves, so every sentence is as likely as another."""


def run(database: Database, _config: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the sample of the month that has ended, once, as the clock does it; return what the page of jobs shows."""
    with database.write() as session:
        zone = session.scalar(select(Organisation.time_zone))
        if zone is None:
            return {"skipped": "not set up yet"}
        return {"drawn": draw(session, now().astimezone(ZoneInfo(zone)).date())}


def draw(session: Session, today: date, *, size: int = SIZE) -> int:
    """Draw the sample of the month before `today`'s, unless it has been drawn; return how many sentences it has."""
    last = today.replace(day=1) - timedelta(days=1)
    month = last.year * 12 + last.month - 1
    if session.scalar(select(func.count()).select_from(Check).where(Check.month == month)):
        return 0
    chance = random.Random(month)  # noqa: S311 - a sample, not a secret
    pool = list(_sentences(session, _pool(session, last.replace(day=1), last, chance)))
    chosen = chance.sample(pool, min(size, len(pool)))
    for place, (finding, start, end, said) in enumerate(chosen):
        row = Check(month=month, place=place, comment_id=finding.comment_id, start=start, end=end, said=said)
        row.analyser = finding.analyser
        session.add(row)
    session.flush()
    return len(chosen)


def _pool(session: Session, first: date, last: date, chance: random.Random) -> Sequence[int]:
    heard = select(Finding.comment_id).join(Finding.comment).where(Comment.day >= first, Comment.day <= last)
    ids = session.scalars(heard.order_by(Finding.comment_id)).all()
    return chance.sample(ids, min(POOL, len(ids)))


def _sentences(session: Session, ids: Sequence[int]) -> Iterator[tuple[Finding, int, int, str]]:
    found = select(Finding, func.length(Comment.text)).join(Finding.comment).where(Finding.comment_id.in_(ids))
    for finding, length in session.execute(found.order_by(Finding.comment_id)):
        if finding.label is None and not finding.body.get("sentences"):
            yield finding, 0, length, "unread"
        for each in finding.body.get("sentences", ()):
            yield finding, each["start"], each["end"], each["kind"]
