"""Standards: what the organisation declares, level by level, who agreed, how each month was judged, and what was done about a miss."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.person import Person
from surveyapp.models.service import Service
from surveyapp.models.showing import Measure

GAUGES = ("csat", "rating", "esat", "nps", "promises", "answered", "read", "figure")
"""What a standard can be measured by; see surveyapp.standards.gauges."""


class Standard(Base):
    """A level of service that one node of the tree declares; nodes under it inherit it unless they declare their own.

    Words and levels stand in its versions. A standard is retired, never deleted: its months stay judged.
    """

    __tablename__ = "standard"
    __table_args__ = (Index("ix_standard_service_id", "service_id"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    gauge: Mapped[str] = mapped_column(Words(12))  # one of GAUGES
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))  # for the gauge "figure"
    public: Mapped[bool] = mapped_column(Boolean, default=False)
    retired_from: Mapped[int | None] = mapped_column(Whole)  # the first month that is not judged by it any more
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    service: Mapped[Service] = relationship()
    measure: Mapped[Measure | None] = relationship()
    versions: Mapped[list[StandardVersion]] = relationship(order_by="StandardVersion.number", back_populates="standard")

    @property
    def standing(self) -> list[StandardVersion]:
        """The versions that were not taken back, oldest first; there is always one."""
        return [each for each in self.versions if each.taken_back_at is None]

    @property
    def latest(self) -> StandardVersion:
        """The version that people are asked to agree to."""
        return self.standing[-1]

    def in_month(self, month: int) -> StandardVersion | None:
        """Return the version by which a month is judged, None before the first and once it is retired."""
        if self.retired_from is not None and month >= self.retired_from:
            return None
        begun = [each for each in self.standing if each.from_month <= month]
        return begun[-1] if begun else None


class StandardVersion(Base):
    """The words and the level of a standard from a month on (year * 12 + month - 1). Never changed: a new level is a new version."""

    __tablename__ = "standard_version"
    __table_args__ = (UniqueConstraint("standard_id", "number"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    number: Mapped[int] = mapped_column(Whole)
    from_month: Mapped[int] = mapped_column(Whole)
    sentence: Mapped[str] = mapped_column(Words(200))
    looks_like: Mapped[str] = mapped_column(Words(300))
    not_like: Mapped[str] = mapped_column(Words(300))
    level: Mapped[int] = mapped_column(BigInteger)  # thousandths: of a percent, a point, or the figure's unit
    at_most: Mapped[bool] = mapped_column(Boolean, default=False)
    days: Mapped[int | None] = mapped_column(Whole)  # "within N days", for the gauges that wait
    why: Mapped[str] = mapped_column(Words(400), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCTime)

    standard: Mapped[Standard] = relationship(back_populates="versions")
    writer: Mapped[Person | None] = relationship()


class Agreement(Base):
    """Somebody has read one version of a standard and agrees."""

    __tablename__ = "agreement"

    version_id: Mapped[int] = mapped_column(ForeignKey("standard_version.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)


class Judgement(Base):
    """How one closed month of one node stood against a standard. Never changed: where figures change late, one more row is added.

    `value`, `low` and `high` are thousandths as the level's; None where so few answered that they are not to be seen.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        UniqueConstraint("standard_id", "service_id", "month", "number"),
        Index("ix_judgement_service_id_month", "service_id", "month"),
    )

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("standard_version.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    month: Mapped[int] = mapped_column(Whole)
    number: Mapped[int] = mapped_column(Whole, default=0)  # 0: the first look; more: figures changed afterwards
    verdict: Mapped[str] = mapped_column(Words(8))  # met, missed, few
    n: Mapped[int] = mapped_column(Whole)
    value: Mapped[int | None] = mapped_column(BigInteger)
    low: Mapped[int | None] = mapped_column(BigInteger)
    high: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)

    standard: Mapped[Standard] = relationship()
    version: Mapped[StandardVersion] = relationship()
    service: Mapped[Service] = relationship()


class CorrectiveAction(Base):
    """What is done about a month that missed a standard at a node: by whom, by when, and when it was done."""

    __tablename__ = "corrective_action"
    __table_args__ = (Index("ix_corrective_action_standard_id_service_id", "standard_id", "service_id"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    month: Mapped[int] = mapped_column(Whole)
    what: Mapped[str] = mapped_column(Words(600))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCTime)

    standard: Mapped[Standard] = relationship()
    service: Mapped[Service] = relationship()
    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])


class RaisePutAway(Base):
    """Somebody looked at "raise it?" and left the level of a version as it is, with a reason; asked again after six more months."""

    __tablename__ = "raise_put_away"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("standard_version.id"), index=True)
    month: Mapped[int] = mapped_column(Whole)  # the last month judged by then
    why: Mapped[str] = mapped_column(Words(400))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCTime)
