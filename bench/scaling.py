"""The page of trends at a million responses, beside the same page at twenty thousand, by turns: it must cost the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import text

from bench.house import SECRETS, copy_of_demo, folder
from bench.million import TIMES, multiply
from bench.rows import Row, percentile
from surveyapp import create_app, rollups
from surveyapp.demo.house import PASSWORD, email_of
from surveyapp.extensions import database

PAGES = ("/trends", "/trends?grain=week&span=12", "/trends?grain=quarter&span=24&compare=1")
TURNS, WARM, SAME, LIMIT = 40, 3, 1.2, 150


def scaling() -> Iterator[Row]:
    """Open each page by turns on a demo and on fifty demos in one database, and compare the medians."""
    few, many = copy_of_demo("few.sqlite"), copy_of_demo("many.sqlite")
    multiply(many, TIMES)
    clients = [_signed_in(few), _signed_in(many)]
    for path in PAGES:
        times: list[list[float]] = [[], []]
        for turn in range(WARM + TURNS):
            for client, found in zip(clients, times, strict=True):
                took = _milliseconds(client, path)
                if turn >= WARM:
                    found.append(took)
        base, ours = (percentile(each, 0.5) for each in times)
        name = f"{path}, {TIMES * 20_000:,} beside 20,000 responses"
        yield Row(f"{name}: median", ours, "ms", f"<= {SAME}", ours <= SAME * base, base)
        slow = percentile(times[1], 0.95)
        yield Row(f"{name}: p95", slow, "ms", f"<= {LIMIT} ms", slow <= LIMIT, percentile(times[0], 0.95))


def _signed_in(file: Path) -> FlaskClient:
    settings = {"DATABASE_URL": f"sqlite:///{file}", "INSTANCE": str(folder() / file.stem), "WTF_CSRF_ENABLED": False}
    app = create_app({**SECRETS, **settings})
    with app.app_context():
        with database().write() as session:
            rollups.rebuild(session)
        with database().engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    client = app.test_client()
    client.post("/login", data={"email": email_of("Ada Lead"), "password": PASSWORD})
    return client


def _milliseconds(client: FlaskClient, path: str) -> float:
    begun = time.perf_counter()
    assert client.get(path).status_code == 200, path
    return 1000 * (time.perf_counter() - begun)
