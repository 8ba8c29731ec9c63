"""Taking letters back out of the outbox: of who wants no more, and of who erased what they wrote."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.models import Improvement, Letter, Notice, Unsubscribed

UNSENT = ("waiting", "failed")


def unsubscribe(session: Session, person: str, *, today: date) -> None:
    """Write to somebody no more: for good, and letters that still wait are taken out of the outbox. Twice is once."""
    if session.get(Unsubscribed, person) is None:
        session.add(Unsubscribed(person=person, day=today))
        session.flush()
    theirs = select(Letter).join(Notice, Notice.letter_id == Letter.id).where(Notice.person == person)
    for letter in session.scalars(theirs.where(Letter.state.in_(UNSENT))):
        session.delete(letter)


def forget(session: Session, response_id: int) -> None:
    """Take an erased response out of the outbox: letters that wait go, and of those that went the address and the words."""
    theirs = select(Letter).join(Notice, Notice.letter_id == Letter.id).where(Notice.response_id == response_id)
    for letter in session.scalars(theirs):
        if letter.state in UNSENT:
            session.delete(letter)
        else:
            letter.to = letter.subject = letter.body = letter.unsubscribe = ""


def unsent(session: Session, improvement: Improvement) -> list[tuple[Notice, Letter]]:
    """Return an improvement's letters that have not left yet, with the rows that claim their readers."""
    found = select(Notice, Letter).join(Letter, Letter.id == Notice.letter_id)
    found = found.where(Notice.improvement_id == improvement.id, Letter.state.in_(UNSENT)).order_by(Notice.id)
    return [(notice, letter) for notice, letter in session.execute(found)]


def take_back(session: Session, improvement: Improvement, *, by: int) -> int:
    """Take an improvement's letters out of the outbox before they leave; their readers can be told another time. Return how many."""
    taken = unsent(session, improvement)
    for notice, letter in taken:
        session.delete(notice)
        session.delete(letter)
    record(session, by, "took letters back", improvement, letters=len(taken))
    return len(taken)
