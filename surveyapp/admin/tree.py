"""The tree of services: added to, renamed, moved, closed and opened again."""

from __future__ import annotations

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.accounts import audit
from surveyapp.accounts.scope import within
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, Refused
from surveyapp.models import Person, Service, Survey

DEEPEST = 8


def add(session: Session, by: Person | None, *, name: str, parent: Service) -> Service:
    """Add a service under another. Raises Refused under a closed one or too deep, Conflict for a sibling's name."""
    _may_hold(parent)
    _unique(session, name, parent)
    place = session.scalar(select(func.max(Service.position)).where(Service.parent_id == parent.id))
    made = Service(name=name.strip(), parent=parent, position=(place or 0) + 1)
    session.add(made)
    session.flush()
    made.path = f"{parent.path}{made.id}/"
    audit.record(session, by, "added", made, parent=parent.id)
    return made


def rename(session: Session, by: Person, service: Service, name: str) -> None:
    """Give a service another name. Raises Conflict for a sibling's."""
    if service.parent is not None:
        _unique(session, name, service.parent, but=service)
    service.name = name.strip()
    audit.record(session, by, "renamed", service)


def move(session: Session, by: Person, service: Service, parent: Service) -> None:
    """Put a service and everything under it under another node. Raises Invalid for the root or a node under itself."""
    if service.parent_id == parent.id:
        return
    if service.parent is None or service.holds(parent):
        raise Invalid(gettext("A service cannot stand under itself. Choose another place."), field="parent")
    _may_hold(parent)
    _unique(session, service.name, parent)
    before, old = service.parent_id, service.path
    new = f"{parent.path}{service.id}/"
    for node in session.scalars(select(Service).where(within(old))).all():
        node.path = new + node.path.removeprefix(old)
    service.parent = parent
    audit.record(session, by, "moved", service, parent=[before, parent.id])


def close(session: Session, by: Person, service: Service) -> None:
    """Close a service: it keeps its history and is no longer offered. Raises Refused while something under it is open."""
    if service.parent_id is None:
        raise Refused(gettext("The whole organisation cannot be closed."))
    under = select(Service.id).where(Service.parent_id == service.id, Service.closed_at.is_(None))
    if session.scalar(under.limit(1)) is not None:
        raise Refused(gettext("Close the services under %(name)s first.", name=service.name))
    open_survey = select(Survey.id).where(Survey.service_id == service.id, Survey.state == "open")
    if session.scalar(open_survey.limit(1)) is not None:
        raise Refused(gettext("%(name)s still has an open survey. Close that first.", name=service.name))
    service.closed_at = now()
    audit.record(session, by, "closed", service)


def reopen(session: Session, by: Person, service: Service) -> None:
    """Open a service again. Raises Refused while the one above it is closed."""
    if service.parent is not None:
        _may_hold(service.parent)
    service.closed_at = None
    audit.record(session, by, "re-opened", service)


def _may_hold(parent: Service) -> None:
    if parent.closed_at is not None:
        raise Refused(gettext("%(name)s is closed. Open it first.", name=parent.name))
    if parent.depth + 1 >= DEEPEST:
        raise Refused(gettext("The tree cannot be deeper than %(n)d levels.", n=DEEPEST))


def _unique(session: Session, name: str, parent: Service, *, but: Service | None = None) -> None:
    same = select(Service.id).where(Service.parent_id == parent.id, Service.name == name.strip())
    if but is not None:
        same = same.where(Service.id != but.id)
    if session.scalar(same.limit(1)) is not None:
        raise Conflict(gettext("There is a %(name)s under %(parent)s already.", name=name.strip(), parent=parent.name))
