"""What a program reads of the backlog, and what it does there: the acts of people, by the same services, under somebody's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import current_app, g
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.api import schemas
from surveyapp.api.contract import Operation
from surveyapp.api.door import by, serves
from surveyapp.api.paging import PAGES, choice, day, number, of_day, page
from surveyapp.backlog import ledger, linked, outcomes, owning, undo, weighing
from surveyapp.backlog.days import today
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.extensions import session
from surveyapp.hooks.titles import titles
from surveyapp.listening import masking
from surveyapp.models import (
    STATES,
    Comment,
    Finding,
    Improvement,
    Mention,
    Person,
    Response,
    Service,
    Survey,
    WorkLink,
)

Row = dict[str, Any]
ONE = "/improvements/{improvement_id}"
VERSION: Row = {"version": {"type": "integer"}}


@serves(
    Operation(
        "improvements", "get", "/improvements", "read", "The backlog", schemas.page(schemas.IMPROVEMENT),
        (
            *PAGES, choice("state", STATES, "one of"), number("service", "a service's id"), number("theme", "a theme's id"),
            number("owner", "a person's id"),
        ),
    )
)  # fmt: skip
def improvements(
    *, limit: int, cursor: str | None, state: str | None, service: int | None, theme: int | None, owner: int | None
) -> Row:
    """Return improvements, merged ones too, with their weight, promise and outcome."""
    columns = (Improvement.state, Improvement.service_id, Improvement.theme_id, Improvement.owner_id)
    wanted = select(Improvement).options(selectinload(Improvement.promises), selectinload(Improvement.outcomes))
    for column, value in zip(columns, (state, service, theme, owner), strict=True):
        wanted = wanted.where(column == value) if value is not None else wanted
    return page(session(), wanted, Improvement.id, limit=limit, cursor=cursor, shown=shown)


@serves(Operation("improvement", "get", ONE, "read", "One improvement", schemas.IMPROVEMENT))
def improvement(improvement_id: int) -> Row:
    """Return one improvement."""
    return shown([_fetch(improvement_id)])[0]


@serves(
    Operation(
        "mentions", "get", "/mentions", "read", "The sentences behind the backlog", schemas.page(schemas.MENTION),
        (
            *PAGES, number("improvement", "an improvement's id"), number("service", "a service's id"),
            choice("state", ("filed", "dismissed"), "one of"), day("since", "the first day"),
        ),
    )
)  # fmt: skip
def mentions(
    *,
    limit: int,
    cursor: str | None,
    improvement: int | None,
    service: int | None,
    state: str | None,
    since: date | None,
) -> Row:
    """Return mentions, with the customer's words where those are not in confidence."""
    columns = (Mention.improvement_id, Mention.service_id, Mention.state)
    wanted = select(Mention).options(joinedload(Mention.comment))
    for column, value in zip(columns, (improvement, service, state), strict=True):
        wanted = wanted.where(column == value) if value is not None else wanted
    wanted = wanted.where(Mention.day >= since) if since else wanted
    return page(session(), wanted, Mention.id, limit=limit, cursor=cursor, shown=_mentions)


def _act(verb: str, summary: str, body: schemas.Schema) -> Operation:
    return Operation(verb, "post", f"{ONE}/{verb}", "write", summary, schemas.IMPROVEMENT, body=body)


PROMISE = schemas.given(
    ["due_on"], due_on=schemas.maybe(schemas.DAY), sentence=schemas.text(1000), reason=schemas.text(1000), **VERSION
)
DONE = schemas.given(
    ["what", "since"],
    what=schemas.text(2000),
    since=schemas.DAY,
    serves=schemas.many(schemas.ID, maxItems=500),
    **VERSION,
)
REASON = schemas.given(["reason"], reason=schemas.text(2000), **VERSION)
OWNER = schemas.given(["owner"], owner=schemas.maybe(schemas.ID), **VERSION)
LINK = schemas.given(["url"], url=schemas.text(1000), **VERSION)


@serves(_act("promise", "Promise customers a date, change it, or (null) withdraw it", PROMISE))
def promise(improvement_id: int, body: Row) -> Row:
    """Promise a date with the sentence that customers read."""
    words = {"sentence": body.get("sentence", ""), "reason": body.get("reason", "")}
    due_on = _day(body["due_on"], "due_on") if body["due_on"] else None

    def act(found: Improvement) -> None:
        ledger.set_promise(session(), found, due_on, **words, by=by(), today=today(session()))

    return _do("promise", improvement_id, body, act)


@serves(_act("done", "Say that it is done, in effect since a day", DONE))
def done(improvement_id: int, body: Row) -> Row:
    """Mark it done."""
    since, places = _day(body["since"], "since"), body.get("serves", [])

    def act(found: Improvement) -> None:
        serves_ = [_service(each) for each in places]
        outcomes.done(session(), found, what=body["what"], since=since, by=by(), serves=serves_)

    return _do("done", improvement_id, body, act)


@serves(_act("decline", "Decline it with a reason that customers read", REASON))
def decline(improvement_id: int, body: Row) -> Row:
    """Decline it."""
    return _do(
        "decline",
        improvement_id,
        body,
        lambda found: outcomes.decline(session(), found, reason=body["reason"], by=by()),
    )


