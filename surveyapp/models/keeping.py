"""Keeping to one's word: reminders that went out, who stands in for whom, and work that is done elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.person import Person


class Reminder(Base):
    """A letter that reminded somebody of something, at one stage; the row is why it goes out once.

    `about` is "promise" (thing: a promise's id), "unowned" (thing: the week, as year * 100 + week), or "action" (thing: a
    corrective action's id).
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("about", "thing", "stage", "person_id"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    about: Mapped[str] = mapped_column(Words(12))
    thing: Mapped[int] = mapped_column(Whole)
    stage: Mapped[str] = mapped_column(Words(12))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Leave(Base):
    """Somebody is away from `since` to `until`, both included; what is theirs shows with the stand-in too until then."""

    __tablename__ = "leave"
    __table_args__ = (Index("ix_leave_stand_in_id_until", "stand_in_id", "until"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    stand_in: Mapped[Person] = relationship(foreign_keys=[stand_in_id])


class WorkLink(Base):
    """Where the work on an improvement is done: a ticket, a plan, an order."""

    __tablename__ = "work_link"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(Words(1000))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: a program answered a webhook
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
