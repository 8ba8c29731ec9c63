"""Notes: dated events on the charts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.service import Service

ENTERED, ANALYSER = "entered", "analyser"
"""Who made a note: a person, or the pipeline when another version of the analyser began to read."""


class Note(Base):
    """Something that happened (a strike, a price rise) at a node of the tree. `kind` is ENTERED or ANALYSER, whose text is the version."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    day: Mapped[date] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Words(200))
    kind: Mapped[str] = mapped_column(Words(20), default=ENTERED)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    service: Mapped[Service] = relationship()
