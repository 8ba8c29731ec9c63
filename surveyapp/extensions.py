"""The Flask extensions, made once and bound to an app by create_app, and the request's database session."""

from __future__ import annotations

from flask import Flask, current_app, has_request_context, request
from flask.globals import app_ctx
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session, scoped_session

from surveyapp.db import Database

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

babel = Babel()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)


def database(app: Flask | None = None) -> Database:
    """Return the app's database."""
    found: Database = (app or current_app).extensions["heed_database"]
    return found


def _new_session() -> Session:
    return database().session(write=has_request_context() and request.method not in SAFE_METHODS)


session: scoped_session[Session] = scoped_session(
    _new_session,  # type: ignore[arg-type]
    scopefunc=lambda: id(app_ctx._get_current_object()),  # type: ignore[attr-defined]
)
"""The request's session: it reads in a GET, writes in anything else, and is committed once by the application."""
