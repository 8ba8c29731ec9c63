"""The door of the API: whose token it is, what it may do, how often, and what was sent, checked against the contract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from jsonschema import Draft202012Validator

from surveyapp.accounts.access import EVERYBODY
from surveyapp.accounts.tokens import hash_token
from surveyapp.api import tokens
from surveyapp.api.contract import OPERATIONS, Operation, Param
from surveyapp.db import UNSTORABLE, now
from surveyapp.errors import Invalid, Refused
from surveyapp.extensions import csrf, database, limiter, session
from surveyapp.web import error_page

blueprint = Blueprint("api", __name__)
ROOT = "/api/v1"
GUESSES = "30 per minute"
"""Wrong tokens from one address."""
View = Callable[..., dict[str, Any]]


def serves(operation: Operation) -> Callable[[View], View]:
    """Serve an operation of the contract with a view that takes the path's ids and what was given, and returns the answer."""
    OPERATIONS.append(operation)

    def register(view: View) -> View:
        def answer(**ids: int) -> ResponseReturnValue:
            refusal = _enter(operation)
            if refusal is not None:
                return refusal
            return jsonify(view(**ids, **_given(operation))), operation.status

        answer.__name__ = operation.name
        often = limiter.limit(lambda: current_app.config["API_LIMIT"], key_func=_whose)(answer)
        limited: Any = limiter.limit(GUESSES, deduct_when=lambda said: said.status_code == 401)(often)
        limited.__wrapped__ = view  # what is served, for whoever looks through the wrappers
        limited.allowed = frozenset({EVERYBODY})  # the door itself decides, by the token
        csrf.exempt(limited)  # a bearer token is sent on purpose; no cookie opens anything here
        blueprint.add_url_rule(ROOT + operation.rule, operation.name, limited, methods=[operation.method.upper()])
        return view

    return register


def by() -> int:
    """Return the person in whose name the program acts."""
    return int(g.api_token.person_id)


def _bearer() -> str:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _whose() -> str:
    token = _bearer()
    return hash_token(token) if token else str(get_remote_address())


def _enter(operation: Operation) -> Response | None:
    row = tokens.find(session(), _bearer())
    if row is None:
        refusal = error_page(
            401, "Send a token: Authorization: Bearer heed_… An administrator makes one under “Programs”."
        )
        refusal.headers["WWW-Authenticate"] = 'Bearer realm="Heed"'
        return refusal
    if operation.scope not in row.scopes:
        raise Refused(f"This token may not do that: it lacks the scope “{operation.scope}”.")
    if request.method == "GET":
        tokens.touch(database(), row)
    else:
        row.last_used_at = now()
    g.api_token = row
    return None


def _given(operation: Operation) -> dict[str, Any]:
    given = {param.name: _value(param) for param in operation.query}
    unknown = sorted(set(request.args) - set(given))
    if unknown:
        raise Invalid(f"There is no parameter {unknown[0][:60]} here.", field=unknown[0][:60])
    return given | ({"body": _body(operation)} if operation.body is not None else {})


def _value(param: Param) -> Any:
    text = request.args.get(param.name)
    if text is None:
        return param.default
    try:
        value = param.read(text)
    except ValueError:
        value = None
    if value is None or next(Draft202012Validator(param.schema).iter_errors(value), None) is not None:
        raise Invalid(f"“{text[:60]}” does not fit {param.name}: {param.about}", field=param.name)
    return param.keep(value)


def _body(operation: Operation) -> Any:
    body = request.get_json(silent=True)
    if body is None or request.mimetype != "application/json":
        raise Invalid("Send JSON, with Content-Type: application/json.")
    fault = next(iter(sorted(Draft202012Validator(operation.body or {}).iter_errors(body), key=str)), None)
    if fault is not None:
        where = "/" + "/".join(str(each) for each in fault.absolute_path)
        raise Invalid(f"{where}: {fault.message}"[:400], field=where)
    if unstorable(body):
        raise Invalid("Something in this cannot be stored: a NUL, or half a character. Nothing was changed.")
    return body


def unstorable(body: Any) -> bool:
    """Say whether text that no database of ours stores is anywhere in a body."""
    if isinstance(body, dict):
        return any(unstorable(each) for each in (*body, *body.values()))
    if isinstance(body, list):
        return any(unstorable(each) for each in body)
    return isinstance(body, str) and UNSTORABLE.search(body) is not None
