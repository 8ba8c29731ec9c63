"""What a program puts in: responses in batches, each at most once, and monthly figures."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import g
from flask_babel import force_locale
from sqlalchemy import select

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.answering import intake
from surveyapp.api import schemas
from surveyapp.api.contract import Operation
from surveyapp.api.door import by, serves
from surveyapp.backlog.days import today
from surveyapp.db import UNDATED
from surveyapp.errors import Conflict, NotFound
from surveyapp.extensions import session
from surveyapp.models import Person, Service, Survey
from surveyapp.questions import Edition, Value, Wrong, edition_of
from surveyapp.questions.reading import checked
from surveyapp.trends import taking

Row = dict[str, Any]


@serves(
    Operation(
        "put_responses", "post", "/responses", "write", "Put responses in, each at most once", schemas.ARRIVED,
        body=schemas.ARRIVALS,
    )
)  # fmt: skip
def put_responses(body: Row) -> Row:
    """Store what is new of a batch; what (source, id) named before is there already, also when it has been erased since."""
    survey = session.get(Survey, body["survey"]) if body["survey"] < 2**31 else None
    if survey is None:
        raise NotFound("There is no such survey.")
    if survey.published is None:
        raise Conflict("This survey has never been published, so nobody can have answered it.")
    rollups.bump(session(), "api")  # two batches at once: the second waits, and sees what the first stored
    batch = _Batch(edition_of(survey.published), survey.service_id, body)
    stored = intake.store(session(), [*batch.arrivals.values()])
    for name, response_id in zip(batch.arrivals, stored, strict=True):
        batch.said[name] |= {"state": "stored", "response": response_id}
    record(session(), by(), "api responses", g.api_token, survey=survey.id, stored=len(stored))
    states = [each["state"] for each in batch.said.values()]
    counts = {word.replace(" ", "_"): states.count(word) for word in ("stored", "there already", "refused")}
    return counts | {"responses": list(batch.said.values())}


class _Batch:
    """A batch, looked through: what can be stored, by the program's own id, and what is said of each."""

    def __init__(self, edition: Edition, home: int, body: Row) -> None:
        self.edition, self.home = edition, home
        self.source = f"api {body['source']}"
        self.channel = body.get("channel", "import")
        self.today = today(session())
        self.services = set(session.scalars(select(Service.id).where(Service.closed_at.is_(None))))
        hashes = {each["id"]: hashlib.sha256(each["id"].encode()).hexdigest() for each in body["responses"]}
        there = intake.known(session(), self.source, [*hashes.values()])
        self.arrivals: dict[str, intake.Arrival] = {}
        self.said: dict[str, Row] = {}
        for given in body["responses"]:
            name = given["id"]
            if name not in self.said:
                self.said[name] = {"id": name, "state": "there already", "response": None, "why": None}
                if hashes[name] not in there:
                    self._take(given, hashes[name])

    def _take(self, given: Row, identity: str) -> None:
        try:
            answers, day = checked(self.edition, _answers(given["answers"])), self._day(given.get("day"))
            if not answers:
                raise Wrong("it has no answer")
            place = given.get("service", self.home)
            if place not in self.services:
                raise Wrong(f"there is no open service {place}")
        except Wrong as wrong:
            self.said[given["id"]] |= {"state": "refused", "why": str(wrong)[:400]}
            return
        arrival = intake.Arrival(self.edition, place, self.channel, answers, day, source=self.source, identity=identity)
        self.arrivals[given["id"]] = arrival

    def _day(self, text: str | None) -> date:
        if text is None:
            return UNDATED
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise Wrong(f"“{text}” is no day: write it like 2026-05-31") from None
        if not day.year >= 1970 or day > self.today + timedelta(days=1):
            raise Wrong(f"{text} lies in the future, or before anybody asked")
        return day


def _answers(given: Row) -> dict[int, Value]:
    return {int(number): tuple(value) if isinstance(value, list) else value for number, value in given.items()}


@serves(
    Operation("put_figures", "put", "/figures", "figures", "Put monthly figures in, all or none", schemas.TAKEN, body=schemas.FIGURES)
)  # fmt: skip
def put_figures(body: Row) -> Row:
    """Take figures in as the page of figures takes a file: the same again changes nothing, and a closed month's change is kept."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(taking.COLUMNS)
    for each in body["figures"]:
        value = format(Decimal(str(each["value"])), "f")
        lines.writerow([_plain(each["measure"]), f"#{each['service']}", each["month"], value, _plain(each["unit"])])
    person, scope = session.get_one(Person, by()), Scope.everything(session())
    with force_locale("en"):
        taken = taking.take_in(
            session(), scope, written.getvalue().encode(), by=person, today=today(session()), why=body.get("why", "by program"),
        )  # fmt: skip
    record(session(), by(), "api figures", g.api_token, new=taken.new, changed=taken.changed)
    return {"new": taken.new, "changed": taken.changed, "same": taken.same}


def _plain(text: str) -> str:
    return " ".join(text.split())
