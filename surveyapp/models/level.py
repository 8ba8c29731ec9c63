"""New levels: from which month on a line of ratings is judged against a level of its own, who said so, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.person import Person
from surveyapp.models.service import Service


class NewLevel(Base):
    """A decision about a month (year * 12 + month - 1) of one line: that a new level starts there, or, where the month was
    proposed, that none does. A line is a node's ratings of one purpose, by everybody (`segment` "") or by one group.

    Never changed or removed: what was wrong is taken back.
    """

    __tablename__ = "new_level"
    __table_args__ = (Index("ix_new_level_service_id_purpose", "service_id", "purpose"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(Words(36))
    segment: Mapped[str] = mapped_column(Words(120), default="")
    month: Mapped[int] = mapped_column(Whole)
    reason: Mapped[str] = mapped_column(Words(300))
    refused: Mapped[bool] = mapped_column(
        Boolean, default=False
    )  # proposed, and somebody said that no new level starts
    proposed: Mapped[bool] = mapped_column(Boolean, default=False)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCTime)

    service: Mapped[Service] = relationship()
    decider: Mapped[Person | None] = relationship()
