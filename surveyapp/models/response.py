"""Responses: one submission each, with its answers, comments and contact. What is committed here is never lost."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import UNDATED, Base, BigId, UTCTime, Whole, Words, now
from surveyapp.models.service import Service
from surveyapp.models.survey import Question, Survey

TOLD = "told-to-us"
"""The channel of what customers told a colleague: nobody was asked, so it takes no part in rates."""
CHANNELS = ("web", "qr", "email", "kiosk", "import", TOLD)
COMMENT_LIMIT = 20_000


class Response(Base):
    """One submission. `state` is "pending" until the pipeline has heard it; `lease` says who is hearing it just now."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("submission_id", "digest"),
        UniqueConstraint("source", "identity"),
        Index("ix_response_state_id", "state", "id"),
        Index("ix_response_survey_id_id", "survey_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    channel: Mapped[str] = mapped_column(Words(20))
    language: Mapped[str] = mapped_column(Words(12), default="en")
    day: Mapped[date] = mapped_column(Date, default=UNDATED)  # the organisation's local day; UNDATED where unknown
    received_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    submission_id: Mapped[str | None] = mapped_column(Words(64))
    digest: Mapped[str | None] = mapped_column(Words(64))
    code_hash: Mapped[str | None] = mapped_column(Words(64), unique=True)
    source: Mapped[str | None] = mapped_column(Words(120))  # an import's name
    identity: Mapped[str | None] = mapped_column(Words(64))  # hash of what makes its row one and the same
    state: Mapped[str] = mapped_column(Words(12), default="pending")  # pending, heard
    lease: Mapped[str | None] = mapped_column(Words(64))
    lease_until: Mapped[datetime | None] = mapped_column(UTCTime)
    attempts: Mapped[int] = mapped_column(Whole, default=0)
    heard_at: Mapped[datetime | None] = mapped_column(UTCTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCTime)  # when a person first opened one of its comments

    survey: Mapped[Survey] = relationship()
    service: Mapped[Service] = relationship()
    answers: Mapped[list[Answer]] = relationship(back_populates="response", cascade="all, delete-orphan")
    comments: Mapped[list[Comment]] = relationship(back_populates="response", cascade="all, delete-orphan")
    contact: Mapped[Contact | None] = relationship(back_populates="response", cascade="all, delete-orphan")


class Answer(Base):
    """The answer to one question that is not a comment: a value, chosen options, or short text."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("response_id", "question_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    value: Mapped[int | None] = mapped_column(Whole)
    options: Mapped[list[str] | None] = mapped_column(JSON)
    words: Mapped[str | None] = mapped_column(Words(1000))

    response: Mapped[Response] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()


class Comment(Base):
    """A free-text answer, as it was normalised at the door. Service and day are its response's, kept here to filter by."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("response_id", "question_id"),
        Index("ix_comment_service_id_day", "service_id", "day"),
        Index("ix_comment_day_id", "day", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    day: Mapped[date] = mapped_column(Date, default=UNDATED)
    purpose: Mapped[str | None] = mapped_column(Words(20))
    rating: Mapped[int | None] = mapped_column(Whole)  # good share of the response's csat answer, 0-100, to filter by
    text: Mapped[str] = mapped_column(Words(COMMENT_LIMIT))
    may_quote: Mapped[bool] = mapped_column(Boolean, default=False)  # its writer ticked that we may, without a name

    response: Mapped[Response] = relationship(back_populates="comments")
    question: Mapped[Question] = relationship()
    service: Mapped[Service] = relationship()


class Contact(Base):
    """How a customer may be reached, given with consent; erased with the response."""

    __tablename__ = "contact"

    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(Words(200), default="")
    email: Mapped[str] = mapped_column(Words(255), default="")
    phone: Mapped[str] = mapped_column(Words(40), default="")
    consent: Mapped[bool] = mapped_column(Boolean, default=False)

    response: Mapped[Response] = relationship(back_populates="contact")


class ErasedIdentity(Base):
    """The fingerprint of an erased response, without its words, so that a second import or a resend cannot bring it back."""

    __tablename__ = "erased_identity"

    fingerprint: Mapped[str] = mapped_column(Words(64), primary_key=True)
    day: Mapped[date] = mapped_column(Date)


class ImportRun(Base):
    """One import of a file: what it was called, what came of it, and the report that names the refused rows."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    source: Mapped[str] = mapped_column(Words(120))
    file_name: Mapped[str] = mapped_column(Words(255))
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    report: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
