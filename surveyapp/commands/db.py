"""`flask --app wsgi db …`: migrations."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from surveyapp.extensions import database


@click.group(help="Migrate the database.")
def command() -> None:
    """Hold the sub-commands."""


@command.command("upgrade", help="Bring the database to the newest revision.")
@with_appcontext
def upgrade() -> None:
    """Run what migrations are missing."""
    from surveyapp import migrations  # noqa: PLC0415 - heavy

    migrations.upgrade(database())
    click.echo("The database is up to date.")


@command.command("revision", help="Write a migration from what the models say now (for developers).")
@click.argument("message")
@with_appcontext
def revision(message: str) -> None:
    """Compare the models with the database and write the difference as a migration."""
    from surveyapp import migrations  # noqa: PLC0415 - heavy

    migrations.revise(database(), message)
