"""What a person sees: the branches of the tree they work for. Everything is fetched through this, so another's id is a 404."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound
from surveyapp.models import Person, Service


@dataclass(frozen=True, slots=True)
class Scope:
    """The subtrees that somebody may see, as path prefixes; the root's ("/1/") is everything. None at all sees nothing."""

    paths: tuple[str, ...]

    @classmethod
    def of(cls, person: Person, session: Session) -> Scope:
        """Return what this person sees: an administrator everything, others their branches."""
        if "administrator" in person.duties:
            return cls.everything(session)
        return cls(tuple(sorted(service.path for service in person.services)))

    @classmethod
    def everything(cls, session: Session) -> Scope:
        """Return the scope of the whole organisation, as a command or the pipeline has it."""
        return cls(tuple(session.scalars(select(Service.path).where(Service.parent_id.is_(None)))))

    def covers(self) -> ColumnElement[bool]:
        """Return the condition on `Service.path` that holds for every node in scope."""
        return or_(*(Service.path.like(f"{path}%") for path in self.paths)) if self.paths else false()

    def services(self) -> Select[int]:
        """Return a query for the ids of every node in scope, to filter other tables by."""
        return select(Service.id).where(self.covers())

    def sees(self, service: Service) -> bool:
        """Say whether one node is in scope."""
        return any(service.path.startswith(path) for path in self.paths)

    def service(self, session: Session, service_id: int) -> Service:
        """Fetch a node. Raises NotFound for one that is not there or not in scope."""
        found = session.get(Service, service_id)
        if found is None or not self.sees(found):
            raise NotFound("There is no such service, or it is not one of yours.")
        return found

    def tree(self, session: Session) -> list[Service]:
        """Return every node in scope in the order of the tree, parents before children, siblings by position and name."""
        nodes = list(session.scalars(select(Service).where(self.covers())))
        key = {node.id: (node.position, node.name, node.id) for node in nodes}
        return sorted(nodes, key=lambda node: [key[i] for i in map(int, node.path.strip("/").split("/")) if i in key])


def within(service_path: str) -> ColumnElement[bool]:
    """Return the condition on `Service.path` for a node and everything under it."""
    return Service.path.like(f"{service_path}%") if service_path else true()
