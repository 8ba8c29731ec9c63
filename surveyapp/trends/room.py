"""What the pages of trends share: the blueprint, the frame that an address asks for, and the guard of small groups."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, request
from flask_security import current_user

from surveyapp.accounts.scope import Scope
from surveyapp.backlog.days import today
from surveyapp.extensions import session
from surveyapp.trends import guard, pictures, ratings
from surveyapp.trends.frame import Frame, Query, read

blueprint = Blueprint("trends", __name__)
READERS = ("executive", "lead", "administrator")


def scope() -> Scope:
    """Return what the person at hand may see."""
    return Scope.of(current_user, session())


def asked() -> Frame:
    """Return the frame that the address at hand asks for, guarded for whoever does not read the comments."""
    args = request.args
    day: date = today(session())
    query = Query(
        service=args.get("service", type=int), span=args.get("span", type=int), purpose=args.get("purpose", ""),
        grain=args.get("grain", ""), segment=args.get("segment", ""), back=args.get("back", default=0, type=int),
        compare=args.get("compare") == "1",
    )  # fmt: skip
    return guard.guarded(session(), read(scope(), session(), day, query), reads=reads_comments())


def reads_comments() -> bool:
    """Say whether the person at hand reads the comments anyway, so that figures tell them nothing new of anybody."""
    return guard.reads_comments(current_user)


def too_small(frame: Frame) -> bool:
    """Say whether nothing of a guarded frame may be counted, as too few answered anywhere in it."""
    return bool(frame.least) and sum(ratings.read(session(), frame).asked) < frame.least


def mark(frame: Frame, *what: Any) -> str:
    """Return what a file depends on, as one word: the version of the data, the frame, the day, and whatever else is said."""
    facts = (
        pictures.version(session()),
        frame.query,
        frame.least,
        frame.today,
        current_app.config["DATABASE_URL"],
        *what,
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def pictures_folder() -> Path:
    """Return where this instance keeps drawn pictures."""
    return Path(current_app.config["INSTANCE"]) / pictures.FOLDER
