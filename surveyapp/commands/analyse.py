"""`flask --app wsgi analyse`: hear what waits, now, with a progress bar; `--again` re-analyses what was heard."""

from __future__ import annotations

import os
import socket

import click
from flask.cli import with_appcontext

from surveyapp.extensions import database


@click.command(help="Analyse every response that waits; with --again, everything once more with the newest analyser.")
@click.option("--again", is_flag=True, help="Re-analyse; corrections and what people placed stay as they are.")
@click.option(
    "--closed-months", is_flag=True, help="With --again: closed months too. Their published figures may change."
)
@with_appcontext
def command(again: bool, closed_months: bool) -> None:
    """Catch up."""
    if closed_months and not again:
        raise click.UsageError("--closed-months goes with --again: only what was read before can be read once more.")
    click.echo(_once_more(closed_months) if again else _catch_up())


def _catch_up() -> str:
    from tqdm import tqdm  # noqa: PLC0415

    from surveyapp.pipeline import hear  # noqa: PLC0415

    with database().read() as session:
        total = hear.waiting(session)
    holder = f"{socket.gethostname()}:{os.getpid()}:analyse"[:64]
    with tqdm(total=total, unit=" responses") as bar:
        done = hear.Hearing(database(), holder=holder).hear_all(bar.update)
    return f"{done} responses analysed."


def _once_more(closed_months: bool) -> str:
    from tqdm import tqdm  # noqa: PLC0415

    from surveyapp.pipeline import hear  # noqa: PLC0415
    from surveyapp.pipeline.again import Again, open_since  # noqa: PLC0415

    with database().read() as session:
        since, heard = None if closed_months else open_since(session), hear.heard(session)
    again = Again(database(), since=since)
    total = again.waiting()
    with tqdm(total=total, unit=" responses") as bar:
        done = again.all(bar.update)
    left = (
        f" {heard - total} of closed months stay as they are; --closed-months takes them too." if heard > total else ""
    )
    return f"{done} responses analysed again.{left}"
