"""Sending what waits, as the clock does it, never a web worker: each delivery is marked before the receiver gets it.

After a crash in between it is sent again with the same id, since only the receiver can know whether it came. An endpoint that
fails is left alone for the rest of the round; one that fails for days, or says that it is gone, is paused and administrators told.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveyapp.accounts import outbox
from surveyapp.accounts.audit import record
from surveyapp.backlog.days import today
from surveyapp.db import Database, now
from surveyapp.hooks import backoff, bodies, guard, noticing, opening, signing, wire
from surveyapp.hooks.kinds import ISSUE
from surveyapp.models import HookDelivery, HookEndpoint, Organisation, Person

AT_ONCE = 4
"""Endpoints that are served side by side."""
ROUND = 25.0
"""Seconds that one endpoint may take of a round: the clock has more to do."""
LOST = timedelta(minutes=5)
"""After which a delivery that was handed over and not answered waits again: the process died in between."""
FAILS = timedelta(days=3)
"""An endpoint that has failed for so long is paused."""
KEPT = timedelta(days=30)
"""How long the log and removed endpoints stay."""
GONE = 410


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves the house: a delivery's id, its endpoint's address, and the signed body."""

    delivery_id: int
    url: str
    body: bytes
    headers: Mapping[str, str]


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Send what is due; return what the page of jobs shows."""
    allowed = guard.networks(config.get("HOOKS_ALLOW", ()))
    base = str(config["PUBLIC_URL"]).rstrip("/")
    due = _due(database)
    if not due:
        return {"sent": 0, "failed": 0}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ended = list(pool.map(lambda endpoint: serve(database, endpoint, base, allowed), due))
    return {"sent": sum(each[0] for each in ended), "failed": sum(each[1] for each in ended)}


def watch(database: Database, _config: Mapping[str, Any]) -> dict[str, Any]:
    """Notice what no act tells of, promises that have broken, and clear the log of what is old."""
    with database.write() as session:
        if session.scalar(select(Organisation.id)) is None:
            return {"skipped": "not set up yet"}
        old = now() - KEPT
        session.execute(delete(HookDelivery).where(HookDelivery.ended_at < old))
        session.execute(delete(HookEndpoint).where(HookEndpoint.removed_at < old))
        return {"broken promises": noticing.broken(session, today(session))}


def serve(database: Database, endpoint_id: int, base: str, allowed: Sequence[guard.Network]) -> tuple[int, int]:
    """Send what is due to one endpoint, oldest first, until one fails or the round is over; return (sent, failed)."""
    sent, until = 0, time.monotonic() + ROUND
    while time.monotonic() < until and (parcel := _hand_over(database, endpoint_id, base)) is not None:
        if not parcel.body:
            continue
        if not _deliver(database, parcel, allowed):
            return sent, 1
        sent += 1
    return sent, 0


def _due(database: Database) -> list[int]:
    """Return the endpoints for which something is due; what was lost on its way waits again first."""
    lost = (HookDelivery.state == "handed over") & (HookDelivery.handed_over_at < now() - LOST)
    waiting = (HookDelivery.state == "waiting") & (HookDelivery.next_at <= now())
    on = (HookEndpoint.paused_for == "") & HookEndpoint.removed_at.is_(None)
    with database.read() as session:
        wanted = select(HookDelivery.endpoint_id).join(HookDelivery.endpoint).where(on, lost | waiting).distinct()
        found = list(session.scalars(wanted.order_by(HookDelivery.endpoint_id)))
    if found:
        with database.write() as session:
            again = update(HookDelivery).where(lost)
            session.execute(again.values(state="waiting", error="the server stopped while it was being sent"))
    return found


def _hand_over(database: Database, endpoint_id: int, base: str) -> Parcel | None:
    """Mark the oldest delivery that is due and return it; its body is empty where what it was about is gone."""
    with database.write() as session:
        endpoint = session.get(HookEndpoint, endpoint_id)
        if endpoint is None or endpoint.paused_for or endpoint.removed_at:
            return None
        due = select(HookDelivery).filter_by(endpoint_id=endpoint_id, state="waiting")
        due = due.where(HookDelivery.next_at <= now()).order_by(HookDelivery.next_at, HookDelivery.id).limit(1)
        delivery = session.scalar(due.with_for_update(skip_locked=True))
        if delivery is None:
            return None
        body = bodies.body(session, delivery, base)
        if body is None:
            delivery.state, delivery.ended_at = "withdrawn", now()
            return Parcel(delivery.id, endpoint.url, b"", {})
        delivery.state, delivery.handed_over_at, delivery.tries = "handed over", now(), delivery.tries + 1
        stamp = int(now().timestamp())
        signed = signing.headers(delivery.message, stamp, body, keys(endpoint))
        return Parcel(
            delivery.id, endpoint.url, body, {"Content-Type": "application/json", "User-Agent": "Heed", **signed}
        )


def keys(endpoint: HookEndpoint) -> list[str]:
    """Return the secrets that sign: the newest, and for a while the one before it."""
    both = endpoint.both_until is not None and endpoint.both_until > now() and endpoint.old_secret
    return [endpoint.secret, endpoint.old_secret] if both else [endpoint.secret]


def _deliver(database: Database, parcel: Parcel, allowed: Sequence[guard.Network]) -> bool:
    answer, error = None, ""
    try:
        answer = wire.post(guard.check(parcel.url, allowed), parcel.body, parcel.headers)
    except (guard.Refused, wire.Unsent) as fault:
        error = str(fault)
    with database.write() as session:
        delivery = session.get(HookDelivery, parcel.delivery_id, with_for_update=True)
        if delivery is None:
            return False
        if answer is not None and 200 <= answer.status < 300:
            _delivered(session, delivery, answer)
            return True
        _failed(session, delivery, answer, error)
        return False


def _delivered(session: Session, delivery: HookDelivery, answer: wire.Answer) -> None:
    delivery.state, delivery.status, delivery.error, delivery.ended_at = "delivered", answer.status, "", now()
    delivery.endpoint.failing_since = None
    if delivery.event == ISSUE:
        delivery.error = opening.link(session, delivery.thing_id, answer.body)


def _failed(session: Session, delivery: HookDelivery, answer: wire.Answer | None, error: str) -> None:
    endpoint, moment = delivery.endpoint, now()
    delivery.status, delivery.error = (answer.status if answer else None), error or _said(answer)
    if delivery.tries >= backoff.MOST_TRIES:
        delivery.state, delivery.ended_at = "given up", moment
    else:
        asked = answer.wait if answer else 0
        delivery.state, delivery.next_at = "waiting", moment + backoff.wait(delivery.tries, at_least=asked)
    endpoint.failing_since = endpoint.failing_since or moment
    if answer is not None and answer.status == GONE:
        _pause(session, endpoint, "gone")
    elif moment - endpoint.failing_since > FAILS:
        _pause(session, endpoint, "failing")


def _said(answer: wire.Answer | None) -> str:
    """Say in words what a status that is no success means. What else the receiver said is not kept: it may repeat words."""
    if answer is not None and 300 <= answer.status < 400:
        return "it sends us elsewhere, and we do not follow: enter the address at which it takes posts"
    return "it did not accept this" if answer is not None and answer.status < 500 else "it has trouble of its own"


def _pause(session: Session, endpoint: HookEndpoint, why: str) -> None:
    if endpoint.paused_for:
        return
    endpoint.paused_for = why
    record(session, None, "paused", endpoint)
    reason = "It says that it is gone." if why == "gone" else f"It has failed for more than {FAILS.days} days."
    body = (
        f"Heed has paused the webhook “{endpoint.name}”. {reason}\n\n"
        "What was waiting for it still waits. See what it answered, put it right, and resume it under Administration, Webhooks.\n"
    )
    for person in session.scalars(select(Person).where(Person.active).order_by(Person.id)):
        if "administrator" in person.duties:
            outbox.post(session, to=person.email, subject=f"The webhook “{endpoint.name}” is paused", body=body)
