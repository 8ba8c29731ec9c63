"""What a customer's erasure leaves of a follow-up: that there was one, how it ended and what it cost. No word, no way back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.db import now
from surveyapp.models import FollowUp, Response


def forget(session: Session, response: Response) -> None:
    """Take every word of a response's follow-up, and close it; the named person is told of an urgent one by the clock."""
    wanted = select(FollowUp).where(FollowUp.response_id == response.id).with_for_update(key_share=True)
    follow_up = session.scalars(wanted.execution_options(populate_existing=True)).first()
    if follow_up is None:
        return
    for attempt in follow_up.attempts:
        attempt.note = ""
    follow_up.response_id, follow_up.channel, follow_up.erased_at = None, "", now()
    follow_up.closing = follow_up.acknowledgement = ""
    if follow_up.released_at is not None:  # nobody waits for it any more
        follow_up.erasure_told_at = now()
    if follow_up.state == "open":
        follow_up.state, follow_up.outcome, follow_up.closed_at = "closed", "erased", now()
    record(session, None, "erase", follow_up)
    session.flush()
