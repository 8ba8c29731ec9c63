"""Eight customers submit while web workers and the analyser are killed, and no answer that got a code is lost or counted twice."""

from __future__ import annotations

import http.client
import os
import re
import signal
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import func, select

from surveyapp import rollups
from surveyapp.answering import codes
from surveyapp.db import Database
from surveyapp.models import Comment, Finding, Response, Rollup
from tests.support import make
from tests.support.served import Served

CLIENTS = 8
KILLS = 5
WORDS = "The queue at the desk was far too long and nobody came. Please open a second till on Saturdays. Lovely building though. "
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
CODE = re.compile(r"/r/([A-Za-z0-9-]+)")


class Customer(threading.Thread):
    """Somebody who answers again and again, and sends a form once more when the line breaks, as a browser's reload does."""

    def __init__(self, url: str, slug: str, questions: dict[str, int], stop: threading.Event, number: int) -> None:
        super().__init__(daemon=True)
        self.address, self.questions, self.stop, self.number = f"{url}/s/{slug}", questions, stop, number
        self.codes: list[str] = []
        self.in_flight = False

    def run(self) -> None:
        """Answer until told to stop."""
        while not self.stop.is_set():
            ticket = TICKET.search(self._send(None))
            if ticket:
                self._answer(ticket.group(1))

    def _answer(self, ticket: str) -> None:
        text = f"{WORDS * 6} Said customer {self.number} as number {len(self.codes)}."
        fields = {"ticket": ticket, f"q{self.questions['csat']}": "2", f"q{self.questions['suggestion']}": text}
        while not self.stop.is_set():
            if found := CODE.search(self._send(fields)):
                self.codes.append(found.group(1))
                return

    def _send(self, fields: dict[str, str] | None) -> str:
        self.in_flight = fields is not None
        try:
            data = urllib.parse.urlencode(fields).encode() if fields else None
            with urllib.request.urlopen(self.address, data, timeout=10) as answer:
                return str(answer.read().decode())
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            return ""
        finally:
            self.in_flight = False


def leased(database: Database) -> int:
    """How many responses are between lease and store."""
    with database.read() as session:
        held = (
            select(func.count()).select_from(Response).where(Response.state == "pending", Response.lease.is_not(None))
        )
        return session.scalar(held) or 0


def strike(served: Served, database: Database, customers: list[Customer]) -> None:
    """Kill a web worker and the analyser with -9 at a moment when a batch is being heard and answers are on their way."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        background, workers = served.children("background"), served.children()
        if background and workers and leased(database) and any(each.in_flight for each in customers):
            try:
                os.kill(workers[0], signal.SIGKILL)
                os.kill(background[0], signal.SIGKILL)
                return
            except ProcessLookupError:
                continue  # it ended by itself between the look and the strike: this one does not count
        time.sleep(0.005)
    pytest.fail("no batch was ever between lease and store while answers were on their way")


@pytest.mark.journey
def test_nothing_is_lost(database_url: str, database: Database, tmp_path: Path) -> None:
    """Every code that was shown is stored once, everything is counted once, every comment has one finding."""
    with database.write() as session:
        survey = make.survey(session)
        slug = survey.links[0].slug
        version = survey.published
        assert version is not None
        questions = {str(question.purpose): question.id for question in version.questions}
    served = Served(database_url, tmp_path / "instance", RATELIMIT_ENABLED=False, LEASE_SECONDS=2)
    stop = threading.Event()
    customers = [Customer(served.url, slug, questions, stop, number) for number in range(CLIENTS)]
    try:
        for customer in customers:
            customer.start()
        for _strike in range(KILLS):
            strike(served, database, customers)
        stop.set()
        for customer in customers:
            customer.join(timeout=30)
        wait_until_heard(database)
    finally:
        stop.set()
        served.stop()
    check(database, [code for customer in customers for code in customer.codes])


def wait_until_heard(database: Database) -> None:
    """Wait for the analyser to catch up."""
    for _try in range(600):
        with database.read() as session:
            if not session.scalar(select(func.count()).select_from(Response).where(Response.state == "pending")):
                return
        time.sleep(0.2)
    pytest.fail("the analyser did not catch up")


def check(database: Database, shown: list[str]) -> None:
    """Compare what customers were shown with what is stored and counted."""
    with database.read() as session:
        assert len(shown) == len(set(shown)) > KILLS
        hashes = {codes.hashed(codes.parse(code)) for code in shown}
        stored = list(session.scalars(select(Response.code_hash)))
        assert hashes <= set(stored)
        assert len(stored) == len(set(stored))
        counted = session.scalar(select(func.sum(Rollup.n)).where(Rollup.fact == "response"))
        assert counted == len(stored)
        assert set(session.scalars(select(Comment.id))) == set(session.scalars(select(Finding.comment_id)))
        assert session.scalar(select(func.sum(Rollup.n)).where(Rollup.fact == "mention"))
        assert rollups.differences(session) == {}
