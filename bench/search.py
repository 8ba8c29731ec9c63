"""Searching 10,000 improvements and 1,000,000 comments, on both databases: whole pages, as a lead's browser gets them.

The words are drawn from the comments themselves, so that common ones are asked for more often: single words, two of one
comment, words with a typo, and words that nobody wrote. Each is asked for three times and the fastest counts, because other work of the
machine would be measured otherwise.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from bench.house import SECRETS, copy_of_demo, folder
from bench.million import multiply
from bench.moving import move
from bench.rows import Row, percentile
from surveyapp import create_app, rollups
from surveyapp.db import Database
from surveyapp.demo.house import PASSWORD, email_of
from surveyapp.searching.words import DULL, words

COMMENTS, IMPROVEMENTS = 1_000_000, 10_000
LIMIT = 150
TRIES = 3
EACH = 40
"""How many searches of each sort there are on each page."""


def search() -> Iterator[Row]:
    """Measure on SQLite, and on PostgreSQL where HEED_TEST_POSTGRES says where one is."""
    file = copy_of_demo("search.sqlite")
    asked = _asked(file)
    with closing(sqlite3.connect(file)) as base:
        comments, improvements = (
            base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("comment", "improvement")
        )
    multiply(file, -(-COMMENTS // comments), backlogs=-(-IMPROVEMENTS // improvements))
    yield from _timed(f"sqlite:///{file}", asked)
    if os.environ.get("HEED_TEST_POSTGRES"):
        yield from _timed(move(file, "heed_bench_search"), asked)


def _asked(file: Path) -> dict[str, list[str]]:
    """Draw the searches, the same every time, from comments of the demo."""
    draw = random.Random(5)
    with closing(sqlite3.connect(file)) as base:
        texts = [row[0] for row in base.execute("SELECT text FROM comment ORDER BY id")]
    said = [list(dict.fromkeys(word for word in words(each) if len(word) > 2 and word not in DULL)) for each in texts]
    rich = [each for each in said if len(each) > 2]
    pairs = [draw.sample(draw.choice(rich), 2) for _each in range(EACH)]
    long = [word for each in rich for word in each if len(word) > 4]
    return {
        "one word": [draw.choice(draw.choice(rich)) for _each in range(EACH)],
        "two words": [" ".join(pair) for pair in pairs],
        "a typo": [_mistyped(draw, draw.choice(long)) for _each in range(EACH)],
        "nobody's word": [f"{draw.choice(long)}xyz" for _each in range(EACH // 4)],
    }


def _mistyped(draw: random.Random, word: str) -> str:
    place = draw.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _timed(url: str, asked: dict[str, list[str]]) -> Iterator[Row]:
    app = create_app({**SECRETS, "DATABASE_URL": url, "INSTANCE": str(folder()), "WTF_CSRF_ENABLED": False})
    base = Database(url)
    with base.write() as session:
        rollups.rebuild(session)
    with base.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    yield from _pages(app, "SQLite" if base.is_sqlite else "PostgreSQL", asked)
    base.dispose()


def _pages(app: Flask, kind: str, asked: dict[str, list[str]]) -> Iterator[Row]:
    client = app.test_client()
    client.post("/login", data={"email": email_of("Ada Lead"), "password": PASSWORD})
    for page in ("/comments", "/backlog"):
        _milliseconds(client, f"{page}?q=warm")
        times = {
            sort: [_milliseconds(client, f"{page}?q={quote(each)}") for each in some] for sort, some in asked.items()
        }
        every = [each for some in times.values() for each in some]
        p95 = percentile(every, 0.95)
        yield Row(f"{kind}: search {page}, p95", p95, "ms", f"<= {LIMIT}", p95 <= LIMIT)
        for sort, some in times.items():
            yield Row(f"{kind}: of them {sort}, p95", percentile(some, 0.95), "ms", "", None)


def _milliseconds(client: FlaskClient, path: str) -> float:
    def once() -> float:
        begun = time.perf_counter()
        assert client.get(path).status_code == 200, path
        return 1000 * (time.perf_counter() - begun)

    return min(once() for _try in range(TRIES))
