"""How the installation is doing: jobs, what waits to be heard, the last backup, mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from surveyapp.accounts import outbox
from surveyapp.db import now
from surveyapp.models import HookEndpoint, Job, Letter, Person, Response, Service

LATE = timedelta(minutes=15)
"""A response that has waited longer than this says that the analyser stands still."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many responses nobody has heard yet, and when the oldest came."""

    n: int
    oldest: datetime | None

    @property
    def late(self) -> bool:
        """Say whether the analyser seems to stand still."""
        return self.oldest is not None and now() - self.oldest > LATE


@dataclass(frozen=True, slots=True)
class Health:
    """What the overview shows."""

    waiting: Waiting
    backup: Job | None
    failing: Sequence[Job]
    letters: dict[str, int]
    people: int
    services: int
    hooks: Sequence[HookEndpoint]


def waiting(session: Session) -> Waiting:
    """Count the responses that are pending."""
    n, oldest = session.execute(
        select(func.count(), func.min(Response.received_at)).where(Response.state == "pending")
    ).one()
    return Waiting(n, oldest)


def jobs(session: Session) -> Sequence[Job]:
    """Return everything that the clock has done, by name."""
    return session.scalars(select(Job).order_by(Job.name)).all()


def letters(session: Session, limit: int = 20) -> Sequence[Letter]:
    """Return the letters that hang or failed, and then the latest."""
    stuck = case((Letter.state.in_(("handed over", "failed")), 0), else_=1)
    return session.scalars(select(Letter).order_by(stuck, Letter.id.desc()).limit(limit)).all()


def health(session: Session) -> Health:
    """Gather what the overview shows."""
    every = jobs(session)
    return Health(
        waiting=waiting(session),
        backup=next((job for job in every if job.name == "backup"), None),
        failing=[job for job in every if job.error],
        letters=outbox.counts(session),
        people=session.scalar(select(func.count()).select_from(Person).where(Person.active.is_(True))) or 0,
        services=session.scalar(select(func.count()).select_from(Service).where(Service.closed_at.is_(None))) or 0,
        hooks=session.scalars(_stopped()).all(),
    )


def _stopped() -> Select[HookEndpoint]:
    """Return the webhooks that the server itself has paused."""
    by_us = HookEndpoint.paused_for.in_(("failing", "gone"))
    return select(HookEndpoint).where(by_us, HookEndpoint.removed_at.is_(None)).order_by(HookEndpoint.name)
