"""The beginning of an installation: the organisation, the root of its services, its duties and its first themes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts import audit, invitations, people
from surveyapp.models import DUTIES, Duty, Organisation, Person, Service, Theme


@dataclass(frozen=True, slots=True)
class ThemeSeed:
    """A theme to begin with: its name, the words it is known by, and sentences that show it."""

    name: str
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def found(
    session: Session,
    *,
    name: str,
    time_zone: str = "Europe/London",
    themes: Iterable[ThemeSeed] = (),
    demo: bool = False,
) -> Organisation | None:
    """Make the organisation's one row, the root service of the same name, every duty and the first themes.

    Returns None, and changes nothing, where there is an organisation already.
    """
    if session.scalar(select(Organisation.id).limit(1)) is not None:
        return None
    organisation = Organisation(name=name, time_zone=time_zone, demo=demo)
    root = Service(name=name)
    session.add_all([organisation, root])
    session.flush()
    root.path = f"/{root.id}/"
    there = set(session.scalars(select(Duty.name)))
    session.add_all(Duty(name=duty) for duty in DUTIES if duty not in there)
    session.add_all(
        Theme(name=seed.name, words=list(seed.words), examples=list(seed.examples), position=position)
        for position, seed in enumerate(themes)
    )
    audit.record(session, None, "founded", organisation)
    return organisation


def first_administrator(session: Session) -> Person:
    """Add the first administrator, who gives name and address on accepting the invitation, over the whole tree."""
    root = session.scalars(select(Service).where(Service.parent_id.is_(None))).one()
    return people.add(
        session, None, name="First administrator", email=invitations.UNNAMED, duties={"administrator"}, services=[root]
    )


def unclaimed_administrator(session: Session) -> Person | None:
    """Return the first administrator while nobody has accepted their invitation."""
    return session.scalars(select(Person).where(Person.email == invitations.UNNAMED)).first()


def starter_themes() -> list[ThemeSeed]:
    """Return the analysis package's list of themes to begin with."""
    from analysis.text.themes import starter_rows  # noqa: PLC0415 - not needed by web workers

    return [ThemeSeed(row["name"], tuple(row["words"]), tuple(row.get("examples", ()))) for row in starter_rows()]
