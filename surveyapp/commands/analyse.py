"""`flask --app wsgi analyse`: hear what waits, now, with a progress bar; `--again` re-analyses what was heard."""

from __future__ import annotations

import os
import socket

import click
from flask.cli import with_appcontext

from surveyapp.extensions import database


@click.command(help="Analyse every response that waits; with --again, everything once more with the newest analyser.")
@click.option("--again", is_flag=True, help="Re-analyse; corrections and what people placed stay as they are.")
@with_appcontext
def command(again: bool) -> None:
    """Catch up."""
    from tqdm import tqdm  # noqa: PLC0415

    from surveyapp.pipeline import hear  # noqa: PLC0415
    from surveyapp.pipeline.again import Again  # noqa: PLC0415

    with database().read() as session:
        total = hear.heard(session) if again else hear.waiting(session)
    with tqdm(total=total, unit=" responses") as bar:
        if again:
            done = Again(database()).all(bar.update)
        else:
            holder = f"{socket.gethostname()}:{os.getpid()}:analyse"[:64]
            done = hear.Hearing(database(), holder=holder).hear_all(bar.update)
    click.echo(f"{done} responses analysed.")
