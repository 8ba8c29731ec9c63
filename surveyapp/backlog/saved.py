"""Lists that are kept under a name: an address of the backlog without its path, one's own or shared with everybody."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.errors import Invalid, NotFound
from surveyapp.models import Person, SavedFilter

KEPT = ("state", "theme", "owner", "service", "label", "rule", "q", "sort")
"""What of an address is kept: the filters, not the page."""
MOST = 30


def save(session: Session, person: Person, name: str, query: str, *, shared: bool) -> SavedFilter:
    """Keep a list; one of the same name is replaced. Raises Invalid without a name, or when somebody keeps very many."""
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise Invalid("Give the list a short name.", field="name")
    own = select(SavedFilter).where(SavedFilter.person_id == person.id)
    kept = session.scalars(own.where(SavedFilter.name == name)).first()
    if kept is None and (session.scalar(select(func.count()).select_from(own.subquery())) or 0) >= MOST:
        raise Invalid(f"You keep {MOST} lists already: take one away first.", field="name")
    kept = kept or SavedFilter(person_id=person.id, name=name)
    kept.query, kept.shared = cleaned(query), shared
    session.add(kept)
    record(session, person, "save list", kept, shared=shared)
    return kept


def cleaned(query: str) -> str:
    """Return the filters of an address, in one order, without what is empty or none of ours."""
    given = dict(parse_qsl(query))
    return urlencode({name: given[name][:200] for name in KEPT if given.get(name)})[:1000]


def remove(session: Session, person: Person, saved_id: int) -> None:
    """Take away a list of one's own. Raises NotFound for another's."""
    kept = session.get(SavedFilter, saved_id)
    if kept is None or kept.person_id != person.id:
        raise NotFound("There is no such list, or it is somebody else's.")
    record(session, person, "remove list", kept)
    session.delete(kept)


def of(session: Session, person: Person) -> list[SavedFilter]:
    """Return the lists that somebody sees: their own and the shared ones, by name."""
    theirs = or_(SavedFilter.person_id == person.id, SavedFilter.shared)
    return list(
        session.scalars(select(SavedFilter).where(theirs).order_by(func.lower(SavedFilter.name), SavedFilter.id))
    )
