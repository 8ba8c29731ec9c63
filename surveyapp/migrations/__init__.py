"""Migrations of the database, run by `flask --app wsgi db upgrade`, by setup and by the demo."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from surveyapp.db import Database


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision, in one transaction."""
    with database.writer.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_current(database: Database) -> bool:
    """Say whether the database stands at the newest revision."""
    with database.reader.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def revise(database: Database, message: str) -> None:
    """Write a new migration from the difference between the models and a database that stands at the newest revision."""
    with database.writer.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        number = 1 + sum(1 for _ in ScriptDirectory.from_config(config).walk_revisions())
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
