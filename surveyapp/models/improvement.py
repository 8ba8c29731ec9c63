"""The backlog: improvements, the mentions they gather, and the ledgers of what was targeted, promised and done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import UNDATED, Base, BigId, UTCTime, Whole, Words, now
from surveyapp.models.organisation import Theme
from surveyapp.models.person import Person
from surveyapp.models.response import Comment
from surveyapp.models.service import Service
from surveyapp.models.triage import Label, Rule, Way, improvement_label, improvement_rule

STATES = ("open", "done", "declined")
WAITING = text("\"by\" IS NULL AND state = 'filed'")
"""Mentions that only the machine has placed: the inbox reads them through an index of their own."""


class Improvement(Base):
    """One need that customers have. `merged_into_id` is resolved when read: its own mentions stay its own.

    `title_comment_id` names the comment whose words the title quotes; None when a person wrote the title.
    `version` counts changes, so that two people who act at once are told.
    """

    __tablename__ = "improvement"
    __table_args__ = (Index("ix_improvement_state_id", "state", "id"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    title: Mapped[str] = mapped_column(Words(200))
    title_comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(Words(12), default="open")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    handed_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    in_effect_since: Mapped[date | None] = mapped_column(Date)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: founded by a mention
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    version: Mapped[int] = mapped_column(Whole)

    service: Mapped[Service] = relationship()
    theme: Mapped[Theme | None] = relationship()
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])
    handed_to: Mapped[Person | None] = relationship(foreign_keys=[handed_to_id])
    merged_into: Mapped[Improvement | None] = relationship(remote_side=[id])
    targets: Mapped[list[Target]] = relationship(order_by="Target.id", cascade="all, delete-orphan")
    promises: Mapped[list[Promise]] = relationship(order_by="Promise.id", cascade="all, delete-orphan")
    outcomes: Mapped[list[Outcome]] = relationship(order_by="Outcome.id", cascade="all, delete-orphan")
    remarks: Mapped[list[Remark]] = relationship(order_by="Remark.id", cascade="all, delete-orphan")
    ways: Mapped[list[Way]] = relationship(order_by="Way.id", cascade="all, delete-orphan")
    labels: Mapped[list[Label]] = relationship(secondary=improvement_label, order_by="Label.name")
    rules: Mapped[list[Rule]] = relationship(secondary=improvement_rule, order_by="Rule.name")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict


class Mention(Base):
    """A suggestion or complaint sentence filed under an improvement. What a person placed is never moved by the machine.

    `state` is "filed", or "dismissed" for what somebody called not a suggestion. `proposals` are the improvements that the
    machine thought of, with reasons: [{"improvement", "similarity", "because"}]. `changed` is the backlog's counter when the
    row last moved; `sorted_at` is when a person last accepted, moved or dismissed it. Service, day and purpose are the
    comment's, kept for counting.
    """

    __tablename__ = "mention"
    __table_args__ = (
        UniqueConstraint("comment_id", "start", "end"),
        Index("ix_mention_improvement_id_day", "improvement_id", "day"),
        Index("ix_mention_changed", "changed"),
        Index(
            "ix_mention_asked_again",
            "improvement_id",
            "state",
            "service_id",
            "day",
            sqlite_where=text("asked_again = 1"),
            postgresql_where=text("asked_again"),
        ),
        Index("ix_mention_waiting", "day", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_mention_sorted_at", "sorted_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    start: Mapped[int] = mapped_column(Whole)
    end: Mapped[int] = mapped_column(Whole)
    kind: Mapped[str] = mapped_column(Words(12))  # suggestion, complaint
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"))
    state: Mapped[str] = mapped_column(Words(12), default="filed")
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who placed it; None: the machine
    asked_again: Mapped[bool] = mapped_column(Boolean, default=False)
    similarity: Mapped[float | None] = mapped_column(Float)
    proposals: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    customer_says: Mapped[str | None] = mapped_column(Words(4))  # yes, no
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    day: Mapped[date] = mapped_column(Date, default=UNDATED)
    purpose: Mapped[str | None] = mapped_column(Words(20))
    changed: Mapped[int] = mapped_column(Whole, default=0)
    filed_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    sorted_at: Mapped[datetime | None] = mapped_column(UTCTime)

    comment: Mapped[Comment] = relationship()
    improvement: Mapped[Improvement] = relationship()

    @property
    def quote(self) -> str:
        """The customer's own words."""
        return self.comment.text[self.start : self.end]


class Target(Base):
    """An internal date. Never overwritten: a new date is a new row with its reason."""

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date | None] = mapped_column(Date)  # None: withdrawn
    reason: Mapped[str] = mapped_column(Words(1000), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Promise(Base):
    """A date that customers can read, with the sentence they read. Never overwritten; judged by the first date they saw."""

    __tablename__ = "promise"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date | None] = mapped_column(Date)  # None: withdrawn
    sentence: Mapped[str] = mapped_column(Words(1000), default="")
    reason: Mapped[str] = mapped_column(Words(1000), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


outcome_service = Table(
    "outcome_service",
    Base.metadata,
    Column("outcome_id", ForeignKey("outcome.id", ondelete="CASCADE"), primary_key=True),
    Column("service_id", ForeignKey("service.id", ondelete="CASCADE"), primary_key=True),
)


class Outcome(Base):
    """A change of an improvement's state, kept for ever: done, declined, or re-opened, when, and with which words.

    `services` are the nodes whom what was done serves.
    """

    __tablename__ = "outcome"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(Words(12))  # one of STATES
    effective_on: Mapped[date | None] = mapped_column(Date)  # done: the day customers could feel it
    words: Mapped[str] = mapped_column(Words(2000), default="")  # what was done, or the reason customers read
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    services: Mapped[list[Service]] = relationship(secondary=outcome_service, order_by=Service.path)


class Remark(Base):
    """What a colleague writes about an improvement for other colleagues."""

    __tablename__ = "remark"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Words(4000))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Merge(Base):
    """One merge of one improvement into another, and when it was taken back."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), index=True)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCTime)
