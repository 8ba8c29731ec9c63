"""The organisation: its settings, its themes and its teams. One installation serves one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.person import Person
from surveyapp.models.service import Service


class Organisation(Base):
    """The one row of settings that everything reads; `demo` marks a database that may hold demo accounts."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(120))
    time_zone: Mapped[str] = mapped_column(Words(64), default="Europe/London")
    language: Mapped[str] = mapped_column(Words(12), default="en")
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    privacy_notice: Mapped[str] = mapped_column(Words(4000), default="")
    privacy_url: Mapped[str] = mapped_column(Words(400), default="")
    who_reads: Mapped[str] = mapped_column(Words(400), default="the people who run this service")
    read_when: Mapped[str] = mapped_column(Words(400), default="")  # when comments are read, for the foot of a survey
    in_emergency: Mapped[str] = mapped_column(Words(400), default="")  # what to do instead of writing here
    retention_months: Mapped[int] = mapped_column(Whole, default=24)
    minimum_group: Mapped[int] = mapped_column(Whole, default=10)
    shared_segment: Mapped[str | None] = mapped_column(Words(36))  # the question whose groups executives may see
    sort_from: Mapped[date | None] = mapped_column(Date)  # what was said before is history: counted, not in the inbox
    owner_days: Mapped[int] = mapped_column(Whole, default=14)
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Theme(Base):
    """Something that comments are about, with the words by which the analysis knows it."""

    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(80), unique=True)
    words: Mapped[list[str]] = mapped_column(JSON, default=list)
    examples: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int] = mapped_column(Whole, default=0)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


def _link(name: str, other: str) -> Table:
    return Table(
        name,
        Base.metadata,
        Column("team_id", ForeignKey("team.id", ondelete="CASCADE"), primary_key=True),
        Column(f"{other}_id", ForeignKey(f"{other}.id", ondelete="CASCADE"), primary_key=True),
    )


team_person = _link("team_person", "person")
team_theme = _link("team_theme", "theme")
team_service = _link("team_service", "service")


class Team(Base):
    """People who share themes and services."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(120), unique=True)
    people: Mapped[list[Person]] = relationship(secondary=team_person, order_by=Person.name)
    themes: Mapped[list[Theme]] = relationship(secondary=team_theme, order_by=Theme.name)
    services: Mapped[list[Service]] = relationship(secondary=team_service, order_by=Service.name)
