"""The weekly digest: one letter a week to leads and colleagues who want it, claimed by a row first, so that no week is told twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts import outbox
from surveyapp.accounts.screen import day as said_day
from surveyapp.backlog.days import today as local_day
from surveyapp.db import Database
from surveyapp.models import Comment, Digest, Improvement, Organisation, Person
from surveyapp.sharing import quotes, weekly, wishes

READERS = weekly.LEADS | {"colleague"}
NAMED = 5
"""Improvements that a list names; the rest stands behind its link."""


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is due, as the clock does it; return what the page of jobs shows."""
    with database.write() as session:
        if session.scalar(select(Organisation.id)) is None:
            return {"skipped": "not set up yet"}
        base, key = str(config["PUBLIC_URL"]).rstrip("/"), str(config["SECRET_KEY"])
        return {"letters": write(session, base, key, local_day(session))}


def write(session: Session, base: str, key: str, today: date) -> int:
    """Write the digests of the week that is over to whoever has not had them; return how many letters there are."""
    week = weekly.monday(today) - weekly.WEEK
    had = select(Digest.person_id).where(Digest.week >= week)
    due = select(Person).where(Person.active, Person.id.not_in(had)).order_by(Person.id)
    written = 0
    for person in session.scalars(due).all():
        if person.duties & READERS and wishes.wants(session, person):
            written += _tell(session, person, weekly.of(session, person, week, today), base, key)
    return written


def _tell(session: Session, person: Person, week: weekly.Week, base: str, key: str) -> int:
    claimed = Digest(person_id=person.id, week=week.start)
    session.add(claimed)
    session.flush()
    if week.empty:
        return 0
    leave = f"{base}/digest/stop/{wishes.ticket(key, person.id)}"
    said = quotes.quotable(session, week.praise) if week.praise else ""
    letter = outbox.post(
        session, to=person.email, subject=gettext("Your week: %(day)s", day=said_day(week.start)), unsubscribe=leave,
        body=body(week, said, base, leave, leads=bool(person.duties & weekly.LEADS)),
    )  # fmt: skip
    if week.praise and said:
        quotes.note(session, letter, [(week.praise, said)])
    session.flush()
    claimed.letter_id = letter.id
    return 1


def body(week: weekly.Week, praise: str, base: str, leave: str, *, leads: bool = True) -> str:
    """Return a digest's text: counts and names with the places to act, praise in the customer's words, and the way out."""
    why = (
        gettext("You get this because you lead services.")
        if leads
        else gettext("You get this because things were handed to you.")
    )
    parts = [
        ngettext("%(num)s new comment asks for something: ", "%(num)s new comments ask for something: ", week.new)
        + f"{base}/backlog/inbox"
        if week.new
        else "",
        _list(gettext("Broken last week:"), week.broken, base, f"{base}/backlog/promises"),
        _list(gettext("Due within a fortnight:"), week.due, base, f"{base}/backlog/promises"),
        _list(gettext("Done last week:"), week.done, base, f"{base}/backlog?state=done"),
        "\n".join(
            _theme(theme.name, n, f"{base}/comments?theme={theme.id}&since={week.start}") for theme, n in week.themes
        ),
        f"{_where(week.praise)}\n“{praise}”" if week.praise and praise else "",
        f"-- \n{why} {gettext('To get it no more:')}\n{leave}\n",
    ]
    return "\n\n".join(each for each in parts if each)


def _list(title: str, improvements: list[Improvement], base: str, rest: str) -> str:
    if not improvements:
        return ""
    lines = [f"- {each.title}: {base}/backlog/{each.id}" for each in improvements[:NAMED]]
    left = len(improvements) - NAMED
    more = [ngettext("- and %(num)s more: ", "- and %(num)s more: ", left) + rest] if left > 0 else []
    return "\n".join([title, *lines, *more])


def _theme(name: str, n: int, link: str) -> str:
    return ngettext("%(num)s comment on %(name)s: ", "%(num)s comments on %(name)s: ", n, name=name) + link


def _where(praise: Comment) -> str:
    return gettext("A customer of %(place)s wrote:", place=praise.service.name)
