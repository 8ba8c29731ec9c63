"""Endpoints: added, changed, given a new secret, tried, paused, resumed, removed and brought back by an administrator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.hooks import guard, signing
from surveyapp.hooks.kinds import EVENTS, TEST
from surveyapp.models import HookDelivery, HookEndpoint

BOTH = timedelta(days=1)
"""How long the old secret signs beside the new one."""
PAGE = 30
ENDED = ("delivered", "given up", "withdrawn")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an endpoint is doing: deliveries by state."""

    endpoint: HookEndpoint
    counts: dict[str, int]


def everything(session: Session) -> list[Standing]:
    """Return every endpoint, removed ones last, with how it is doing."""
    counted = select(HookDelivery.endpoint_id, HookDelivery.state, func.count())
    counts: dict[int, dict[str, int]] = {}
    for endpoint_id, state, n in session.execute(counted.group_by(HookDelivery.endpoint_id, HookDelivery.state)):
        counts.setdefault(endpoint_id, {})[state] = n
    last = case((HookEndpoint.removed_at.is_(None), 0), else_=1)
    found = session.scalars(select(HookEndpoint).order_by(last, HookEndpoint.name, HookEndpoint.id))
    return [Standing(each, counts.get(each.id, {})) for each in found]


def fetch(session: Session, hook_id: int) -> HookEndpoint:
    """Fetch an endpoint. Raises NotFound."""
    found = session.get(HookEndpoint, hook_id)
    if found is None:
        raise NotFound("There is no such webhook.")
    return found


def add(
    session: Session,
    name: str,
    url: str,
    events: Sequence[str],
    *,
    words: bool,
    allowed: Sequence[guard.Network],
    by: int,
) -> HookEndpoint:
    """Add an endpoint with a secret of its own, which is shown once. Raises Invalid for an address nothing may be sent to."""
    made = HookEndpoint(secret=signing.new_secret(), created_by=by)
    _set(made, name, url, events, words=words, allowed=allowed)
    session.add(made)
    record(session, by, "added", made, events=made.events, words=words)
    return made


def change(
    session: Session, endpoint: HookEndpoint, name: str, url: str, events: Sequence[str], *, words: bool,
    allowed: Sequence[guard.Network], by: int,
) -> None:  # fmt: skip
    """Change what an endpoint is called, where it is and what it is told. Raises Invalid as `add` does."""
    _set(endpoint, name, url, events, words=words, allowed=allowed)
    record(session, by, "changed", endpoint, events=endpoint.events, words=words)


def rotate(session: Session, endpoint: HookEndpoint, *, by: int) -> str:
    """Make a new secret and return it; the old one signs beside it for a day, so that the receiver can change over."""
    endpoint.old_secret, endpoint.both_until = endpoint.secret, now() + BOTH
    endpoint.secret = signing.new_secret()
    record(session, by, "new secret", endpoint)
    return endpoint.secret


def pause(session: Session, endpoint: HookEndpoint, *, by: int) -> None:
    """Send nothing and gather nothing; what waits goes on waiting."""
    endpoint.paused_for = endpoint.paused_for or "person"
    record(session, by, "paused", endpoint)


def resume(session: Session, endpoint: HookEndpoint, *, by: int) -> None:
    """Let a paused endpoint be told things again, what waited first."""
    endpoint.paused_for, endpoint.failing_since = "", None
    record(session, by, "resumed", endpoint)


def remove(session: Session, endpoint: HookEndpoint, *, by: int) -> None:
    """Take an endpoint away; for thirty days it can be brought back."""
    endpoint.removed_at = endpoint.removed_at or now()
    record(session, by, "removed", endpoint)


def restore(session: Session, endpoint: HookEndpoint, *, by: int) -> None:
    """Bring a removed endpoint back as it was."""
    endpoint.removed_at = None
    record(session, by, "brought back", endpoint)


def test(session: Session, endpoint: HookEndpoint, *, by: int) -> HookDelivery:
    """Let a test go out with the next round. Raises Conflict where nothing is sent at all."""
    _runs(endpoint)
    made = HookDelivery(endpoint_id=endpoint.id, event=TEST, thing="hook_endpoint", thing_id=endpoint.id)
    session.add(made)
    record(session, by, "tried", endpoint)
    return made


def send_again(session: Session, endpoint: HookEndpoint, delivery_id: int, *, by: int) -> None:
    """Let one delivery go out once more, with the same id. Raises NotFound for another endpoint's, Conflict for one on its way."""
    found = session.get(HookDelivery, delivery_id, with_for_update=True)
    if found is None or found.endpoint_id != endpoint.id:
        raise NotFound("There is no such delivery here. The log is kept for thirty days.")
    _runs(endpoint)
    if found.state not in ENDED:
        raise Conflict("This delivery is on its way already.")
    found.state, found.tries, found.next_at, found.error, found.ended_at = "waiting", 0, now(), "", None
    record(session, by, "sent again", endpoint, delivery=delivery_id)


def log(session: Session, endpoint: HookEndpoint, state: str, number: int) -> tuple[list[HookDelivery], int]:
    """Return one page of an endpoint's deliveries, newest first, and how many pages there are; `state` "" is all."""
    wanted = select(HookDelivery).filter_by(endpoint_id=endpoint.id, **({"state": state} if state else {}))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.order_by(HookDelivery.id.desc()).limit(PAGE).offset((number - 1) * PAGE)
    return list(session.scalars(page)), max(1, -(-total // PAGE))


def _set(
    endpoint: HookEndpoint, name: str, url: str, events: Sequence[str], *, words: bool, allowed: Sequence[guard.Network]
) -> None:
    try:
        guard.look(url.strip(), allowed)
    except guard.Refused as error:
        raise Invalid(str(error), field="url") from None
    endpoint.name, endpoint.url, endpoint.words = name.strip(), url.strip(), words
    endpoint.events = [each for each in EVENTS if each in events]


def _runs(endpoint: HookEndpoint) -> None:
    if endpoint.removed_at is not None or endpoint.paused_for:
        raise Conflict("This webhook is paused or removed: resume it first.")
