"""Surveys, their versions and questions, and the links by which customers reach them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Boolean, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.service import Service

PURPOSES = ("csat", "nps", "ces", "value", "expectation", "feeling", "experience", "suggestion", "segment", "esat")
MOMENTS = ("before", "during", "after")


class Survey(Base):
    """A set of questions put to customers of a service. What they see is always its published version."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    title: Mapped[str] = mapped_column(Words(200))
    state: Mapped[str] = mapped_column(Words(20), default="draft")  # draft, open, closed
    moment: Mapped[str] = mapped_column(Words(20), default="after")
    language: Mapped[str] = mapped_column(Words(12), default="en")
    confidential: Mapped[bool] = mapped_column(Boolean, default=False)
    count_advice: Mapped[bool] = mapped_column(Boolean, default=False)
    imported: Mapped[bool] = mapped_column(Boolean, default=False)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(UTCTime)

    service: Mapped[Service] = relationship()
    versions: Mapped[list[SurveyVersion]] = relationship(
        back_populates="survey", order_by="SurveyVersion.id", cascade="all, delete-orphan"
    )
    links: Mapped[list[SurveyLink]] = relationship(
        back_populates="survey", order_by="SurveyLink.id", cascade="all, delete-orphan"
    )

    @property
    def published(self) -> SurveyVersion | None:
        """The version that customers see, or None while there is none."""
        return next((version for version in reversed(self.versions) if version.number is not None), None)

    @property
    def draft(self) -> SurveyVersion | None:
        """The version that is being edited, or None when nothing differs from the published one."""
        return next((version for version in reversed(self.versions) if version.number is None), None)


class SurveyVersion(Base):
    """One edition of a survey: a draft while `number` is None, immutable afterwards. `texts` is keyed by language."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    number: Mapped[int | None] = mapped_column(Whole)
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)  # {"en": {"title", "intro", "thanks"}}
    change: Mapped[str | None] = mapped_column(Words(20))  # "same line", "new line"; None for the first
    published_at: Mapped[datetime | None] = mapped_column(UTCTime)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    survey: Mapped[Survey] = relationship(back_populates="versions")
    questions: Mapped[list[Question]] = relationship(
        back_populates="version", order_by="Question.position", cascade="all, delete-orphan"
    )


class Question(Base):
    """One question of one version. `line` is what a small change of wording keeps, so that a chart's line continues."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Whole, default=0)
    line: Mapped[str] = mapped_column(Words(36), default=lambda: str(uuid4()))
    kind: Mapped[str] = mapped_column(Words(20))  # a key of surveyapp.questions.KINDS
    purpose: Mapped[str | None] = mapped_column(Words(20))  # one of PURPOSES, or None
    required: Mapped[bool] = mapped_column(Boolean, default=False)
    # rating: {"low": 1, "high": 5, "reversed": false}; choice(s): {"options": ["a", "b"]}; comment, text: {"limit": 4000}
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # {"en": {"label": ..., "help": ..., "points": {"1": "very poor"}, "options": {"a": "By car"}}}
    texts: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, default=dict)

    version: Mapped[SurveyVersion] = relationship(back_populates="questions")

    @property
    def scale(self) -> str:
        """The scale as rollups name it: "1-5", or "1-5r" where the low end is the good one."""
        low, high = self.settings.get("low", 1), self.settings.get("high", 5)
        return f"{low}-{high}{'r' if self.settings.get('reversed') else ''}"

    def text(self, key: str, language: str, default: Any = "") -> Any:
        """Return one text in a language, falling back to whichever there is."""
        for texts in (self.texts.get(language, {}), *self.texts.values()):
            if texts.get(key):
                return texts[key]
        return default


class SurveyLink(Base):
    """An address /s/<slug> at which a survey is answered for one service through one channel."""

    __tablename__ = "survey_link"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    slug: Mapped[str] = mapped_column(Words(60), unique=True)
    channel: Mapped[str] = mapped_column(Words(20), default="web")
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    survey: Mapped[Survey] = relationship(back_populates="links")
    service: Mapped[Service] = relationship()
