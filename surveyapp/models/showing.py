"""What the page of trends keeps: stored computations, signals, imported figures, subscriptions, questions, and closed months."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.person import Person
from surveyapp.models.service import Service

BETTER = ("more", "less", "neither")
PART = 1000
"""Figures and standards are kept in thousandths, as whole numbers: sums of floats depend on their order."""


class Computed(Base):
    """What costs too much for a request: figures of a node and a span of months, computed by the clock and stored.

    `basis` says what they were computed from; as long as it is the same, they are not computed again.
    """

    __tablename__ = "computed"

    name: Mapped[str] = mapped_column(Words(20), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    span: Mapped[int] = mapped_column(Whole, primary_key=True)
    basis: Mapped[str] = mapped_column(Words(64))
    version: Mapped[int] = mapped_column(Whole)  # the rollups' counter
    body: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Signal(Base):
    """A theme or a sentiment that moved beyond noise at a node, noticed in the week that begins on `week`; told once."""

    __tablename__ = "signal"
    __table_args__ = (UniqueConstraint("service_id", "series", "week"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    series: Mapped[str] = mapped_column(Words(40))  # "theme:7", "sentiment:negative"
    week: Mapped[date] = mapped_column(Date)
    since: Mapped[date] = mapped_column(Date)
    direction: Mapped[str] = mapped_column(Words(4))  # more, less
    observed: Mapped[int] = mapped_column(Whole)
    expected: Mapped[int] = mapped_column(Whole)  # rounded
    comments: Mapped[int] = mapped_column(Whole)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    service: Mapped[Service] = relationship()


class Measure(Base):
    """Something counted elsewhere, month by month: income, staff who left, days of sickness. `unit` is a currency or a word.

    `explains` marks operational figures: laid under a chart to explain it, never scored.
    """

    __tablename__ = "measure"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(80), unique=True)
    unit: Mapped[str] = mapped_column(Words(20))
    better: Mapped[str] = mapped_column(Words(8), default="neither")  # one of BETTER
    adds: Mapped[bool] = mapped_column(Boolean, default=True)  # a node is the sum of its branches, else their mean
    explains: Mapped[bool] = mapped_column(Boolean, default=False)
    standard: Mapped[int | None] = mapped_column(BigInteger)  # thousandths, for a node's month
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class MonthlyFigure(Base):
    """One measure of one service in one month (year * 12 + month - 1), in thousandths of its unit."""

    __tablename__ = "monthly_figure"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[int] = mapped_column(Whole, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Subscription(Base):
    """Somebody who is mailed a node's page on the first working day of a month; `sent_month` is the last month they had."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("person_id", "service_id"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    span: Mapped[int] = mapped_column(Whole, default=24)
    sent_month: Mapped[int] = mapped_column(Whole, default=0)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    person: Mapped[Person] = relationship()
    service: Mapped[Service] = relationship()


class Enquiry(Base):
    """A question about a chart, asked with the very view (`query`) that raised it, and its answer, which stands under the chart."""

    __tablename__ = "enquiry"
    __table_args__ = (Index("ix_enquiry_service_id_chart", "service_id", "chart"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    chart: Mapped[str] = mapped_column(Words(40))
    query: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    question: Mapped[str] = mapped_column(Words(2000))
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    answer: Mapped[str] = mapped_column(Words(4000), default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCTime)

    service: Mapped[Service] = relationship()
    asker: Mapped[Person] = relationship(foreign_keys=[by])
    answerer: Mapped[Person | None] = relationship(foreign_keys=[answered_by])


class ClosedFigure(Base):
    """What a service's own figure of a closed month was when last looked at, so that no change goes unseen."""

    __tablename__ = "closed_figure"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[int] = mapped_column(Whole, primary_key=True)
    figure: Mapped[str] = mapped_column(Words(100), primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)


class LateChange(Base):
    """A figure of a closed month that changed afterwards: what it was, what it is, and why. Never changed or removed."""

    __tablename__ = "late_change"
    __table_args__ = (Index("ix_late_change_service_id_month", "service_id", "month"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    month: Mapped[int] = mapped_column(Whole)
    figure: Mapped[str] = mapped_column(Words(100))
    before: Mapped[int] = mapped_column(BigInteger)
    after: Mapped[int] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column(Words(400), default="")
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
