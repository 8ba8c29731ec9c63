"""`flask --app wsgi restore FILE`: put a backup in the place of the database."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from surveyapp.errors import HeedError
from surveyapp.extensions import database


@click.command(
    help="Put a backup in the place of the database (stop the server first). The replaced one is kept beside it."
)
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def command(file: Path) -> None:
    """Restore, or say what is wrong with the file and touch nothing."""
    from surveyapp.pipeline import backup  # noqa: PLC0415

    try:
        aside = backup.restore(database(), file)
    except HeedError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored from {file.name}. What was there before is {aside.name}.")
