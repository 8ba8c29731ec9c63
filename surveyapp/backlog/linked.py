"""Linked work: where an improvement is being worked on, outside Heed."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.errors import Invalid, NotFound
from surveyapp.models import Improvement, WorkLink

MOST = 20


def link(session: Session, improvement: Improvement, url: str, *, by: int | None) -> WorkLink:
    """Link an improvement to a page elsewhere. Raises Invalid for what is no web address, is there already, or is too much."""
    url = url.strip()
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(each.isspace() for each in url):
        raise Invalid("Give a whole web address, like https://tracker.example.org/issues/12.", field="url")
    there = links(session, improvement)
    if url in {each.url for each in there}:
        raise Invalid("This address is linked already.", field="url")
    if len(there) >= MOST:
        raise Invalid(f"{MOST} links are enough for one improvement: take one away first.", field="url")
    made = WorkLink(improvement_id=improvement.id, url=url, by=by)
    session.add(made)
    record(session, by, "link", improvement)
    return made


def unlink(session: Session, improvement: Improvement, link_id: int, *, by: int) -> None:
    """Take a link away. Raises NotFound for one of another improvement."""
    found = session.get(WorkLink, link_id)
    if found is None or found.improvement_id != improvement.id:
        raise NotFound("There is no such link here.")
    session.delete(found)
    record(session, by, "unlink", improvement)


def links(session: Session, improvement: Improvement) -> Sequence[WorkLink]:
    """Return the links of an improvement, oldest first."""
    return session.scalars(
        select(WorkLink).where(WorkLink.improvement_id == improvement.id).order_by(WorkLink.id)
    ).all()
