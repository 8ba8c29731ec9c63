""" "I have read it and agree": who is asked, who has said so for the version that holds, and who has not yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.errors import Conflict, Refused
from surveyapp.models import Agreement, Person, Standard, StandardVersion
from surveyapp.trends import declared

READS_ONLY = frozenset({"executive"})


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far a version is agreed to: who of those whom it concerns has, and who has not, by name."""

    yes: list[Person]
    missing: list[Person]

    @property
    def of(self) -> int:
        """How many are asked."""
        return len(self.yes) + len(self.missing)


def everybody(session: Session) -> Sequence[Person]:
    """Return the people who may be asked, by name."""
    return session.scalars(select(Person).where(Person.active).order_by(Person.name, Person.id)).all()


def asked(person: Person, standard: Standard, standards: Iterable[Standard], month: int) -> bool:
    """Say whether a standard concerns somebody: they work above it or at it, or under it where no nearer one holds instead."""
    if person.duties <= READS_ONLY or standard.retired_from is not None:
        return False
    node = standard.service
    if any(service.holds(node) for service in person.services):
        return True
    month = max(month, standard.latest.from_month)
    return any(
        standard in [each for each, _version in declared.holding(standards, service, month)]
        for service in person.services
        if node.holds(service)
    )


def concerned(session: Session, standard: Standard, standards: Sequence[Standard], month: int) -> list[Person]:
    """Return the people whom a standard concerns, by name."""
    return [each for each in everybody(session) if asked(each, standard, standards, month)]


def standing(
    session: Session, standard: Standard, standards: Iterable[Standard], people: Iterable[Person], month: int
) -> Agreed:
    """Return who agreed to the version that people are asked about now."""
    said = select(Agreement.person_id).where(Agreement.version_id == standard.latest.id)
    agreed = set(session.scalars(said))
    concerned = [each for each in people if asked(each, standard, standards, month)]
    return Agreed(
        [each for each in concerned if each.id in agreed], [each for each in concerned if each.id not in agreed]
    )


def agree(session: Session, standard: Standard, person: Person, version_id: int, *, month: int) -> None:
    """Note that somebody has read the latest version and agrees; twice is once.

    Raises Conflict where there is a newer one than they read, Refused for somebody whom it does not concern.
    """
    if version_id != standard.latest.id:
        raise Conflict(gettext("The standard changed while you were reading it. Read it again, then agree."))
    if not asked(person, standard, declared.every(session), month):
        raise Refused(gettext("This standard concerns other people; nobody asks you to agree to it."))
    session.get(StandardVersion, version_id, with_for_update=True)  # or a double press would be two
    if session.get(Agreement, (version_id, person.id)) is None:
        session.add(Agreement(version_id=version_id, person_id=person.id))
        record(session, person, "agree", standard, version=version_id)


def has_agreed(session: Session, standard: Standard, person: Person) -> bool:
    """Say whether somebody has agreed to the latest version."""
    return session.get(Agreement, (standard.latest.id, person.id)) is not None


def take_back(session: Session, standard: Standard, person: Person) -> None:
    """Take one's own agreement to the latest version back."""
    found = session.get(Agreement, (standard.latest.id, person.id))
    if found is not None:
        session.delete(found)
        record(session, person, "agree no more", standard, version=standard.latest.id)


def waiting(session: Session, person: Person, month: int) -> list[Standard]:
    """Return the standards that somebody is asked to agree to and has not."""
    standards = declared.every(session)
    mine = select(Agreement.version_id).where(Agreement.person_id == person.id)
    agreed = set(session.scalars(mine))
    return [each for each in standards if each.latest.id not in agreed and asked(person, each, standards, month)]
