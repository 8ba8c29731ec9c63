"""Who an improvement belongs to: one owner, and at most one colleague to whom it was handed. Also title, theme, place, remarks."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import searching
from surveyapp.accounts.audit import record
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Improvement, Person, Remark, Service, Theme


def check_version(improvement: Improvement, version: int | None) -> None:
    """Raise Conflict where somebody changed the improvement after the page was drawn."""
    if version is not None and version != improvement.version:
        raise Conflict(
            "Somebody else changed this improvement while you were reading it. "
            "Nothing of yours was saved: open it again, look at what is new, and decide once more."
        )


def own(session: Session, improvement: Improvement, person: Person | None, *, by: int) -> None:
    """Make somebody the owner, or nobody. Raises Invalid for a person who is gone or is no lead."""
    if person is not None and (not person.active or not person.duties & {"lead", "administrator"}):
        raise Invalid(f"{person.name} cannot own improvements: choose somebody who leads a service.", field="owner")
    before, improvement.owner_id = improvement.owner_id, person.id if person else None
    improvement.owner = person
    record(session, by, "own", improvement, owner=[before, improvement.owner_id])


def hand_to(session: Session, improvement: Improvement, person: Person | None, *, by: int) -> None:
    """Hand an improvement to a colleague to get done; the owner keeps it. Raises Invalid for a person who is gone."""
    if person is not None and not person.active:
        raise Invalid(f"{person.name} has no account any more. Choose somebody else.", field="person")
    before, improvement.handed_to_id = improvement.handed_to_id, person.id if person else None
    improvement.handed_to = person
    record(session, by, "hand", improvement, handed_to=[before, improvement.handed_to_id])


def rename(session: Session, improvement: Improvement, title: str, *, by: int) -> None:
    """Give an improvement a title of one's own. Raises Invalid for an empty one."""
    if not title.strip():
        raise Invalid("Give it a short title.", field="title")
    if title.strip() != improvement.title:
        improvement.title, improvement.title_comment_id = title.strip(), None
        searching.learn(session, [improvement.title])
        record(session, by, "rename", improvement)


def place(session: Session, improvement: Improvement, service: Service, theme: Theme | None, *, by: int) -> None:
    """Say which node of the tree and which theme an improvement belongs to."""
    before = (improvement.service_id, improvement.theme_id)
    improvement.service, improvement.service_id = service, service.id
    improvement.theme, improvement.theme_id = theme, theme.id if theme else None
    record(session, by, "place", improvement, service=[before[0], service.id], theme=[before[1], improvement.theme_id])


def remark(session: Session, improvement: Improvement, text: str, *, by: int) -> Remark:
    """Write something for colleagues. Raises Invalid for nothing."""
    if not text.strip():
        raise Invalid("Write something first.", field="text")
    made = Remark(improvement_id=improvement.id, text=text.strip(), by=by)
    improvement.remarks.append(made)
    record(session, by, "remark", improvement)
    return made


def write_by_hand(
    session: Session, title: str, service: Service, *, by: int, theme: Theme | None = None, owner: Person | None = None
) -> Improvement:
    """Write an improvement that no comment asked for (yet). Raises Invalid without a title."""
    if not title.strip():
        raise Invalid("Give it a short title.", field="title")
    made = Improvement(title=title.strip(), service_id=service.id, created_by=by, theme_id=theme.id if theme else None)
    made.owner_id = owner.id if owner else None
    session.add(made)
    record(session, by, "write", made)
    searching.learn(session, [made.title])
    return made


def people(session: Session, *duties: str) -> list[Person]:
    """Return active people with one of these duties (any duty where none is named), by name."""
    everybody = session.scalars(select(Person).where(Person.active).order_by(Person.name, Person.id))
    return [person for person in everybody if not duties or person.duties & set(duties)]
