"""`flask --app wsgi import-feedback FILE --mapping MAPPING`: bring in feedback that was collected elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

from surveyapp.errors import HeedError
from surveyapp.extensions import database

if TYPE_CHECKING:
    from surveyapp.importing.feedback import Report

SHOWN = 20


@click.command(help="Import a CSV file of feedback; a mapping says what its columns mean (see the examples folder).")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping", "mapping_file", required=True, type=click.Path(path_type=Path), help="JSON, see docs/importing.md."
)
@click.option("--dry-run", is_flag=True, help="Say what would be stored, and store nothing.")
@click.option("--analyse", "hear", is_flag=True, help="Analyse the comments at once, instead of in the background.")
@with_appcontext
def command(file: Path, mapping_file: Path, dry_run: bool, hear: bool) -> None:
    """Import in one transaction, or not at all, and say what became of every row."""
    from tqdm import tqdm  # noqa: PLC0415

    from surveyapp.importing import feedback, mapping  # noqa: PLC0415

    limit = int(current_app.config["IMPORT_LIMIT"])
    if file.is_file() and file.stat().st_size > limit:
        raise click.ClickException(
            f"{file.name} is larger than {limit:,} bytes: import it in parts. Nothing was stored."
        )
    try:
        known = mapping.load(mapping_file)
        with database().session(write=True) as session, tqdm(unit=" rows", desc=file.name) as bar:
            report = feedback.run(session, file, known, dry=dry_run, progress=bar.update)
            session.rollback() if dry_run else session.commit()
    except HeedError as error:
        raise click.ClickException(f"{error} Nothing was stored.") from error
    click.echo(said(report, dry_run=dry_run))
    if hear and not dry_run:
        from surveyapp.commands.analyse import command as analyse  # noqa: PLC0415

        click.get_current_context().invoke(analyse, again=False)


def said(report: Report, *, dry_run: bool) -> str:
    """Return a report in words."""
    lines = [
        f"{report.rows_read:7} rows read",
        f"{report.rows_stored:7} rows {'would be ' if dry_run else ''}stored, as {report.responses_stored} responses with "
        f"{report.comments_stored} comments ({report.undated} responses without a date)",
        f"{report.rows_there_already:7} rows there already",
        f"{report.rows_without_answer:7} rows without an answer",
        f"{report.rows_refused:7} rows refused",
    ]
    lines += [f"        line {line}: {reason}" for line, reason in report.refused[:SHOWN]]
    if len(report.refused) > SHOWN:
        lines.append(f"        and {len(report.refused) - SHOWN} more")
    return "\n".join(lines)
