"""Rollups: whole numbers by service, local day and key. Charts read these and nothing else; only surveyapp.rollups writes them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.db import Base, Whole, Words


class Rollup(Base):
    """How often something happened at a service on a day.

    | fact | purpose | key | n counts |
    | --- | --- | --- | --- |
    | response | "" | channel | responses |
    | rating | csat, nps, ... | scale and value, "1-5:4" | answers |
    | segment | question line | option | responses |
    | comment | experience, suggestion, "" | label, or "unread" | comments |
    | kind | same | a kind | comments with a sentence of the kind |
    | theme | same | theme id and label, "7:negative" | comments |
    | mention | same | improvement id | mentions |
    | poor | same | improvement id | mentions by customers who rated the service poor |
    | verdict | "" | improvement id and verdict, "12:partly" | customers who say whether it helped, by the day they said it |

    `month` is year * 12 + month - 1, and 0 for what has no day.
    """

    __tablename__ = "rollup"
    __table_args__ = (
        Index("ix_rollup_fact_month_service_id", "fact", "month", "service_id"),
        Index("ix_rollup_fact_key", "fact", "key"),
    )

    fact: Mapped[str] = mapped_column(Words(12), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    purpose: Mapped[str] = mapped_column(Words(36), primary_key=True)
    key: Mapped[str] = mapped_column(Words(80), primary_key=True)
    month: Mapped[int] = mapped_column(Whole)
    n: Mapped[int] = mapped_column(Whole)


class PeriodRollup(Base):
    """The rollups summed over a month (`period` as `Rollup.month`) and over a week (its number from the first Monday on), for everybody
    (`segment` "") and for each group of customers that an answer tells apart ("question line:option").

    Trends read these: as many rows as there are months, however many responses there were.
    """

    __tablename__ = "period_rollup"
    __table_args__ = ({"sqlite_with_rowid": False},)

    fact: Mapped[str] = mapped_column(Words(12), primary_key=True)
    grain: Mapped[str] = mapped_column(Words(5), primary_key=True)  # month, week
    segment: Mapped[str] = mapped_column(Words(120), primary_key=True)
    purpose: Mapped[str] = mapped_column(Words(36), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    period: Mapped[int] = mapped_column(Whole, primary_key=True)
    key: Mapped[str] = mapped_column(Words(80), primary_key=True)
    n: Mapped[int] = mapped_column(Whole)


class Tally(Base):
    """What erased responses counted for, with nothing that leads back to them; a rebuild adds these, so totals stay."""

    __tablename__ = "tally"

    fact: Mapped[str] = mapped_column(Words(12), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    purpose: Mapped[str] = mapped_column(Words(36), primary_key=True)
    key: Mapped[str] = mapped_column(Words(80), primary_key=True)
    segment: Mapped[str] = mapped_column(Words(120), primary_key=True, default="")
    n: Mapped[int] = mapped_column(Whole)


class ImprovementCount(Base):
    """How often and how lately an improvement was mentioned at a service: the mention rollups, summed for the backlog's list."""

    __tablename__ = "improvement_count"

    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    n: Mapped[int] = mapped_column(Whole)
    poor: Mapped[int] = mapped_column(Whole, default=0)  # of them from customers who rated the service poor
    undated: Mapped[int] = mapped_column(Whole, default=0)
    last_day: Mapped[date] = mapped_column(Date)
