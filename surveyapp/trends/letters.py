"""The letters that trends send: to the leads of a node when something moved or was asked, and to whoever asked, the answer.

They hold figures, addresses and colleagues' words, never a customer's: an outbox would keep those when they are erased.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts import outbox
from surveyapp.db import Database
from surveyapp.models import Enquiry, Person, Service, Signal, Theme
from surveyapp.trends import registry, warning


def say(day: date) -> str:
    """Say a day in words, "4 May 2026"."""
    return f"{day.day} {day:%B %Y}"


def leads(session: Session, service: Service) -> list[Person]:
    """Return the leads who answer for a node: those of the nearest node above or at it that has any."""
    everybody = session.scalars(select(Person).where(Person.active).order_by(Person.id))
    reach = {
        each: max((len(node.path) for node in each.services if node.holds(service)), default=0)
        for each in everybody
        if "lead" in each.duties
    }
    nearest = max(reach.values(), default=0)
    return [each for each, length in reach.items() if length == nearest and nearest > 0]


def warn(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Notice what moved and write to the leads, as the clock does it; return what the page of jobs shows."""
    from surveyapp.backlog.days import today  # noqa: PLC0415

    with database.write() as session:
        found = warning.notice(session, today(session))
        return {"signals": len(found), "letters": tell(session, found, str(config["PUBLIC_URL"]))}


def tell(session: Session, signals: Iterable[Signal], base: str) -> int:
    """Write one letter to each lead about the signals of their nodes; return how many letters."""
    for_whom: dict[int, list[str]] = defaultdict(list)
    people: dict[int, Person] = {}
    names = {row[0]: row[1] for row in session.execute(select(Theme.id, Theme.name))}
    for signal in signals:
        service = session.get_one(Service, signal.service_id)
        words = f"{sentence(signal, service, names)}\n{base.rstrip('/')}{comments(signal)}"
        for person in leads(session, service):
            people[person.id] = person
            for_whom[person.id].append(words)
    for person_id, said in for_whom.items():
        outbox.post(
            session, to=people[person_id].email,
            subject=gettext("Something moved in what customers write"),
            body="\n\n".join([gettext("More than the usual ups and downs of a week:"), *said]) + "\n",
        )  # fmt: skip
    return len(for_whom)


def sentence(signal: Signal, service: Service, themes: Mapping[int, str]) -> str:
    """Say what moved, in a sentence."""
    values = {
        "what": about(signal, themes), "place": service.name, "observed": signal.observed, "comments": signal.comments,
        "expected": signal.expected, "since": say(signal.since),
    }  # fmt: skip
    if signal.direction == "more":
        return gettext(
            "%(place)s: %(what)s came up more than usual: %(observed)d times in %(comments)d comments since %(since)s, "
            "where about %(expected)d were usual.",
            **values,
        )
    return gettext(
        "%(place)s: %(what)s came up less than usual: %(observed)d times in %(comments)d comments since %(since)s, "
        "where about %(expected)d were usual.",
        **values,
    )


def moved(signal: Signal, service: Service, themes: Mapping[int, str]) -> str:
    """Say what moved without a figure, for who does not read the comments: a place less its parts would be a few people."""
    values = {"what": about(signal, themes), "place": service.name, "since": say(signal.since)}
    if signal.direction == "more":
        return gettext("%(place)s: %(what)s has come up more than usual since %(since)s.", **values)
    return gettext("%(place)s: %(what)s has come up less than usual since %(since)s.", **values)


def about(signal: Signal, themes: Mapping[int, str]) -> str:
    """Name a signal's series."""
    kind, _colon, key = signal.series.partition(":")
    if kind == "theme":
        return gettext("“%(theme)s”", theme=themes.get(int(key), gettext("a theme")))
    return gettext("displeasure")


def comments(signal: Signal) -> str:
    """Return the path of the comments behind a signal."""
    kind, _colon, key = signal.series.partition(":")
    until = signal.week + timedelta(days=6)
    wanted = {"service": signal.service_id, "since": signal.since.isoformat(), "until": until.isoformat()}
    return "/comments?" + urlencode(wanted | ({"theme": key} if kind == "theme" else {"sentiment": key}))


def view(query: Mapping[str, Any], chart: str = "") -> str:
    """Return the path of a view of the page, at one of its charts."""
    more = {"more": 1} if chart in registry.MORE else {}
    return f"/trends?{urlencode(dict(query) | more)}" + (f"#{chart}" if chart else "")


def asked(session: Session, enquiry: Enquiry, question: str, base: str) -> int:
    """Write to the leads of a node that somebody asks about a chart; return how many letters."""
    found = [each for each in leads(session, enquiry.service) if each.id != enquiry.by]
    asker = session.get_one(Person, enquiry.by)
    body = gettext(
        "%(name)s asks about “%(chart)s” (%(place)s):\n\n%(question)s\n\nThe very view, where your answer will stand under the "
        "chart:\n%(address)s\n",
        name=asker.name, chart=question, place=enquiry.service.name, question=enquiry.question,
        address=base.rstrip("/") + view(enquiry.query, enquiry.chart),
    )  # fmt: skip
    for person in found:
        outbox.post(
            session, to=person.email, subject=gettext("A question about “%(chart)s”", chart=question), body=body
        )
    return len(found)


def answered(session: Session, enquiry: Enquiry, question: str, base: str) -> None:
    """Write the answer to whoever asked."""
    asker = session.get_one(Person, enquiry.by)
    if not asker.active:
        return
    body = gettext(
        "You asked about “%(chart)s” (%(place)s):\n\n%(question)s\n\nThe answer:\n\n%(answer)s\n\n%(address)s\n",
        chart=question, place=enquiry.service.name, question=enquiry.question, answer=enquiry.answer,
        address=base.rstrip("/") + view(enquiry.query, enquiry.chart),
    )  # fmt: skip
    outbox.post(
        session,
        to=asker.email,
        subject=gettext("Your question about “%(chart)s” was answered", chart=question),
        body=body,
    )
