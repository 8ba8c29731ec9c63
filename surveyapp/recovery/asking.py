"""The one question to a customer who was followed up: are you content with how we dealt with it?"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound
from surveyapp.models import FollowUp, Response


def asked(session: Session, response: Response) -> FollowUp | None:
    """Return the follow-up of a response about which its customer is asked, once somebody has tried or closed it; else None."""
    found = session.scalars(select(FollowUp).where(FollowUp.response_id == response.id)).first()
    if found is None or not (found.attempts or found.state == "closed"):
        return None
    return found


def locked(session: Session, response: Response) -> FollowUp:
    """Return the same, locked for the answer. Raises NotFound where nobody is asked."""
    found = asked(session, response)
    if found is None:
        raise NotFound("We have nothing to ask you about this answer just now.")
    session.refresh(found, with_for_update={"key_share": True})
    return found
