"""What the pages of trends share: the blueprint, the frame that an address asks for, and the guard of small groups."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, request
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import select

from surveyapp.accounts.scope import Scope
from surveyapp.backlog.days import today
from surveyapp.errors import NotFound
from surveyapp.extensions import session
from surveyapp.models import Organisation
from surveyapp.trends import pictures, ratings
from surveyapp.trends.frame import Frame, Query, read

blueprint = Blueprint("trends", __name__)
READERS = ("executive", "lead", "administrator")


def scope() -> Scope:
    """Return what the person at hand may see."""
    return Scope.of(current_user, session())


def asked() -> Frame:
    """Return the frame that the address at hand asks for.

    Raises NotFound for a group of customers asked for by somebody who does not read the comments: everybody less the others
    would show a group however small, until views are guarded against being subtracted.
    """
    args = request.args
    if args.get("segment") and not reads_comments():
        raise NotFound(gettext("Groups of customers are shown to those who read their comments."))
    day: date = today(session())
    query = Query(
        service=args.get("service", type=int), span=args.get("span", type=int), purpose=args.get("purpose", ""),
        grain=args.get("grain", ""), segment=args.get("segment", ""), back=args.get("back", default=0, type=int),
        compare=args.get("compare") == "1",
    )  # fmt: skip
    return read(scope(), session(), day, query)


def minimum() -> int:
    """Return how many answers a group needs so that its figures point at nobody."""
    return session.scalar(select(Organisation.minimum_group).limit(1)) or 0


def reads_comments() -> bool:
    """Say whether the person at hand reads the comments anyway, so that figures tell them nothing new of anybody."""
    return bool(current_user.duties & {"lead", "administrator"})


def too_small(frame: Frame) -> bool:
    """Say whether so few answered that figures could point at somebody; whoever reads the comments anyway is not hindered."""
    return not reads_comments() and sum(ratings.read(session(), frame).asked) < minimum()


def mark(frame: Frame, *what: Any) -> str:
    """Return what a file depends on, as one word: the version of the data, the frame, the day, and whatever else is said."""
    facts = (pictures.version(session()), frame.query, frame.today, current_app.config["DATABASE_URL"], *what)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def pictures_folder() -> Path:
    """Return where this instance keeps drawn pictures."""
    return Path(current_app.config["INSTANCE"]) / pictures.FOLDER
