"""What every page may ask for: the rooms a person may enter, dates in words, and addresses from the configuration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request
from flask_babel import get_locale, gettext, lazy_gettext
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from surveyapp.accounts.access import SIGNED_IN, allowed
from surveyapp.db import UNDATED
from surveyapp.extensions import session
from surveyapp.models import Organisation

ROOMS = (
    (lazy_gettext("Inbox"), "/backlog/inbox"),
    (lazy_gettext("Backlog"), "/backlog"),
    (lazy_gettext("Comments"), "/comments"),
    (lazy_gettext("Telling"), "/telling"),
    (lazy_gettext("Follow-ups"), "/follow-ups"),
    (lazy_gettext("Trends"), "/trends"),
    (lazy_gettext("Standards"), "/standards"),
    (lazy_gettext("Recognition"), "/recognition"),
    (lazy_gettext("Quality"), "/quality"),
    (lazy_gettext("Surveys"), "/surveys"),
    (lazy_gettext("Admin"), "/admin"),
)
FRONT = 6
LANDING = {
    "administrator": "/admin",
    "builder": "/surveys",
    "lead": "/backlog/inbox",
    "colleague": "/backlog",
    "executive": "/trends",
}
"""Where each duty begins; who has several begins with the first of these."""


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation."""

    name: str
    path: str
    current: bool


def rooms() -> Sequence[Room]:
    """Return the rooms that the signed-in person may enter, in the order of the chain."""
    duties, here = current_user.duties, request.path
    mine = duties | {SIGNED_IN} if duties else duties
    under = [path for _name, path in ROOMS if here == path or here.startswith(f"{path}/")]
    return [
        Room(str(name), path, path == max(under, key=len, default=None))  # the inbox lies under the backlog
        for name, path in ROOMS
        if mine & (who_may_enter(path) or frozenset())
    ]


def front_and_rest() -> tuple[Sequence[Room], Sequence[Room]]:
    """Return the rooms that stand in the navigation, and those that are folded away so that it takes two lines of a phone at most."""
    mine = rooms()
    return (mine, ()) if len(mine) <= FRONT + 1 else (mine[:FRONT], mine[FRONT:])


def landing() -> str | None:
    """Return the page on which the signed-in person's work begins, or None where no room of theirs is there."""
    open_to_me = {room.path for room in rooms()}
    first = (path for duty, path in LANDING.items() if duty in current_user.duties and path in open_to_me)
    return next(first, None)


def who_may_enter(path: str) -> frozenset[str] | None:
    """Return who may enter the page at a path, or None where there is no such page."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        endpoint, _values = app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return None
    return allowed(app, endpoint)


def signed_in() -> bool:
    """Say whether somebody is signed in; nobody is while the database cannot be asked, so that error pages can be drawn."""
    return "database_down" not in g and bool(current_user.is_authenticated)


def organisation() -> Organisation | None:
    """Return the organisation, read once a request; None before setup, or while the database cannot be reached."""
    if "database_down" in g:
        return None
    if "organisation" not in g:
        try:
            g.organisation = session.scalar(select(Organisation).limit(1))
        except SQLAlchemyError:
            session.rollback()
            g.organisation = None
    return g.organisation


def organisation_name() -> str:
    """Return the organisation's name for the head and foot of a page."""
    found = organisation()
    return found.name if found else "Heed"


def public_url(endpoint: str, **values: Any) -> str:
    """Return an address for letters and posters: from the configuration, never from what the browser called us."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + path


def day(value: date | datetime | None) -> str:
    """Say a day in words, "4 May 2026", in the organisation's time zone where it is a moment."""
    if value is None or value == UNDATED:
        return str(gettext("no date"))
    local = _local(value) if isinstance(value, datetime) else value
    return f"{local.day} {local:%B %Y}"


def month(number: int) -> str:
    """Say a month, counted as year * 12 + month - 1, in words: "May 2026"."""
    return f"{date(number // 12, number % 12 + 1, 1):%B %Y}"


def moment(value: datetime | None) -> str:
    """Say a moment in words, "4 May 2026, 15:07", in the organisation's time zone."""
    return f"{day(value)}, {_local(value):%H:%M}" if value else gettext("never")


def _local(value: datetime) -> datetime:
    found = organisation()
    return value.astimezone(ZoneInfo(found.time_zone if found else "UTC"))


def install(app: Flask) -> None:
    """Give every template these words."""
    app.jinja_env.globals.update(
        front_and_rest=front_and_rest,
        rooms=rooms,
        signed_in=signed_in,
        organisation=organisation,
        organisation_name=organisation_name,
        public_url=public_url,
        get_locale=get_locale,
    )
    app.jinja_env.filters.update(day=day, moment=moment, month=month)
