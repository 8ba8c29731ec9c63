"""Every route states who may enter. A route that says nothing lets nobody in, and a test names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

View = TypeVar("View", bound=Callable[..., Any])
EVERYBODY = "everybody"
SIGNED_IN = "signed in"


def allow(*who: str) -> Callable[[View], View]:
    """Let in people with one of these duties; `EVERYBODY` is the public, `SIGNED_IN` anyone with an account."""

    def mark(view: View) -> View:
        view.allowed = frozenset(who)  # type: ignore[attr-defined]
        return view

    return mark


def allowed(app: Flask, endpoint: str) -> frozenset[str] | None:
    """Return who may enter an endpoint, or None where nobody has decided."""
    stated = app.extensions.get("heed_allowed", {}).get(endpoint)
    return stated or getattr(app.view_functions.get(endpoint), "allowed", None)


def install(app: Flask, stated: dict[str, frozenset[str]]) -> None:
    """Check every request; `stated` decides for endpoints that libraries bring (static files, signing in)."""
    app.extensions["heed_allowed"] = stated
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    who = allowed(current_app._get_current_object(), request.endpoint)  # type: ignore[attr-defined]
    if who is None:
        abort(403)
    if EVERYBODY in who:
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    if SIGNED_IN not in who and not who & current_user.duties:
        abort(403, "Your account has no part in this. Ask an administrator if it should.")
    return None


def _to_sign_in() -> ResponseReturnValue:
    """Ask for a sign-in that leads back here; a part of a page that htmx asked for cannot hold a form, so the page turns."""
    here = request.full_path.rstrip("?")
    back = here if request.method == "GET" and here != "/" and "HX-Request" not in request.headers else None
    address = url_for("security.login", next=back)
    if "HX-Request" in request.headers:
        return make_response("", 401, {"HX-Redirect": address})
    return redirect(address)
