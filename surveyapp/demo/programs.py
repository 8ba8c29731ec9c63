"""The programs beside the demo: a tracker that is told of the backlog, a chat that has not answered for days, and three with a token."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.api import tokens
from surveyapp.db import Database, now
from surveyapp.demo.house import SIGN_INS, email_of
from surveyapp.hooks import signing
from surveyapp.hooks.kinds import ACTS
from surveyapp.models import Act, HookDelivery, HookEndpoint, Improvement, Mention, Person, WorkLink

TRACKER = "https://tracker.tamberry.example/hooks/heed"
CHAT = "https://chat.tamberry.example/in/7f3a"
LATEST = 40


def connect(database: Database) -> None:
    """Enter two webhooks with the log of their last weeks, and tokens that nobody holds."""
    with database.write() as session:
        by = session.scalars(select(Person.id).where(Person.email == email_of(SIGN_INS["administrator"]))).one()
        tracker = _endpoint(session, "Building services’ tracker", TRACKER, [*dict.fromkeys(ACTS.values())], by)
        tracker.events = [*tracker.events, "improvement.linked"]
        chat = _endpoint(session, "Front desk’s chat", CHAT, ["mention.new", "comment.urgent", "promise.broken"], by)
        chat.paused_for, chat.failing_since = "failing", now() - timedelta(days=3, hours=2)
        session.flush()
        _told(session, tracker)
        _missed(session, chat)
        _opened(session, tracker)
        for name, scopes in (
            ("Till at Northgate", ["write"]),
            ("Ledger", ["figures"]),
            ("The board’s dashboard", ["read"]),
        ):
            made, _token = tokens.make(session, name, scopes, by=by)
            made.last_used_at = now() - timedelta(minutes=7 * len(name))


def _endpoint(session: Session, name: str, url: str, events: list[str], by: int) -> HookEndpoint:
    made = HookEndpoint(name=name, url=url, events=events, secret=signing.new_secret(), created_by=by)
    session.add(made)
    return made


def _told(session: Session, tracker: HookEndpoint) -> None:
    acts = select(Act).where(Act.thing == "improvement", Act.verb.in_(ACTS)).order_by(Act.id.desc()).limit(LATEST)
    for n, act in enumerate(reversed(session.scalars(acts).all())):
        at = now() - timedelta(hours=11 * (LATEST - n))
        slow = n % 9 == 4  # the tracker restarts at night
        session.add(
            HookDelivery(
                endpoint_id=tracker.id, event=ACTS[act.verb], thing="act", thing_id=act.id, state="delivered",
                tries=2 if slow else 1, status=204, created_at=at, next_at=at, handed_over_at=at,
                ended_at=at + timedelta(minutes=1 if slow else 0),
            )
        )  # fmt: skip


def _missed(session: Session, chat: HookEndpoint) -> None:
    mentions = session.scalars(select(Mention).order_by(Mention.id.desc()).limit(8)).all()
    for n, mention in enumerate(reversed(mentions)):
        at, given_up = now() - timedelta(days=3, hours=1, minutes=-20 * n), n < 3
        session.add(
            HookDelivery(
                endpoint_id=chat.id, event="mention.new", thing="mention", thing_id=mention.id, created_at=at,
                state="given up" if given_up else "waiting", tries=10 if given_up else 8 - n, status=503,
                error="it has trouble of its own", next_at=now() + timedelta(hours=n), handed_over_at=at,
                ended_at=now() - timedelta(hours=5) if given_up else None,
            )
        )  # fmt: skip


def _opened(session: Session, tracker: HookEndpoint) -> None:
    """Let one promised improvement have its issue in the tracker."""
    promised = select(Improvement).where(Improvement.state == "open", Improvement.promises.any())
    improvement = session.scalars(promised.order_by(Improvement.id).limit(1)).first()
    if improvement is None:
        return
    at = now() - timedelta(days=4)
    session.add(WorkLink(improvement_id=improvement.id, url="https://tracker.tamberry.example/issues/482", at=at))
    session.add(
        HookDelivery(
            endpoint_id=tracker.id, event="improvement.linked", thing="improvement", thing_id=improvement.id,
            state="delivered", tries=1, status=201, created_at=at, next_at=at, handed_over_at=at, ended_at=at,
        )
    )  # fmt: skip
