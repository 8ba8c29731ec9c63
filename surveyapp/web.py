"""What holds for every request: one unit of work, security headers, error pages with a way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError, OperationalError, StatementError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from surveyapp.errors import HeedError
from surveyapp.extensions import session

log = structlog.get_logger()
POLICY = "; ".join(
    (
        "default-src 'none'", "img-src 'self' data:", "style-src 'self'", "script-src 'self'", "connect-src 'self'",
        "font-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TITLES = {
    400: "That did not work",
    401: "Who is asking?",
    403: "Not yours to open",
    404: "Nothing here",
    409: "Somebody was quicker",
    413: "Too much at once",
    422: "That did not work",
    429: "Too many tries",
    503: "Back in a moment",
}


class HeedFlask(Flask):
    """A Flask whose views do their work in one transaction, committed here before the answer leaves."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view; commit if it answered, undo if it raised or answered with an error."""
        try:
            answer = make_response(super().dispatch_request())
            _end(session.commit if answer.status_code < 400 else session.rollback)
        except BaseException:
            _end(session.rollback)
            raise
        return answer


def _end(end: Callable[[], None]) -> None:
    if session.registry.has():  # or a request that needed none would make a session only to end it
        end()


class Id(IntegerConverter):
    """A number in an address that a database can hold; what is longer is no page of ours."""

    def __init__(self, map: Map, **rules: Any) -> None:
        super().__init__(map, **({"max": 2**31 - 1} | rules))


def install(app: Flask) -> None:
    """Give the app its headers, error pages and the end of each request's session."""
    hops = int(app.config["PROXY_HOPS"])
    if hops:  # or every client behind a proxy has the proxy's address, and shares its limits
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    app.url_map.converters["int"] = Id
    app.after_request(_secure)
    app.teardown_appcontext(lambda _error: session.remove())
    app.register_error_handler(HeedError, _heed_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_down)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(StatementError, _unstorable)
    app.register_error_handler(Exception, _fault)


def error_page(status: int, message: str, field: str | None = None) -> Response:
    """Return an error as a page, or for a program as a problem (RFC 9457), that says what to do next."""
    if request.path.startswith("/api/"):
        return _problem(status, message, field)
    page = render_template("errors/error.html", title=TITLES.get(status, "Something went wrong"), message=message)
    return make_response(page, status)


def _problem(status: int, message: str, field: str | None) -> Response:
    title = TITLES.get(status, "Something went wrong")
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": message}
    if field:
        body["errors"] = [{"field": field, "detail": message}]
    answer = make_response(body, status)
    answer.content_type = "application/problem+json"
    return answer


def _heed_error(error: HeedError) -> Response:
    session.rollback()
    return error_page(error.status, str(error), getattr(error, "field", None))


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    if isinstance(error, SecurityError):  # no address of ours can be built for a host that is not ours
        return make_response("This server does not answer to that name.\n", status, {"Content-Type": "text/plain"})
    answer = error_page(status, error.description or "")
    for name, value in error.get_headers():
        if name.lower() in {"retry-after", "allow"}:
            answer.headers[name] = value
    return answer


def _database_down(error: OperationalError) -> Response:
    session.rollback()
    g.database_down = True  # the page is drawn for a stranger: asking who this is would fail once more
    g.pop("_login_user", None)
    log.error("database unavailable", error=type(error.orig).__name__)
    answer = error_page(
        503,
        "The server cannot reach its database just now. Nothing you typed is lost if you go back; try again shortly.",
    )
    answer.headers["Retry-After"] = "10"
    return answer


def _overtaken(_error: StaleDataError) -> Response:
    session.rollback()
    return error_page(
        409,
        "Somebody else changed this while you were at it. Nothing of yours was saved: go back, reload, and try again.",
    )


def _unstorable(error: StatementError) -> Response:
    """Answer for a value that no database of ours can hold: a number beyond 32 bits, a NUL in a name. Anything else is a fault."""
    if not isinstance(error, DataError) and not isinstance(error.orig, (ValueError, OverflowError)):
        return _fault(error)
    session.rollback()
    log.warning(
        "value refused", error=type(error.orig).__name__, path=request.url_rule.rule if request.url_rule else None
    )
    return error_page(
        422, "Something in what you sent cannot be stored: a number that is too large, or a character that is none. "
        "Nothing was changed. Go back, correct it, and send it again.",
    )  # fmt: skip


def _fault(error: Exception) -> Response:
    session.rollback()
    wanted = current_app.config.get("PROPAGATE_EXCEPTIONS")  # Flask's own default for it is None
    if current_app.testing if wanted is None else wanted:
        raise error
    log.exception("fault", path=request.url_rule.rule if request.url_rule else None)
    return error_page(500, "This is our fault, not yours, and it has been logged. Go back and try once more.")


def _secure(answer: Response) -> Response:
    wanted = dict(HEADERS)
    if current_app.config["PUBLIC_URL"].startswith("https://"):
        wanted["Strict-Transport-Security"] = "max-age=31536000"
    if not request.path.startswith("/static/"):
        wanted["Cache-Control"] = "no-store"
    if "frame-ancestors" in answer.headers.get("Content-Security-Policy", ""):
        wanted.pop("X-Frame-Options")  # a page that says itself who may frame it; the older header knows only nobody
    there = {name.title() for name, _value in answer.headers}
    for name, value in wanted.items():
        if name.title() not in there:
            answer.headers.add(name, value)
    return answer
