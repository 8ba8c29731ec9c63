"""Webhooks: the addresses that are told what happens, and each thing that they were, are being or could not be told."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import JSON, Boolean, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, BigId, UTCTime, Whole, Words, now

URL_LIMIT = 1000


def message_id() -> str:
    """Make the id by which a receiver knows a delivery again when it comes twice."""
    return f"msg_{uuid4().hex}"


class HookEndpoint(Base):
    """An address elsewhere that is told of some events. `secret` signs; the one before it signs beside it until `both_until`.

    `paused_for` is "" while it runs, "person" where somebody paused it, "failing" or "gone" where the server did. `failing_since`
    is the first failure after the last success.
    """

    __tablename__ = "hook_endpoint"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(80))
    url: Mapped[str] = mapped_column(Words(URL_LIMIT))
    events: Mapped[list[str]] = mapped_column(JSON, default=list)
    words: Mapped[bool] = mapped_column(Boolean, default=False)
    secret: Mapped[str] = mapped_column(Words(100))
    old_secret: Mapped[str] = mapped_column(Words(100), default="")
    both_until: Mapped[datetime | None] = mapped_column(UTCTime)
    paused_for: Mapped[str] = mapped_column(Words(12), default="")
    failing_since: Mapped[datetime | None] = mapped_column(UTCTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCTime)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class HookDelivery(Base):
    """One event for one endpoint: ids only. What is sent is written at the moment of sending, so that no erased word lives on here.

    `thing` and `thing_id` name the row it is about. `state` is waiting, handed over, delivered, given up, or withdrawn (what it
    was about is gone). It is marked "handed over" before the receiver gets it; `message` stays the same however often it is sent.
    """

    __tablename__ = "hook_delivery"
    __table_args__ = (
        Index("ix_hook_delivery_state_next_at", "state", "next_at"),
        Index("ix_hook_delivery_event_thing_id", "event", "thing_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("hook_endpoint.id", ondelete="CASCADE"), index=True)
    message: Mapped[str] = mapped_column(Words(40), unique=True, default=message_id)
    event: Mapped[str] = mapped_column(Words(40))
    thing: Mapped[str] = mapped_column(Words(40))
    thing_id: Mapped[int] = mapped_column(BigId)
    state: Mapped[str] = mapped_column(Words(12), default="waiting")
    tries: Mapped[int] = mapped_column(Whole, default=0)
    next_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    status: Mapped[int | None] = mapped_column(Whole)  # what the receiver answered last
    error: Mapped[str] = mapped_column(Words(400), default="")
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    handed_over_at: Mapped[datetime | None] = mapped_column(UTCTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCTime)

    endpoint: Mapped[HookEndpoint] = relationship()
