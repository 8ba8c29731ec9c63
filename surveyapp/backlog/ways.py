"""Ways to do it: a short list of proposed solutions, of which one may be chosen."""

from __future__ import annotations

from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Improvement, Way

MOST = 7
"""A list that is longer is a discussion, which belongs into the notes."""


def propose(session: Session, improvement: Improvement, text: str, *, by: int) -> Way:
    """Add a way. Raises Invalid for nothing, for one that is there already, and when the list is long enough."""
    text = " ".join(text.split())
    if not text:
        raise Invalid("Say in a sentence how it could be done.", field="text")
    if any(each.text.casefold() == text.casefold() for each in improvement.ways):
        raise Invalid("This way is in the list already.", field="text")
    if len(improvement.ways) >= MOST:
        raise Invalid(f"There are {MOST} ways already: take one away first.", field="text")
    made = Way(improvement_id=improvement.id, text=text, by=by)
    improvement.ways.append(made)
    record(session, by, "propose way", improvement, way=_id(session, made))
    return made


def choose(session: Session, improvement: Improvement, way_id: int, *, by: int) -> None:
    """Choose one way, or, where it is the chosen one, none. Raises Conflict for one that is gone."""
    way = _of(improvement, way_id)
    before = next((each.id for each in improvement.ways if each.chosen), None)
    for each in improvement.ways:
        each.chosen = each is way and before != way.id
    record(session, by, "choose way", improvement, way=[before, way.id if way.chosen else None])


def drop(session: Session, improvement: Improvement, way_id: int, *, by: int) -> None:
    """Take a way off the list. Raises Conflict for one that is gone."""
    way = _of(improvement, way_id)
    improvement.ways.remove(way)
    record(session, by, "drop way", improvement, way=way_id)


def _of(improvement: Improvement, way_id: int) -> Way:
    way = next((each for each in improvement.ways if each.id == way_id), None)
    if way is None:
        raise Conflict("Somebody has taken this way off the list. Reload the page to see what is left.")
    return way


def _id(session: Session, way: Way) -> int:
    session.flush()
    return way.id
