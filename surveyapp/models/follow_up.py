"""Winning back: follow-ups of unhappy customers, what was tried, what was given, and by which rules they open."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import UNDATED, Base, BigId, UTCTime, Whole, Words, now
from surveyapp.models.person import Person
from surveyapp.models.response import Response
from surveyapp.models.service import Service

CAUSES = ("urgent", "complaint", "rating")
OUTCOMES = ("won back", "not won back", "not reached", "nothing to do", "erased")


class FollowUp(Base):
    """An unhappy customer to win back; one response has at most one, so that hearing it again opens none twice.

    An urgent one (`urgent` names why) stays on top until somebody acknowledged it, and its words are kept past their term until
    somebody released it. When its writer erases the response, the row stays without a word and without a way back.
    `told_at` and `erasure_told_at` say when the named person was written to. `version` counts changes.
    """

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    response_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("response.id", ondelete="SET NULL"), unique=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    day: Mapped[date] = mapped_column(Date, default=UNDATED)
    cause: Mapped[str] = mapped_column(Words(20))  # one of CAUSES
    channel: Mapped[str] = mapped_column(
        Words(12), default=""
    )  # how the customer wants to be reached: phone, e-mail, ""
    state: Mapped[str] = mapped_column(Words(12), default="open")  # open, closed
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UTCTime)
    verdict: Mapped[str | None] = mapped_column(Words(12))  # yes, partly, no
    verdict_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the customer said it themselves
    verdict_at: Mapped[datetime | None] = mapped_column(UTCTime)
    outcome: Mapped[str | None] = mapped_column(Words(20))  # one of OUTCOMES
    closing: Mapped[str] = mapped_column(Words(1000), default="")
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UTCTime)
    urgent: Mapped[list[str]] = mapped_column(JSON, default=list)  # types of urgent words; empty: it is not
    urgent_at: Mapped[datetime | None] = mapped_column(UTCTime, index=True)
    told_at: Mapped[datetime | None] = mapped_column(UTCTime)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UTCTime)
    acknowledgement: Mapped[str] = mapped_column(Words(1000), default="")
    released_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime | None] = mapped_column(UTCTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCTime)
    erasure_told_at: Mapped[datetime | None] = mapped_column(UTCTime)
    version: Mapped[int] = mapped_column(Whole)

    response: Mapped[Response | None] = relationship()
    service: Mapped[Service] = relationship()
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])
    acknowledger: Mapped[Person | None] = relationship(foreign_keys=[acknowledged_by])
    attempts: Mapped[list[Attempt]] = relationship(order_by="Attempt.id", cascade="all, delete-orphan")
    given: Mapped[list[Given]] = relationship(order_by="Given.id", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict

    @property
    def waits(self) -> bool:
        """Whether it is urgent, still there to be read, and nobody has acknowledged it."""
        return self.urgent_at is not None and self.acknowledged_at is None and self.erased_at is None


class Attempt(Base):
    """One attempt to reach a customer ("I called"). Never changed, save that an erasure takes its words."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id", ondelete="CASCADE"), index=True)
    how: Mapped[str] = mapped_column(Words(12))  # phone, e-mail, letter, in person
    result: Mapped[str] = mapped_column(Words(20))  # spoke, message left, no answer, wrong address
    note: Mapped[str] = mapped_column(Words(1000), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    person: Mapped[Person | None] = relationship()


class Gesture(Base):
    """Something that the front line may give an unhappy customer without asking. Money is in hundredths of the currency."""

    __tablename__ = "gesture"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(120), unique=True)
    most: Mapped[int] = mapped_column(Whole, default=0)  # what one may cost
    times: Mapped[int] = mapped_column(Whole, default=1)  # how often one customer may get it
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class Given(Base):
    """A gesture that one customer was given, and what it cost in hundredths of the currency. Never changed."""

    __tablename__ = "given"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id", ondelete="CASCADE"), index=True)
    gesture_id: Mapped[int] = mapped_column(ForeignKey("gesture.id"))
    cost: Mapped[int] = mapped_column(Whole, default=0)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    gesture: Mapped[Gesture] = relationship()
    person: Mapped[Person | None] = relationship()


class RecoveryRule(Base):
    """The one row that says when a follow-up opens, and by when it is due. Missing, the defaults of surveyapp.recovery.rules hold."""

    __tablename__ = "recovery_rule"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    worst_points: Mapped[dict[str, int]] = mapped_column(
        JSON, default=dict
    )  # {"csat 1-5": 2}: the two worst points open one
    complaints: Mapped[bool] = mapped_column(Boolean, default=True)
    without_contact: Mapped[bool] = mapped_column(Boolean, default=False)
    recent_days: Mapped[int] = mapped_column(Whole, default=14)
    answer_hours: Mapped[int] = mapped_column(Whole, default=16)
    urgent_hours: Mapped[int] = mapped_column(Whole, default=2)
    week: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)  # {"0": ["09:00", "17:00"]}, Monday is 0
    holidays: Mapped[list[str]] = mapped_column(JSON, default=list)  # ISO days
    currency: Mapped[str] = mapped_column(Words(8), default="£")
    urgent_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class UrgentContact(Base):
    """Who hears of urgent words at one node of the tree and below it, where that is not the organisation's named person."""

    __tablename__ = "urgent_contact"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    service: Mapped[Service] = relationship()
    person: Mapped[Person] = relationship()
