"""`flask --app wsgi rollups …`: check the rollups against the rows, or build them anew."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from surveyapp.extensions import database


@click.group(help="Check or rebuild the rollups that charts read.")
def command() -> None:
    """Hold the sub-commands."""


@command.command("check", help="Compare the rollups with a fresh count; ends with 1 where they differ.")
@with_appcontext
def check() -> None:
    """Name every rollup that is not what a count of the rows says."""
    from surveyapp import rollups  # noqa: PLC0415

    with database().read() as session:
        found = rollups.differences(session)
    for key, n in sorted(found.items(), key=str)[:50]:
        click.echo(f"{key}: stored {n:+d} against the rows")
    click.echo(f"{len(found)} differences." if found else "The rollups are what the rows say.")
    raise SystemExit(1 if found else 0)


@command.command("rebuild", help="Count everything again.")
@with_appcontext
def rebuild() -> None:
    """Throw the rollups away and count again, in one transaction."""
    from surveyapp import rollups  # noqa: PLC0415

    with database().write() as session:
        n = rollups.rebuild(session)
    click.echo(f"{n} rollups.")
