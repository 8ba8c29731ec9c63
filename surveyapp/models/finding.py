"""What the analysis says of each comment, and what people say against it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, BigId, UTCTime, Whole, Words, now
from surveyapp.models.organisation import Theme
from surveyapp.models.response import Comment

KINDS = ("suggestion", "complaint", "praise", "nothing", "other")
KIND_BITS = {kind: 1 << place for place, kind in enumerate(KINDS)}

comment_theme = Table(
    "comment_theme",
    Base.metadata,
    Column("comment_id", ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_comment_theme_theme_id", "theme_id"),
)


class Finding(Base):
    """The one current finding of a comment. Label, kinds and themes are as corrected; `body` is what the machine said.

    `kinds` is a set of KIND_BITS; `label` is None where the language could not be read.
    """

    __tablename__ = "finding"
    __table_args__ = (Index("ix_finding_label", "label"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    analyser: Mapped[str] = mapped_column(Words(60))
    language: Mapped[str | None] = mapped_column(Words(12))
    label: Mapped[str | None] = mapped_column(Words(10))
    score: Mapped[float | None] = mapped_column(Float)
    confidence: Mapped[float | None] = mapped_column(Float)
    mixed: Mapped[bool] = mapped_column(Boolean, default=False)
    kinds: Mapped[int] = mapped_column(Whole, default=0)
    body: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    found_at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    comment: Mapped[Comment] = relationship()
    themes: Mapped[list[Theme]] = relationship(
        secondary=comment_theme, primaryjoin="Finding.comment_id == comment_theme.c.comment_id"
    )

    def has(self, kind: str) -> bool:
        """Say whether some sentence of the comment is of this kind."""
        return bool(self.kinds & KIND_BITS[kind])


class Correction(Base):
    """What a person (or the customer) says of a stretch of a comment; wins over every re-analysis, and can be undone.

    `field` is "sentiment" (value a label), "kind" (value a kind) or "themes" (value theme ids, comma-separated).
    A sentence's correction is anchored to `start` and `end`; the whole comment's has both None.
    """

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    start: Mapped[int | None] = mapped_column(Whole)
    end: Mapped[int | None] = mapped_column(Whole)
    field: Mapped[str] = mapped_column(Words(20))
    value: Mapped[str] = mapped_column(Words(200))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the customer
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    undone_at: Mapped[datetime | None] = mapped_column(UTCTime)
