"""Recognition: colleagues whom customers praise by name. The machine finds the name, a lead confirms whose it is and passes it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts import outbox
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import Comment, Finding, Person, Recognition, Response, Survey
from surveyapp.sharing import quotes

PAGE = 25


def propose(session: Session, found: Iterable[tuple[Comment, Mapping[str, Any]]]) -> int:
    """Propose whom the findings of comments name with praise; return how many are new. What is known stays as people left it."""
    named = [(comment, each) for comment, body in found for each in body.get("people") or ()]
    if not named:
        return 0
    ids = {comment.id for comment, _each in named}
    known = {(row.comment_id, row.start) for row in session.scalars(_of(ids))}
    secret = set(session.scalars(_confidential(ids)))
    new = [
        Recognition(
            comment_id=comment.id, start=each["start"], end=each["end"], service_id=comment.service_id, day=comment.day,
            name=comment.text[each["start"] : each["end"]][:120],
        )
        for comment, each in named
        if comment.id not in secret and (comment.id, each["start"]) not in known
    ]  # fmt: skip
    session.add_all(new)
    return len(new)


def _of(ids: Iterable[int]) -> Select[Recognition]:
    return select(Recognition).where(Recognition.comment_id.in_(list(ids)))


def _confidential(ids: Iterable[int]) -> Select[int]:
    """Praise in a confidential survey is not passed on: it would show who wrote it."""
    secret = select(Survey.id).where(Survey.confidential)
    asked = Response.id == Comment.response_id
    return select(Comment.id).join(Response, asked).where(Comment.id.in_(list(ids)), Response.survey_id.in_(secret))


def listed(scope: Scope, session: Session, state: str, page: int = 1) -> tuple[list[Recognition], bool]:
    """Return one page of what is in scope and state, the latest first, and whether there is more."""
    wanted = select(Recognition).where(Recognition.state == state, Recognition.service_id.in_(scope.services()))
    wanted = wanted.options(
        joinedload(Recognition.comment), joinedload(Recognition.service), joinedload(Recognition.person)
    )
    wanted = wanted.order_by(Recognition.day.desc(), Recognition.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE)
    rows = list(session.scalars(wanted))
    return rows[:PAGE], len(rows) > PAGE


def fetch(scope: Scope, session: Session, recognition_id: int) -> Recognition:
    """Fetch one for a change, locked. Raises NotFound for one that is not there, not in scope, or erased with its comment."""
    wanted = select(Recognition).where(Recognition.id == recognition_id)
    found = session.scalars(wanted.where(Recognition.service_id.in_(scope.services())).with_for_update()).first()
    if found is None:
        raise NotFound(gettext("This praise is not there any more, or not one of your services'."))
    return found


def confirm(session: Session, praise: Recognition, name: str, person: Person | None, *, by: int) -> None:
    """Confirm whom a customer praised: the name to show, and the colleague where they have an account."""
    shown = " ".join(name.split())
    if not shown:
        raise Invalid(gettext("Write the name as it should be read."), field="name")
    _decide(session, praise, "confirmed", by=by)
    praise.name, praise.person_id = shown[:120], person.id if person else None


def set_aside(session: Session, praise: Recognition, *, by: int) -> None:
    """Say that this is no praise of a colleague."""
    _decide(session, praise, "set aside", by=by)


def take_back(session: Session, praise: Recognition, *, by: int) -> None:
    """Take a decision back, while nothing was passed on."""
    _decide(session, praise, "proposed", by=by)
    praise.person_id = None


def _decide(session: Session, praise: Recognition, state: str, *, by: int) -> None:
    if praise.passed_on_at is not None:
        raise Conflict(gettext("This has been passed on already, so it stays as it is."))
    record(session, by, state, praise, before=praise.state)
    praise.state, praise.decided_by, praise.decided_at = state, by, now()


def pass_on(session: Session, praise: Recognition, *, by: Person, base: str) -> None:
    """Write to the praised colleague, once, with the customer's sentence."""
    if praise.state != "confirmed" or praise.person is None:
        raise Conflict(gettext("Say first which colleague this is."))
    if praise.passed_on_at is not None:
        raise Conflict(gettext("This has been passed on already."))
    said = sentence(session, praise)
    body = gettext(
        "%(name)s,\n\na customer of %(place)s praised you:\n\n“%(said)s”\n\n%(by)s thought that you should know.\n\nAll praise: %(link)s\n",
        name=praise.person.name, place=praise.service.name, said=said, by=by.name, link=f"{base}/recognition",
    )  # fmt: skip
    letter = outbox.post(session, to=praise.person.email, subject=gettext("A customer praised you"), body=body)
    quotes.note(session, letter, [(praise.comment, said)])
    praise.passed_on_by, praise.passed_on_at = by.id, now()
    record(session, by.id, "passed on", praise, to=praise.person_id)


def sentence(session: Session, praise: Recognition) -> str:
    """Return the sentence in which the name stands, personal data covered save this name."""
    finding = session.get(Finding, praise.comment_id)
    start, end = _bounds(finding.body.get("sentences", ()) if finding else (), praise)
    before = quotes.quotable(session, praise.comment, start, praise.start)
    after = quotes.quotable(session, praise.comment, praise.end, end)
    text = praise.comment.text
    left, right = (
        " " if each.isspace() else ""
        for each in (text[praise.start - 1 : praise.start], text[praise.end : praise.end + 1])
    )
    return f"{before}{left}{praise.said}{right}{after}".strip()


def _bounds(sentences: Sequence[Mapping[str, Any]], praise: Recognition) -> tuple[int, int]:
    for each in sentences:
        if each["start"] <= praise.start and praise.end <= each["end"]:
            return int(each["start"]), int(each["end"])
    return praise.start, praise.end
