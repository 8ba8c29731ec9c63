"""A demo to measure on, made once a run, and the application on it."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flask import Flask

from surveyapp import create_app, migrations
from surveyapp.demo import fill
from surveyapp.extensions import database

SECRETS = {
    "SECRET_KEY": "bench", "SECURITY_PASSWORD_SALT": "bench", "CODE_KEYS": {"1": "bench"},
    "SECURITY_TOTP_SECRETS": {"1": "bench bench bench bench"}, "RATELIMIT_ENABLED": False,
}  # fmt: skip


@cache
def folder() -> Path:
    """The run's folder."""
    return Path(tempfile.mkdtemp(prefix="heed-bench-"))


@cache
def demo() -> tuple[Flask, str, float]:
    """The application on a filled demo, its survey's slug, and how many seconds the filling took."""
    url = f"sqlite:///{folder() / 'heed.sqlite'}"
    app = create_app({**SECRETS, "DATABASE_URL": url, "INSTANCE": str(folder())})
    with app.app_context():
        migrations.upgrade(database())
        begun = time.perf_counter()
        slug = fill.fill(database(), datetime.now(UTC).date())
        return app, slug, time.perf_counter() - begun


def copy_of_demo(name: str) -> Path:
    """Copy the filled demo, with what still stands in its write-ahead log, into a file of the run's folder."""
    demo()
    file = folder() / name
    with closing(sqlite3.connect(folder() / "heed.sqlite")) as whole, closing(sqlite3.connect(file)) as copy:
        whole.backup(copy)
    return file
