"""The staff's pages at a million responses: the demo's rows, multiplied in SQL, and its rollups counted anew."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from bench.house import SECRETS, copy_of_demo, folder
from bench.moving import move
from bench.rows import Row
from bench.serving import timed_pages
from surveyapp import create_app, rollups
from surveyapp.extensions import database

TIMES = 50
KEYS = {
    "response": {"id": "response"},
    "answer": {"id": "answer", "response_id": "response"},
    "comment": {"id": "comment", "response_id": "response"},
    "finding": {"comment_id": "comment"},
    "comment_theme": {"comment_id": "comment"},
    "mention": {"id": "mention", "comment_id": "comment"},
}
"""The columns that hold ids, and whose."""
ONCE = {
    "response": ("submission_id", "digest", "code_hash", "source", "identity"),
    "improvement": ("title_comment_id",),
}
"""Columns that must not repeat, and may be empty."""


def million() -> Iterator[Row]:
    """Time the pages on fifty demos in one database, on SQLite, and on PostgreSQL where HEED_TEST_POSTGRES says where one is."""
    file = copy_of_demo("million.sqlite")
    multiply(file, TIMES)
    yield from _timed(f"sqlite:///{file}", "SQLite")
    if os.environ.get("HEED_TEST_POSTGRES"):
        yield from _timed(move(file, "heed_bench_million"), "PostgreSQL")


def _timed(url: str, kind: str) -> Iterator[Row]:
    app = create_app({**SECRETS, "DATABASE_URL": url, "INSTANCE": str(folder())})
    with app.app_context():
        with database().write() as session:
            rollups.rebuild(session)
        with database().engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))  # which a server does by itself in the night
    yield from timed_pages(app, f"{TIMES * 20_000:,} responses on {kind}", limit=400)


def multiply(file: Path, times: int, *, backlogs: int = 1) -> None:
    """Put so many copies of a demo's rows into its own file; every `backlogs` copies share one copy of its improvements."""
    with closing(sqlite3.connect(file)) as base:
        base.execute("PRAGMA synchronous=OFF")
        step = {
            name: base.execute(f"SELECT max(id) FROM {name}").fetchone()[0]
            for name in ("response", "answer", "comment", "mention", "improvement")
        }
        improvements = {"id": "improvement", "merged_into_id": "improvement"}
        for copy in range(1, backlogs):
            _copy(base, "improvement", improvements, step, dict.fromkeys(improvements, copy))
        for table, keys in KEYS.items():
            for copy in range(1, times):
                moved = dict.fromkeys(keys, copy) | {"improvement_id": copy % backlogs}
                _copy(
                    base, table, keys | ({"improvement_id": "improvement"} if table == "mention" else {}), step, moved
                )
            base.commit()


def _copy(
    base: sqlite3.Connection, table: str, keys: dict[str, str], step: dict[str, int], moved: dict[str, int]
) -> None:
    columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
    values = [
        f'"{column}" + {moved[column] * step[keys[column]]}'
        if column in keys
        else ("NULL" if column in ONCE.get(table, ()) else f'"{column}"')
        for column in columns
    ]
    own = "id" if "id" in keys else "comment_id"
    names = ", ".join(f'"{column}"' for column in columns)
    known = f"{own} <= {step[keys[own]]}"
    base.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} WHERE {known}")
