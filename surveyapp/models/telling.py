"""Telling customers: what they and we write to each other, whether it helped, who was told by letter, and what is said in public."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.improvement import Improvement, Mention
from surveyapp.models.person import Person
from surveyapp.models.response import Response

VERDICTS = ("yes", "partly", "no")
REPLY_LIMIT = 1000


class Reply(Base):
    """One line of the conversation under a response; `by` is None for its customer. Erased with the response."""

    __tablename__ = "reply"
    __table_args__ = (UniqueConstraint("response_id", "number"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Whole)  # from 0; two who write at once get the same, and one of them is told
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Words(REPLY_LIMIT))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    response: Mapped[Response] = relationship()
    writer: Mapped[Person | None] = relationship()


class Verdict(Base):
    """Whether what was done helped this customer. Erased with the response; the rollups keep that somebody said so."""

    __tablename__ = "verdict"

    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), primary_key=True)
    says: Mapped[str] = mapped_column(Words(8))  # one of VERDICTS
    day: Mapped[date] = mapped_column(Date)


class Notice(Base):
    """One person told of one state of one improvement: claimed before the letter is written, and there can be no second.

    `person` is a keyed hash of the address, so that the row says nothing of whom when the response has been erased.
    """

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("improvement_id", "state", "person"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"))
    state: Mapped[str] = mapped_column(Words(12))  # promised, done, declined
    person: Mapped[str] = mapped_column(Words(64), index=True)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id", ondelete="SET NULL"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id", ondelete="SET NULL"), index=True)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Unsubscribed(Base):
    """Somebody who wants no more letters, by the keyed hash of their address: it holds after they have erased what they wrote."""

    __tablename__ = "unsubscribed"

    person: Mapped[str] = mapped_column(Words(64), primary_key=True)
    day: Mapped[date] = mapped_column(Date)


class YouSaid(Base):
    """An improvement as the public page tells it, in words that a person wrote and a person approved.

    `quoted` is a mention whose customer ticked that we may quote it; its words are read each time, and go when they go.
    """

    __tablename__ = "you_said"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), unique=True)
    said: Mapped[str] = mapped_column(Words(300))
    did: Mapped[str] = mapped_column(Words(600))
    quoted_id: Mapped[int | None] = mapped_column(ForeignKey("mention.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(Words(12), default="draft")  # draft, approved, withdrawn
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who approved or withdrew it
    decided_at: Mapped[datetime | None] = mapped_column(UTCTime)

    improvement: Mapped[Improvement] = relationship()
    quoted: Mapped[Mention | None] = relationship()
    writer: Mapped[Person | None] = relationship(foreign_keys=[written_by])
    decider: Mapped[Person | None] = relationship(foreign_keys=[decided_by])
