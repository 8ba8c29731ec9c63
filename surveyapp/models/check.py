"""Check 20: sentences drawn at random from everything, which people call right or wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.response import Comment

VERDICTS = ("right", "wrong")


class Check(Base):
    """One sentence drawn in a month: what the machine said of it, and whether a person found that right.

    `said` is a kind, or "unread" for a comment in a language that the analysis cannot read. `month` is year * 12 + month - 1
    of the comment. Erasing a comment leaves the verdict, from which the rates stay what they were, and nothing that leads back.
    """

    __tablename__ = "quality_check"
    __table_args__ = (UniqueConstraint("month", "place"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    month: Mapped[int] = mapped_column(Whole)
    place: Mapped[int] = mapped_column(Whole)  # in the month's sample, from 0
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"), index=True)
    start: Mapped[int] = mapped_column(Whole)
    end: Mapped[int] = mapped_column(Whole)
    said: Mapped[str] = mapped_column(Words(12))
    analyser: Mapped[str] = mapped_column(Words(60))
    verdict: Mapped[str | None] = mapped_column(Words(5))  # one of VERDICTS
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    drawn_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    answered_at: Mapped[datetime | None] = mapped_column(UTCTime)

    comment: Mapped[Comment | None] = relationship()
