"""What is passed on to colleagues: praise by name, weekly digests, and the news that a change helped."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import UNDATED, Base, BigId, UTCTime, Whole, Words, now
from surveyapp.models.person import Person
from surveyapp.models.response import Comment
from surveyapp.models.service import Service


class Recognition(Base):
    """Somebody praised by name in a comment. `start` and `end` are the name's place; `name` is what a lead confirmed.

    `state` is proposed (by the machine), confirmed or set aside. It goes with its comment.
    """

    __tablename__ = "recognition"
    __table_args__ = (UniqueConstraint("comment_id", "start", "end"), Index("ix_recognition_state_day", "state", "day"))

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("comment.id", ondelete="CASCADE"))
    start: Mapped[int] = mapped_column(Whole)
    end: Mapped[int] = mapped_column(Whole)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    day: Mapped[date] = mapped_column(Date, default=UNDATED)
    state: Mapped[str] = mapped_column(Words(12), default="proposed")
    name: Mapped[str] = mapped_column(Words(120), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCTime)
    passed_on_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    passed_on_at: Mapped[datetime | None] = mapped_column(UTCTime)

    comment: Mapped[Comment] = relationship()
    service: Mapped[Service] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    @property
    def said(self) -> str:
        """The name as the customer wrote it."""
        return self.comment.text[self.start : self.end]


class Digest(Base):
    """That somebody's digest of a week was made, so that no week is told twice; `week` is the week's Monday."""

    __tablename__ = "digest"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id", ondelete="SET NULL"))  # None: nothing to tell


class DigestWish(Base):
    """Whether somebody wants the weekly digest; who has no row wants it."""

    __tablename__ = "digest_wish"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    wanted: Mapped[bool] = mapped_column(Boolean, default=True)


class HelpedNews(Base):
    """That the people behind an improvement were told that it helped; once for each time it took effect."""

    __tablename__ = "helped_news"
    __table_args__ = (UniqueConstraint("improvement_id", "in_effect_since"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"))
    in_effect_since: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class LetterQuote(Base):
    """That a letter in the outbox quotes a comment, so that erasing the comment takes its words out of the letter too."""

    __tablename__ = "letter_quote"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    quote: Mapped[str] = mapped_column(Words(2000))
