"""The page by mail: on the first working day of a month to everybody who subscribed, once a month and person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts import outbox
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.backlog.days import today
from surveyapp.db import Database
from surveyapp.models import Person, Service, Subscription
from surveyapp.trends import closing, guard, headline, letters, ratings
from surveyapp.trends.charts import Material
from surveyapp.trends.frame import Frame, long

READERS = frozenset({"executive", "lead", "administrator"})


def subscribe(session: Session, person: Person, frame: Frame) -> Subscription:
    """Mail a node's page to somebody from the next month on; asking twice changes nothing but the span."""
    found = of(session, person, frame.service)
    if found is None:
        sent = closing.last_closed(frame.today)
        found = Subscription(person_id=person.id, service_id=frame.service.id, sent_month=sent)
        session.add(found)
    found.span = frame.span
    record(session, person, "subscribed", found, service=frame.service.id)
    return found


def unsubscribe(session: Session, person: Person, service: Service) -> None:
    """Mail it no more."""
    found = of(session, person, service)
    if found is not None:
        record(session, person, "unsubscribed", found, service=service.id)
        session.delete(found)


def of(session: Session, person: Person, service: Service) -> Subscription | None:
    """Return somebody's subscription to a node's page."""
    wanted = select(Subscription).where(Subscription.person_id == person.id, Subscription.service_id == service.id)
    return session.scalars(wanted).first()


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Mail what is due, as the clock does it; return what the page of jobs shows."""
    with database.write() as session:
        return {"letters": send(session, today(session), str(config["PUBLIC_URL"]))}


def send(session: Session, day: date, base: str) -> int:
    """Write the letters of the last closed month to whoever has not had them; return how many."""
    due, sent = closing.last_closed(day), 0
    for each in session.scalars(select(Subscription).where(Subscription.sent_month < due).order_by(Subscription.id)):
        each.sent_month = due
        if each.person.active and each.person.duties & READERS and Scope.of(each.person, session).sees(each.service):
            _post(session, each, day, base)
            sent += 1
    return sent


def _post(session: Session, each: Subscription, day: date, base: str) -> None:
    frame = guard.guarded(session, Frame(each.service, day, each.span), reads=guard.reads_comments(each.person))
    month = long(closing.last_closed(day))
    body = [gettext("%(place)s, up to the end of %(month)s:", place=each.service.name, month=month)]
    body += headline.of(Material(session, frame)) if _large_enough(session, frame) else [
        gettext("So few people answered that figures would point at them.")
    ]  # fmt: skip
    path = letters.view(frame.query)
    body.append(gettext("The page: %(address)s", address=base.rstrip("/") + path))
    printed = base.rstrip("/") + path.replace("/trends", "/trends.pdf", 1)
    body.append(gettext("To print or pass on (PDF): %(address)s", address=printed))
    body.append(gettext("You asked for this letter on that page, and can stop it there."))
    subject = gettext("%(place)s in %(month)s", place=each.service.name, month=month)
    outbox.post(session, to=each.person.email, subject=subject, body="\n\n".join(body) + "\n")


def _large_enough(session: Session, frame: Frame) -> bool:
    """Keep the rule of small groups that the page keeps."""
    return not frame.least or sum(ratings.read(session, frame).asked) >= frame.least
