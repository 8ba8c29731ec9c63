"""The contract: every operation with what it takes and answers, from which requests are checked and the document is made."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from surveyapp.api.schemas import PROBLEM, Schema

VERSION = "1.0"
HOLE = re.compile(r"{(\w+)}")
SCOPE_WORDS = {
    "read": "look at surveys, responses, comments, improvements",
    "write": "put responses in, and act on improvements",
    "figures": "put monthly figures in",
}


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of an address: `read` makes a JSON value of its text, `keep` what the view gets of the value."""

    name: str
    schema: Schema
    about: str
    default: Any = None
    read: Callable[[str], Any] = str
    keep: Callable[[Any], Any] = lambda value: value


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program can do. `path` is as OpenAPI writes it, below /api/v1; its holes are whole numbers."""

    name: str
    method: str
    path: str
    scope: str
    summary: str
    answer: Schema
    query: tuple[Param, ...] = ()
    body: Schema | None = None
    status: int = 200

    @property
    def rule(self) -> str:
        """The path as Flask writes it."""
        return HOLE.sub(r"<int:\1>", self.path)


OPERATIONS: list[Operation] = []
"""Every operation that is served, in the order in which the modules serve them."""


def document(server: str) -> dict[str, Any]:
    """Return the OpenAPI document; `server` is the public address of the installation."""
    paths: dict[str, dict[str, Any]] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method] = _described(each)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Heed", "version": VERSION, "description": "Customer feedback, for programs."},
        "servers": [{"url": f"{server}/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _described(operation: Operation) -> dict[str, Any]:
    holes = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
        }
        for name in HOLE.findall(operation.path)
    ]
    query = [
        {"name": each.name, "in": "query", "required": False, "schema": each.schema, "description": each.about}
        for each in operation.query
    ]
    wrong = {str(code): _problem(words) for code, words in _wrongs(operation).items()}
    described: dict[str, Any] = {
        "operationId": operation.name, "summary": operation.summary, "parameters": holes + query,
        "description": f"Needs the scope “{operation.scope}”: {SCOPE_WORDS[operation.scope]}.",
        "responses": {str(operation.status): _json("As asked for.", operation.answer), **wrong},
    }  # fmt: skip
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": operation.body}}}
    return described


def _wrongs(operation: Operation) -> dict[int, str]:
    found = {400: "Not understood.", 401: "No good token.", 403: "Not for this token.", 429: "Too many requests."}
    found |= {404: "There is no such thing."}
    found |= {422: "Something in it is wrong; `errors` says what."} if operation.query or operation.body else {}
    return found | ({409: "Somebody was quicker.", 413: "Too much at once."} if operation.body else {})


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/problem+json": {"schema": PROBLEM}}}


def _json(words: str, schema: Schema) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}
