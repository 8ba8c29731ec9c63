"""`flask --app wsgi backup`: one backup, now."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from surveyapp.extensions import database


@click.command(help="Back the SQLite database up now.")
@with_appcontext
def command() -> None:
    """Make one backup beside those of the clock."""
    from surveyapp.pipeline import backup  # noqa: PLC0415

    made = backup.run(database(), current_app.config)
    click.echo(
        made.get("skipped")
        or f"Backed up to {current_app.config['INSTANCE']}/backups/{made['file']} ({made['bytes']:,} bytes)."
    )
