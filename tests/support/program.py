"""A program that uses the API as its document says, and fails the test for any answer that the document does not allow."""

from __future__ import annotations

from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator
from sqlalchemy.orm import Session

from surveyapp.api import tokens
from surveyapp.models import SCOPES, Person
from tests.support import make


class Program:
    """A client with a token; `asks` checks the status and the shape of every answer."""

    def __init__(self, app: Flask, token: str, unit: Session | None = None) -> None:
        self.unit = unit
        self.client = app.test_client()
        self.token = token
        self.document = self.client.get("/api/v1/openapi.json").get_json()

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        """Read something."""
        return self.asks("get", path, status, query_string=query)

    def post(self, path: str, status: int = 200, **body: Any) -> Any:
        """Do something."""
        return self.asks("post", path, status, json=body)

    def put(self, path: str, status: int = 200, **body: Any) -> Any:
        """Put something in."""
        return self.asks("put", path, status, json=body)

    def asks(self, method: str, path: str, status: int, **sent: Any) -> Any:
        """Ask for anything under /api/v1, and check what comes against the document."""
        if self.unit is not None:
            self.unit.commit()  # an open transaction of the test's would keep the program waiting
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.client.open(f"/api/v1{path}", method=method.upper(), headers=headers, **sent)
        assert answer.status_code == status, f"{answer.status_code}: {answer.get_data(as_text=True)[:500]}"
        said = answer.get_json(force=True)
        described = self._operation(method, path)["responses"]
        assert str(status) in described, f"{status} is not among {sorted(described)}"
        ((kind, shape),) = described[str(status)]["content"].items()
        assert answer.mimetype == kind
        Draft202012Validator(shape["schema"]).validate(said)
        return said

    def all(self, path: str, **query: Any) -> list[Any]:
        """Read every page of a list, two at a time."""
        found, cursor = [], {}
        while True:
            page = self.get(path, limit=2, **cursor, **query)
            found += page["data"]
            if page["next"] is None:
                return found
            cursor = {"cursor": page["next"]}

    def _operation(self, method: str, path: str) -> Any:
        bare = "/".join("{improvement_id}" if part.isdigit() else part for part in path.split("/"))
        return self.document["paths"][bare][method]


def maker(session: Session) -> Person:
    """The administrator in whose name programs act."""
    make.organisation(session)
    return make.person(session, "administrator", "lead", name="Robin")


def token(session: Session, *scopes: str) -> str:
    """A token with these scopes, or with all."""
    return tokens.make(session, "Till", scopes or SCOPES, by=maker(session).id)[1]
