"""Submissions under 1, 8 and 32 clients, beside a bare view with one durable insert: throughput, p99 and server CPU.

Both are served at once by gunicorn with the same settings and loaded by turns, so that whatever else the machine does in
between falls on both. The limit per address and the analyser are off, as all clients share one address and the floor
analyses nothing. Server CPU is that of the web workers; the database server's own is not in it.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import text

from bench.house import folder
from bench.rows import Row, percentile
from surveyapp import migrations
from surveyapp.db import Database, make_engine
from tests.support import make
from tests.support.served import Served, free_port

SECONDS = 3.0
TURNS = 3
FORM = "application/x-www-form-urlencoded"
WORDS = "Please open earlier on Saturdays, the queue is long by nine."
TICKET = re.compile(rb'name="ticket" value="([^"]+)"')


@dataclass(slots=True)
class Under:
    """What is under load: where it listens, what is posted there, whose children serve it, and what was measured so far."""

    port: int
    path: str
    body: Callable[[], dict[str, str]]
    master: int
    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0

    def figures(self) -> tuple[float, float, float]:
        """Return submissions a second, p99 in ms, and server CPU in ms a submission."""
        total = max(1, len(self.times))
        return len(self.times) / self.seconds, 1000 * percentile(self.times, 0.99), 1000 * self.cpu / total

    def anew(self) -> None:
        """Forget what was measured."""
        self.times, self.seconds, self.cpu = [], 0.0, 0.0


def submissions() -> Iterator[Row]:
    """Measure on SQLite, and on PostgreSQL where HEED_TEST_POSTGRES says where one is."""
    kinds = {"sqlite": f"sqlite:///{folder()}/{{}}.sqlite"}
    if os.environ.get("HEED_TEST_POSTGRES"):
        kinds[f"postgresql (fsync {_fsync()})"] = os.environ["HEED_TEST_POSTGRES"].rsplit("/", 1)[0] + "/heed_bench_{}"
    for kind, pattern in kinds.items():
        with _ours(_fresh(pattern.format("ours"))) as ours, _bare(_fresh(pattern.format("floor"))) as floor:
            for clients in (1, 8, 32):
                mine, bare = _by_turns(ours, floor, clients)
                name = f"{kind}, {clients} clients: "
                yield Row(name + "submissions a second", mine[0], "/s", ">= 0.6", mine[0] >= 0.6 * bare[0], bare[0])
                yield Row(name + "p99", mine[1], "ms", "<= 2.5", mine[1] <= 2.5 * bare[1], bare[1])
                yield Row(name + "server CPU each", mine[2], "ms", "<= 2.5", mine[2] <= 2.5 * bare[2], bare[2])


def _fsync() -> str:
    engine = make_engine(os.environ["HEED_TEST_POSTGRES"])
    with engine.connect() as connection:
        found = str(connection.execute(text("SHOW fsync")).scalar())
    engine.dispose()
    return found


def _by_turns(ours: Under, floor: Under, clients: int) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    for each in (ours, floor):
        _load(each, clients, 1.0)  # connections, caches and prepared statements are there before anything counts
        each.anew()
    for _turn in range(TURNS):
        _load(ours, clients, SECONDS)
        _load(floor, clients, SECONDS)
    return ours.figures(), floor.figures()


def _fresh(url: str) -> str:
    if url.startswith("postgresql"):
        name = url.rsplit("/", 1)[1]
        engine = make_engine(os.environ["HEED_TEST_POSTGRES"]).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
    return url


@contextmanager
def _ours(url: str) -> Iterator[Under]:
    database = Database(url)
    migrations.upgrade(database)
    with database.write() as session:
        survey = make.survey(session)
        slug, questions = survey.links[0].slug, [question.id for question in survey.versions[0].questions]
    database.dispose()
    served = Served(url, folder() / f"served-{uuid4().hex}", RATELIMIT_ENABLED=False, ANALYSER="none")
    try:
        ticket = TICKET.search(_get(served.port, f"/s/{slug}"))
        assert ticket is not None

        def body() -> dict[str, str]:
            # One ticket with other words each time is another response each time: the GET is not what is measured.
            return {
                "ticket": ticket.group(1).decode(),
                f"q{questions[0]}": "4",
                f"q{questions[2]}": f"{WORDS} {uuid4().hex}",
            }

        yield Under(served.port, f"/s/{slug}", body, served.process.pid)
    finally:
        served.stop()


@contextmanager
def _bare(url: str) -> Iterator[Under]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:surveyapp.serving", "bench.floor:app"]
    environment = os.environ | {"FLOOR_DATABASE": url, "HEED_BIND": f"127.0.0.1:{port}", "HEED_ANALYSER": "none"}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for _try in range(100):
            time.sleep(0.1)
            try:
                _get(port, "/")
                break
            except OSError:
                continue
        yield Under(port, "/", lambda: {"words": f"{WORDS} {uuid4().hex}"}, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def _get(port: int, path: str) -> bytes:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path)
    found = line.getresponse().read()
    line.close()
    return found


def _load(under: Under, clients: int, seconds: float) -> None:
    end = time.perf_counter() + seconds

    def client() -> None:
        line = http.client.HTTPConnection("127.0.0.1", under.port, timeout=30)
        while time.perf_counter() < end:
            begun = time.perf_counter()
            line.request("POST", under.path, urlencode(under.body()), {"Content-Type": FORM})
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            under.times.append(time.perf_counter() - begun)
        line.close()

    before, threads = _cpu(under.master), [threading.Thread(target=client) for _each in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    under.seconds += time.perf_counter() - begun
    under.cpu += _cpu(under.master) - before


def _cpu(master: int) -> float:
    """Return the seconds of processor time that a master's children have used."""
    total = 0.0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == master:
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total
