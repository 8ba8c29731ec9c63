"""What goes wrong on a customer's page is said in the customers' own look, with a way on."""

from __future__ import annotations

import structlog
from flask import Response, make_response, render_template
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from surveyapp.answering.room import blueprint
from surveyapp.errors import HeedError
from surveyapp.extensions import session
from surveyapp.web import TITLES

log = structlog.get_logger()


@blueprint.errorhandler(HeedError)
def _heed_error(error: HeedError) -> Response:
    return _page(error.status, str(error))


@blueprint.errorhandler(HTTPException)
def _http_error(error: HTTPException) -> Response:
    answer = _page(error.code or 500, error.description or "")
    for name, value in error.get_headers():
        if name.lower() in {"retry-after", "allow"}:
            answer.headers[name] = value
    return answer


@blueprint.errorhandler(OperationalError)
def _database_down(error: OperationalError) -> Response:
    log.error("database unavailable", error=type(error.orig).__name__)
    answer = _page(503, "The server cannot reach its database just now. Try again in a moment.")
    answer.headers["Retry-After"] = "10"
    return answer


def _page(status: int, message: str) -> Response:
    session.rollback()
    title = TITLES.get(status, "Something went wrong")
    return make_response(render_template("answering/trouble.html", title=title, message=message), status)
