"""Who did what, when. Acts name ids and fields, never words; nothing here is ever changed or removed (triggers refuse)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.db import Base, BigId, UTCTime, Whole, Words, now


class Act(Base):
    """One act of one person (or, with `by` None, of the machine) on one thing."""

    __tablename__ = "act"
    __table_args__ = (Index("ix_act_thing_thing_id", "thing", "thing_id"), Index("ix_act_at", "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    verb: Mapped[str] = mapped_column(Words(40))
    thing: Mapped[str] = mapped_column(Words(40))  # a table's name
    thing_id: Mapped[int] = mapped_column(Whole)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # {"field": [before, after]}, ids and dates only
