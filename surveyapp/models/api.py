"""Tokens with which programs use the API."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.person import Person

SCOPES = ("read", "write", "figures")


class ApiToken(Base):
    """A program's way in, made by an administrator in whose name it acts. The program holds the token, this row its hash."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(80))
    hash: Mapped[str] = mapped_column(Words(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON, default=list)  # some of SCOPES
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    last_used_at: Mapped[datetime | None] = mapped_column(UTCTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCTime)

    person: Mapped[Person] = relationship()
