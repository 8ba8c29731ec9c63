"""People who sign in: their duties, the branches of the tree they work for, their sessions and invitations."""

from __future__ import annotations

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Boolean, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now
from surveyapp.models.service import Service

DUTIES = ("administrator", "builder", "lead", "colleague", "executive")

person_duty = Table(
    "person_duty",
    Base.metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("duty_id", ForeignKey("duty.id", ondelete="CASCADE"), primary_key=True),
)
person_service = Table(
    "person_service",
    Base.metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("service_id", ForeignKey("service.id", ondelete="CASCADE"), primary_key=True),
)


class Duty(Base, RoleMixin):
    """What a person is here to do; one of DUTIES."""

    __tablename__ = "duty"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(40), unique=True)
    description: Mapped[str | None] = mapped_column(Words(255))


class Person(Base, UserMixin):
    """Somebody with an account. The odd column names are the ones that Flask-Security looks for."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    name: Mapped[str] = mapped_column(Words(120))
    email: Mapped[str] = mapped_column(Words(255), unique=True)
    password: Mapped[str | None] = mapped_column(Words(255))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    fs_uniquifier: Mapped[str] = mapped_column(Words(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(Words(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(Words(255))
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    deactivated_at: Mapped[datetime | None] = mapped_column(UTCTime)

    roles: Mapped[list[Duty]] = relationship(secondary=person_duty, lazy="selectin")  # type: ignore[assignment]
    services: Mapped[list[Service]] = relationship(secondary=person_service, lazy="selectin")

    @property
    def duties(self) -> frozenset[str]:
        """The names of this person's duties."""
        return frozenset(role.name for role in self.roles)


class LoginSession(Base):
    """A signed-in browser. The cookie holds a token, this row its hash, so a copied cookie dies with the row."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(Words(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    last_seen_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCTime)


class Invitation(Base):
    """A one-time link with which an invited person chooses a password; stored hashed, with an end."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(Words(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UTCTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCTime)
