"""A newer analyser marks itself on the charts: what it reads cannot quite be compared with what was read before it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.models import ANALYSER, Finding, Note, Service

FAILED = "failed"
"""What the version of a finding begins with where the analyser broke off."""


def begins(session: Session, version: str, *, first: int, day: date) -> None:
    """Note that a version reads from a day on, where another one read what came before comment `first`; nothing at the very first."""
    before = select(Finding.analyser).where(Finding.comment_id < first, ~Finding.analyser.startswith(FAILED))
    last = session.scalar(before.order_by(Finding.comment_id.desc()).limit(1))
    if last is not None and last != version:
        _note(session, version, day)


def reread(session: Session, version: str, since: date | None) -> None:
    """Note that a version has read everything again from a day on; None: all there is, so that nothing is left to compare across."""
    if since is None:
        session.execute(delete(Note).where(Note.kind == ANALYSER))
        rollups.bump(session, "rollups")
        return
    _note(session, version, since)


def _note(session: Session, version: str, day: date) -> None:
    """Keep one note a version, of the earliest day; the pictures change with it."""
    note = session.scalars(select(Note).where(Note.kind == ANALYSER, Note.text == version)).first()
    if note is None:
        root = session.scalar(select(Service.id).where(Service.parent_id.is_(None)).order_by(Service.id).limit(1))
        session.add(Note(service_id=root, day=day, text=version, kind=ANALYSER))
    elif day < note.day:
        note.day = day
    rollups.bump(session, "rollups")
