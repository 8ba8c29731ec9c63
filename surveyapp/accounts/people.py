"""People with accounts: added, changed, deactivated once what they own has been handed over, and let in again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import uuid4

from flask_babel import gettext, ngettext
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveyapp.accounts import audit, sessions
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound, Refused
from surveyapp.models import DUTIES, Duty, Improvement, Organisation, Person, Service


def everybody(session: Session) -> Sequence[Person]:
    """Return all people, the active ones first, by name."""
    return session.scalars(select(Person).order_by(Person.active.desc(), Person.name, Person.id)).all()


def fetch(session: Session, person_id: int) -> Person:
    """Fetch somebody. Raises NotFound."""
    found = session.get(Person, person_id)
    if found is None:
        raise NotFound(gettext("There is no such person."))
    return found


def add(
    session: Session, by: Person | None, *, name: str, email: str, duties: Collection[str],
    services: Collection[Service] = (), demo: bool = False,
) -> Person:  # fmt: skip
    """Add somebody, who cannot sign in before they have chosen a password.

    Raises Conflict where the address has an account, Refused for a demo account outside a demo database, Invalid for duties.
    """
    if demo and not session.scalar(select(Organisation.demo).limit(1)):
        raise Refused(gettext("A demo account can exist in a demo database only."))
    email = email.strip().lower()
    if session.scalar(select(Person.id).where(Person.email == email)) is not None:
        raise Conflict(gettext("That address has an account already."))
    roles = _roles(session, duties)
    person = Person(name=name.strip(), email=email, fs_uniquifier=uuid4().hex, demo=demo, roles=roles)
    person.services = list(services)
    session.add(person)
    audit.record(session, by, "added", person, duties=sorted(duties), services=sorted(each.id for each in services))
    return person


def change(
    session: Session, by: Person, person: Person, *, name: str, duties: Collection[str], services: Collection[Service]
) -> None:
    """Change somebody's name, duties and services. Raises Invalid for duties, Refused for the last administrator's duty."""
    if "administrator" not in duties:
        _keep_an_administrator(session, person)
    before = sorted(person.duties), sorted(each.id for each in person.services)
    person.name = name.strip()
    person.roles = _roles(session, duties)
    person.services = list(services)
    after = sorted(duties), sorted(each.id for each in services)
    audit.record(session, by, "changed", person, duties=[before[0], after[0]], services=[before[1], after[1]])


def owned(session: Session, person: Person) -> Sequence[Improvement]:
    """Return the open improvements that somebody owns or was handed, the oldest first."""
    mine = or_(Improvement.owner_id == person.id, Improvement.handed_to_id == person.id)
    return session.scalars(select(Improvement).where(mine, Improvement.state == "open").order_by(Improvement.id)).all()


def hand_over(session: Session, by: Person, person: Person, to: Person) -> int:
    """Hand every open improvement of somebody to another active person; return how many."""
    if to.id == person.id or not to.active:
        raise Invalid(gettext("Choose somebody else, whose account is active."), field="to")
    improvements = owned(session, person)
    for improvement in improvements:
        if improvement.owner_id == person.id:
            improvement.owner_id = to.id
        if improvement.handed_to_id == person.id:
            improvement.handed_to_id = to.id
        audit.record(session, by, "handed over", improvement, person=[person.id, to.id])
    return len(improvements)


def deactivate(session: Session, by: Person, person: Person) -> None:
    """Shut an account and end its sessions. Raises Refused while open improvements are theirs, or for the last administrator."""
    if n := len(owned(session, person)):
        raise Refused(
            ngettext(
                "%(name)s still owns %(num)d open improvement. Hand it to somebody first.",
                "%(name)s still owns %(num)d open improvements. Hand them to somebody first.",
                n,
                name=person.name,
            )
        )
    _keep_an_administrator(session, person)
    person.active, person.deactivated_at = False, now()
    sessions.revoke_all(session, person)
    audit.record(session, by, "deactivated", person)


def reactivate(session: Session, by: Person, person: Person) -> None:
    """Open an account again; its password is the one it had."""
    person.active, person.deactivated_at = True, None
    audit.record(session, by, "reactivated", person)


def _roles(session: Session, duties: Collection[str]) -> list[Duty]:
    if unknown := set(duties) - set(DUTIES):
        raise Invalid(gettext("There is no duty called %(name)s.", name=", ".join(sorted(unknown))), field="duties")
    roles = list(session.scalars(select(Duty).where(Duty.name.in_(duties)).order_by(Duty.id)))
    missing = set(duties) - {role.name for role in roles}
    return roles + [Duty(name=name) for name in DUTIES if name in missing]


def _keep_an_administrator(session: Session, person: Person) -> None:
    if "administrator" not in person.duties or not person.active:
        return
    others = select(Person.id).where(
        Person.active.is_(True), Person.id != person.id, Person.roles.any(Duty.name == "administrator")
    )
    if session.scalar(others.limit(1)) is None:
        raise Refused(gettext("%(name)s is the last administrator. Make somebody else one first.", name=person.name))