@serves(_act("reopen", "Open it again", REASON))
def reopen(improvement_id: int, body: Row) -> Row:
    """Open it again."""
    return _do(
        "reopen", improvement_id, body, lambda found: outcomes.reopen(session(), found, reason=body["reason"], by=by())
    )


@serves(_act("owner", "Give it to somebody, or (null) to nobody", OWNER))
def owner(improvement_id: int, body: Row) -> Row:
    """Say who owns it."""
    person = session.get(Person, body["owner"]) if body["owner"] else None
    if body["owner"] and person is None:
        raise Invalid("There is no such person.", field="owner")
    return _do("owner", improvement_id, body, lambda found: owning.own(session(), found, person, by=by()))


@serves(_act("link", "Link the page elsewhere where the work is done", LINK))
def link(improvement_id: int, body: Row) -> Row:
    """Link work that is done elsewhere."""
    return _do("link", improvement_id, body, lambda found: linked.link(session(), found, body["url"], by=by()))


def _do(verb: str, improvement_id: int, body: Row, act: Callable[[Improvement], object]) -> Row:
    """Act as the page does: locked, on the version that the program has seen, noted for undo and in the audit."""
    found = _fetch(improvement_id)
    session.refresh(found, with_for_update={"key_share": True})
    if found.merged_into_id is not None:
        raise Conflict(f"This improvement has been merged into {found.merged_into_id}: act on that one.")
    owning.check_version(found, body.get("version"))
    with undo.recorded(session(), verb, by=by(), improvement=found):
        act(found)
    record(session(), by(), f"api {verb}", g.api_token, improvement=found.id)
    session.flush()
    return shown([found])[0]


def _fetch(improvement_id: int) -> Improvement:
    found = session.get(Improvement, improvement_id)
    if found is None:
        raise NotFound("There is no such improvement.")
    return found


def _service(service_id: int) -> Service:
    found = session.get(Service, service_id) if service_id < 2**31 else None
    if found is None:
        raise Invalid("There is no such service.", field="serves")
    return found


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"“{text}” is no day. Write it like 2026-05-31.", field=field) from None


def shown(rows: Sequence[Improvement]) -> list[Row]:
    """Return improvements as they travel."""
    ids = [each.id for each in rows]
    weights = weighing.of(Scope.everything(session()), session(), ids) if ids else {}
    links: dict[int, list[str]] = {}
    for each in session.scalars(select(WorkLink).where(WorkLink.improvement_id.in_(ids)).order_by(WorkLink.id)):
        links.setdefault(each.improvement_id, []).append(each.url)
    named = titles(session(), rows)
    return [_improvement(each, named[each.id], weights[each.id], links.get(each.id, [])) for each in rows]


def _improvement(found: Improvement, title: str | None, weight: weighing.Weight, links: list[str]) -> Row:
    base = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    return {
        "id": found.id, "title": title, "state": found.state, "service": found.service_id,
        "theme": found.theme_id, "owner": found.owner_id, "handed_to": found.handed_to_id, "merged_into": found.merged_into_id,
        "created_at": found.created_at.isoformat(), "version": found.version, "weight": weight.total,
        "comments": weight.comments, "branches": weight.branches, "links": links, "url": f"{base}/backlog/{found.id}",
        "in_effect_since": found.in_effect_since.isoformat() if found.in_effect_since else None,
        "promise": _promise(found), "outcome": _outcome(found),
    }  # fmt: skip


def _promise(found: Improvement) -> Row | None:
    stands = ledger.standing(found, today(session()))
    if stands is None:
        return None
    return {
        "due_on": stands.due_on.isoformat() if stands.due_on else None, "first": stands.first.isoformat(),
        "standing": stands.word, "sentence": found.promises[-1].sentence,
    }  # fmt: skip


def _outcome(found: Improvement) -> Row | None:
    if not found.outcomes:
        return None
    last = found.outcomes[-1]
    since = last.effective_on.isoformat() if last.effective_on else None
    return {"state": last.state, "words": last.words, "at": last.at.isoformat(), "in_effect_since": since}


def _mentions(rows: Sequence[Mention]) -> list[Row]:
    ids = [each.comment_id for each in rows]
    found = {each.comment_id: each for each in session.scalars(select(Finding).where(Finding.comment_id.in_(ids)))}
    secret = (
        select(Comment.id).join(Comment.response).join(Response.survey).where(Survey.confidential, Comment.id.in_(ids))
    )
    hidden = set(session.scalars(secret))
    return [_mention(each, found.get(each.comment_id), each.comment_id in hidden) for each in rows]


def _mention(mention: Mention, finding: Finding | None, secret: bool) -> Row:
    text = None if secret else masking.covered(mention.comment.text, finding, mention.start, mention.end)
    return {
        "id": mention.id, "comment": mention.comment_id, "improvement": mention.improvement_id, "kind": mention.kind,
        "state": mention.state, "service": mention.service_id, "day": of_day(mention.day), "asked_again": mention.asked_again,
        "text": text,
    }  # fmt: skip
