"""What the running of the server leaves behind: counters, leases, jobs of the clock, and mail on its way out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.db import Base, UTCTime, Whole, Words, now


class Counter(Base):
    """A number that only grows: "backlog" when mentions move, "rollups" when rollups change. Locking its row serialises."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(Words(40), primary_key=True)
    value: Mapped[int] = mapped_column(Whole, default=0)


class Lease(Base):
    """Who does a thing that only one process may do, and until when; whoever dies loses it by the clock."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(Words(40), primary_key=True)
    holder: Mapped[str] = mapped_column(Words(80))
    until: Mapped[datetime] = mapped_column(UTCTime)


class Job(Base):
    """The last run of one thing that the clock does, for the jobs page."""

    __tablename__ = "job"

    name: Mapped[str] = mapped_column(Words(40), primary_key=True)
    last_started_at: Mapped[datetime | None] = mapped_column(UTCTime)
    last_finished_at: Mapped[datetime | None] = mapped_column(UTCTime)
    next_due_at: Mapped[datetime | None] = mapped_column(UTCTime)
    error: Mapped[str] = mapped_column(Words(1000), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Letter(Base):
    """An e-mail in the outbox. It is marked "handed over" before the mail server gets it, so a crash cannot send it twice."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    to: Mapped[str] = mapped_column(Words(255))
    subject: Mapped[str] = mapped_column(Words(255))
    body: Mapped[str] = mapped_column(Words(20_000))
    unsubscribe: Mapped[str] = mapped_column(
        Words(400), default=""
    )  # the address for List-Unsubscribe, where it has one
    state: Mapped[str] = mapped_column(Words(20), default="waiting")  # waiting, handed over, sent, failed
    error: Mapped[str] = mapped_column(Words(1000), default="")
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    handed_over_at: Mapped[datetime | None] = mapped_column(UTCTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCTime)
