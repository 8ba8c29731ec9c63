"""Fixtures that every test may use: databases of both kinds, the application, a client."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import text
from sqlalchemy.orm import Session

from surveyapp import create_app, migrations
from surveyapp.db import Database, make_engine

SECRETS = {
    "SECRET_KEY": "a secret of the tests",
    "SECURITY_PASSWORD_SALT": "salt of the tests",
    "CODE_KEYS": {"1": "a code key of the tests"},
    "SECURITY_TOTP_SECRETS": {"1": "totp secret of the tests, long enough"},
}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
POSTGRES = os.environ.get("HEED_TEST_POSTGRES", "")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
OURS = f"{POSTGRES.rsplit('/', 1)[-1]}_{{}}_{WORKER}"
"""Names of databases begin with that of the given one, so that two runs on one server keep out of each other's way."""


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy from."""
    file = tmp_path_factory.mktemp("template") / "heed.sqlite"
    made = Database(f"sqlite:///{file}")
    migrations.upgrade(made)
    made.dispose()  # the last connection to close moves the write-ahead log into the file
    return file


def _maintenance(statement: str) -> None:
    engine = make_engine(POSTGRES).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _postgres_url(name: str) -> str:
    return POSTGRES.rsplit("/", 1)[0] + "/" + name


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    """The name of a migrated, empty PostgreSQL database to copy from."""
    name = OURS.format("template")
    _maintenance(f"DROP DATABASE IF EXISTS {name}")
    _maintenance(f"CREATE DATABASE {name}")
    made = Database(_postgres_url(name))
    migrations.upgrade(made)
    made.dispose()
    yield name
    _maintenance(f"DROP DATABASE IF EXISTS {name}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database; a test that uses it runs on both kinds."""
    if request.param == "sqlite":
        file = tmp_path / "heed.sqlite"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    if not POSTGRES:
        if os.environ.get("CI"):
            pytest.fail("HEED_TEST_POSTGRES is not set, and in CI the tests must run on PostgreSQL too")
        pytest.skip("no PostgreSQL: set HEED_TEST_POSTGRES to run this test there too")
    name = OURS.format("test")
    template = request.getfixturevalue("migrated_postgres")
    _maintenance(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _maintenance(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _postgres_url(name)
    _maintenance(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def anew(request: pytest.FixtureRequest, database_url: str) -> Callable[[], Database]:
    """Give the test's database back as it was at first: migrated and empty. Whoever had it open before has closed it."""

    def again() -> Database:
        if database_url.startswith("sqlite"):
            file = Path(database_url.removeprefix("sqlite:///"))
            for left in file.parent.glob(f"{file.name}-*"):
                left.unlink()
            shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        else:
            name = database_url.rsplit("/", 1)[-1]
            _maintenance(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            _maintenance(f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('migrated_postgres')}")
        return Database(database_url)

    return again


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh, migrated database."""
    made = Database(database_url)
    yield made
    made.dispose()


@pytest.fixture
def unit(database: Database) -> Iterator[Session]:
    """A writing session; what the test does not commit is undone."""
    with database.session(write=True) as session:
        yield session


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> dict[str, Any]:
    """The configuration of an application under test."""
    return {
        **SECRETS,
        "TESTING": True,
        "INSTANCE": str(tmp_path / "instance"),
        "DATABASE_URL": database_url,
        "PUBLIC_URL": "http://localhost",
        "RATELIMIT_ENABLED": False,
        "ANALYSER": "none",
        "MAIL_SUPPRESS_SEND": True,
    }


@pytest.fixture
def app(settings: dict[str, Any]) -> Iterator[Flask]:
    """The application on a fresh database."""
    made = create_app(settings)
    yield made
    made.extensions["heed_database"].dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by playwright. In CI a missing one is a failure."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium, and in CI the journeys must run: apt-get install chromium")
        pytest.skip("no Chromium: install it to run the journeys")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
