"""What leads put beside an improvement: labels, rules in the way, ways to do it, what it is not, and the lists they keep."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now

DECISIONS = ("drop", "bend", "keep")


def _of_improvement(name: str, other: str) -> Table:
    return Table(
        name,
        Base.metadata,
        Column("improvement_id", ForeignKey("improvement.id", ondelete="CASCADE"), primary_key=True),
        Column(f"{other}_id", ForeignKey(f"{other}.id", ondelete="CASCADE"), primary_key=True),
        Index(f"ix_{name}_{other}_id", f"{other}_id"),
    )


improvement_label = _of_improvement("improvement_label", "label")
improvement_rule = _of_improvement("improvement_rule", "rule")


class Label(Base):
    """A word by which leads sort improvements, of their own making: "quick win", "budget 2027"."""

    __tablename__ = "label"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(40), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Rule(Base):
    """A rule of ours that customers met as an obstacle: "No refunds after the first lesson"."""

    __tablename__ = "rule"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(160), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    decisions: Mapped[list[RuleDecision]] = relationship(order_by="RuleDecision.id", cascade="all, delete-orphan")


class RuleDecision(Base):
    """What was decided about a rule, and why. Never overwritten: a new decision is a new row."""

    __tablename__ = "rule_decision"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("rule.id", ondelete="CASCADE"), index=True)
    decision: Mapped[str] = mapped_column(Words(8))  # one of DECISIONS
    why: Mapped[str] = mapped_column(Words(1000))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Way(Base):
    """One way to do an improvement; at most one of them is chosen."""

    __tablename__ = "way"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Words(400))
    chosen: Mapped[bool] = mapped_column(Boolean, default=False)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Apart(Base):
    """Two improvements that somebody called different: neither is proposed for what is near the other any more."""

    __tablename__ = "apart"
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"))  # the smaller id
    other_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class SavedFilter(Base):
    """A list of the backlog that somebody keeps under a name; `query` is its address without the path. Shared ones everybody sees."""

    __tablename__ = "saved_filter"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(Words(60))
    query: Mapped[str] = mapped_column(Words(1000))
    shared: Mapped[bool] = mapped_column(Boolean, default=False)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Word(Base):
    """A word that some comment or title holds, so that a search can forgive typos. Erased with the last text that holds it."""

    __tablename__ = "word"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    word: Mapped[str] = mapped_column(Words(40), unique=True)
