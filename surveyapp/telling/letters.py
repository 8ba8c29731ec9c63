"""Letters to customers who gave an address and their consent: one for each person, improvement and state, seen by a lead before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from surveyapp.accounts import outbox, screen
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.answering.story import Fate, fate
from surveyapp.backlog.mentions import family
from surveyapp.errors import Conflict
from surveyapp.models import Comment, Contact, Improvement, Mention, Notice, Response, Service, Unsubscribed
from surveyapp.telling.addresses import person_of

TOLD = ("promised", "done", "declined")
"""The states of which customers are told; being looked at is no news."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to write to: the address, the person's hash, and the latest response of theirs that asks for it."""

    address: str
    person: str
    response_id: int
    day: date
    service: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a lead looks at before anything is sent: the state told of, who gets it, and who does not and why."""

    fate: Fate
    recipients: list[Recipient]
    told: int
    unsubscribed: int

    @property
    def state(self) -> str:
        """The state told of."""
        return self.fate.state

    @property
    def mark(self) -> str:
        """What makes this preview this preview: other words or other people give another mark."""
        said = f"{self.fate}\0" + "\0".join(sorted(each.person for each in self.recipients))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Links:
    """How addresses are made: a response's page from its id, and the way out from a person's hash."""

    page: Callable[[int], str]
    leave: Callable[[str], str]


def preview(scope: Scope, session: Session, improvement: Improvement, keys: Mapping[str, str]) -> Preview | None:
    """Return what would be sent to whom just now, or None while there is nothing to tell."""
    told_of = fate(improvement)
    if told_of.state not in TOLD:
        return None
    everybody = _everybody(scope, session, improvement, keys)
    told = set(session.scalars(select(Notice.person).where(_same(improvement, told_of.state))))
    gone = set(session.scalars(select(Unsubscribed.person))) & everybody.keys()
    left = [each for person, each in everybody.items() if person not in told | gone]
    return Preview(told_of, left, len(told & everybody.keys()), len(gone - told))


def send(session: Session, improvement: Improvement, seen: Preview, mark: str, *, links: Links, by: int) -> int:
    """Write the letters that were previewed into the outbox; return how many. The caller holds the improvement's lock.

    Each person is claimed by a row of their own first. Raises Conflict where the words or the people are others by now.
    """
    if seen.mark != mark:
        raise Conflict(gettext("The words or the people have changed since you looked. Look at the letter once more."))
    for each in seen.recipients:
        notice = Notice(
            improvement_id=improvement.id, state=seen.state, person=each.person, response_id=each.response_id, by=by
        )
        session.add(notice)
        session.flush()
        leave = links.leave(each.person)
        letter = outbox.post(
            session, to=each.address, subject=subject(seen.fate), unsubscribe=leave,
            body=body(seen.fate, each, links.page(each.response_id), leave),
        )  # fmt: skip
        session.flush()
        notice.letter_id = letter.id
    record(session, by, "told", improvement, state=seen.state, letters=len(seen.recipients))
    return len(seen.recipients)


def subject(told_of: Fate) -> str:
    """Return a letter's subject."""
    name = screen.organisation_name()
    if told_of.state == "done":
        return gettext("What you asked %(name)s for is done", name=name)
    if told_of.state == "promised":
        return gettext("%(name)s promises what you asked for", name=name)
    return gettext("An answer from %(name)s to what you asked for", name=name)


def body(told_of: Fate, to: Recipient, page: str, leave: str) -> str:
    """Return a letter's text. It holds none of the customer's words: letters are read over shoulders."""
    wrote = gettext("On %(day)s you wrote to us about %(service)s.", day=screen.day(to.day), service=to.service)
    ask = gettext("Did it help you? You can say so here, and see everything that became of what you wrote:")
    look = gettext("Here you can see what became of everything you wrote, and answer us:")
    leaving = gettext("You get this because you gave us your address for it. To get no more such letters:")
    return "\n\n".join(
        (
            wrote,
            "\n".join(filter(None, (_news(told_of), told_of.words))),
            f"{ask if told_of.state == 'done' else look}\n{page}",
            screen.organisation_name(),
            f"-- \n{leaving}\n{leave}\n",
        )
    )


def _news(told_of: Fate) -> str:
    if told_of.state == "done":
        return gettext("It is done, in effect since %(day)s.", day=screen.day(told_of.on))
    if told_of.state == "promised":
        return gettext("We promise it for %(day)s.", day=screen.day(told_of.on))
    return gettext("It is not possible. The reason:")


def _same(improvement: Improvement, state: str) -> ColumnElement[bool]:
    return (Notice.improvement_id == improvement.id) & (Notice.state == state)


def _everybody(
    scope: Scope, session: Session, improvement: Improvement, keys: Mapping[str, str]
) -> dict[str, Recipient]:
    """Return everybody in scope who asked for it, agreed to be written to, and has a code by which to come back."""
    asked = (
        select(Contact.email, Response.id, Response.day, Service.name)
        .join(Response, Response.id == Contact.response_id)
        .join(Service, Service.id == Response.service_id)
        .join(Comment, Comment.response_id == Response.id)
        .join(Mention, Mention.comment_id == Comment.id)
        .where(Mention.improvement_id.in_(family(session, improvement.id)), Mention.state == "filed")
        .where(Mention.customer_says.is_distinct_from("no"), Mention.service_id.in_(scope.services()))
        .where(Contact.consent, Contact.email != "", Response.code_hash.is_not(None))
        .order_by(Response.id)
    )
    found: dict[str, Recipient] = {}
    for address, response_id, day, service in session.execute(asked):
        person = person_of(keys, address)
        found[person] = Recipient(address.strip(), person, response_id, day, service)
    return found
