"""Services: what customers rate, as a tree (organisation > region > branch or desk)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.db import Base, UTCTime, Whole, Words, now


class Service(Base):
    """A node of the tree. `path` holds the ids from the root to the node ("/1/4/"), so that a subtree is a prefix."""

    __tablename__ = "service"
    __table_args__ = (Index("ix_service_path", "path"),)

    id: Mapped[int] = mapped_column(Whole, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    name: Mapped[str] = mapped_column(Words(120))
    path: Mapped[str] = mapped_column(Words(400), default="")
    position: Mapped[int] = mapped_column(Whole, default=0)
    created_at: Mapped[datetime] = mapped_column(UTCTime, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(UTCTime)

    parent: Mapped[Service | None] = relationship(remote_side=[id], back_populates="children")
    children: Mapped[list[Service]] = relationship(back_populates="parent", order_by="Service.position, Service.name")

    @property
    def depth(self) -> int:
        """How many nodes stand above this one; the root has none."""
        return self.path.count("/") - 2

    def holds(self, other: Service) -> bool:
        """Say whether the other node is this one or lies under it."""
        return other.path.startswith(self.path)
