"""An issue opened by webhook: asked for with a button on an improvement, linked when the receiver answers with its address."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.backlog import linked
from surveyapp.db import UNSTORABLE
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.hooks.kinds import ISSUE
from surveyapp.models import URL_LIMIT, HookDelivery, HookEndpoint, Improvement

ON_ITS_WAY = ("waiting", "handed over")


def offered(session: Session) -> list[HookEndpoint]:
    """Return the endpoints at which an issue can be asked for, by name."""
    on = select(HookEndpoint).where(HookEndpoint.removed_at.is_(None), HookEndpoint.paused_for == "")
    return [each for each in session.scalars(on.order_by(HookEndpoint.name, HookEndpoint.id)) if ISSUE in each.events]


def latest(session: Session, improvement: Improvement) -> HookDelivery | None:
    """Return the last request for an issue about an improvement."""
    asked = select(HookDelivery).filter_by(event=ISSUE, thing_id=improvement.id).order_by(HookDelivery.id.desc())
    return session.scalars(asked.limit(1)).first()


def ask(session: Session, improvement: Improvement, hook_id: int, *, by: int) -> HookDelivery:
    """Ask a receiver to open an issue; it goes out with the clock's next round.

    Raises NotFound for an endpoint that takes no such request, Conflict while one is on its way.
    """
    endpoint = next((each for each in offered(session) if each.id == hook_id), None)
    if endpoint is None:
        raise NotFound("There is no such webhook, or it does not open issues.")
    session.refresh(improvement, with_for_update={"key_share": True})
    before = latest(session, improvement)
    if before is not None and before.endpoint_id == endpoint.id and before.state in ON_ITS_WAY:
        raise Conflict("An issue has been asked for already. Its address appears here when it is open.")
    made = HookDelivery(endpoint_id=endpoint.id, event=ISSUE, thing="improvement", thing_id=improvement.id)
    session.add(made)
    record(session, by, "asked for an issue", improvement, hook=endpoint.id)
    return made


def link(session: Session, improvement_id: int, body: bytes) -> str:
    """Link the address that a receiver answered with, {"url": …}; return what stood in the way, "" where nothing did."""
    improvement = session.get(Improvement, improvement_id)
    if improvement is None:
        return ""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    url = said.get("url") if isinstance(said, dict) else None
    if not isinstance(url, str) or len(url) > URL_LIMIT or UNSTORABLE.search(url):
        return 'it answered without the address of an issue: {"url": "https://…"} was expected'
    try:
        linked.link(session, improvement, url, by=None)
    except Invalid as error:
        return str(error)[:400]
    return ""
