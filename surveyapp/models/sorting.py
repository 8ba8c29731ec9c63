"""What sorting leaves behind: acts that can be taken back, and when and where somebody last had the inbox open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.db import Base, UTCTime, Whole, Words, now


class Undo(Base):
    """One act of one person and how to take it back.

    `steps` lists the rows that it changed, {"table", "id", "columns": {name: [before, after]}}, and those that it made,
    {"table", "id", "made": true}. A title is the only text in them; where it quotes a comment, `comment_id` names that comment,
    so that erasing the words erases this row with them. `n` counts what was acted on, for the sentence on the button.
    """

    __tablename__ = "undo"
    __table_args__ = (Index("ix_undo_by_id", "by", "id"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    verb: Mapped[str] = mapped_column(Words(40))
    n: Mapped[int] = mapped_column(Whole, default=1)
    improvement_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id", ondelete="SET NULL"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    undone_at: Mapped[datetime | None] = mapped_column(UTCTime)


class InboxVisit(Base):
    """A person's place in the inbox: since when things are new to them, when they last looked, and what they have open.

    `since` is the end of their visit before this one; None on the first. A stay ends by the clock, nobody is locked out.
    """

    __tablename__ = "inbox_visit"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime | None] = mapped_column(UTCTime)
    seen_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    improvement_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id", ondelete="SET NULL"), index=True)
    open_at: Mapped[datetime | None] = mapped_column(UTCTime)
