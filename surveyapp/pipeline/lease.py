"""Leases: one process does a thing at a time, and whoever dies loses it by the clock."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveyapp.db import now
from surveyapp.models import Lease


def take(session: Session, name: str, holder: str, *, seconds: float) -> bool:
    """Take or renew a lease for some seconds; return whether it is the holder's now."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    moment = now()
    wanted = insert(Lease).values(name=name, holder=holder, until=moment + timedelta(seconds=seconds))
    free = or_(Lease.until < moment, Lease.holder == holder)
    taken = wanted.on_conflict_do_update(
        index_elements=["name"], set_={"holder": holder, "until": wanted.excluded.until}, where=free
    )
    return session.scalar(taken.returning(Lease.holder)) is not None  # no row comes back where another holds it


def give_back(session: Session, name: str, holder: str) -> None:
    """Give a lease back, if it is still the holder's."""
    session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
