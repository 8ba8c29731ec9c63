"""`flask --app wsgi tick`: run what is due. Safe to call as often as you like, from as many machines as you like."""

from __future__ import annotations

import os
import socket

import click
from flask import current_app
from flask.cli import with_appcontext

from surveyapp.extensions import database


@click.command(help="Run what is due: retention, backups, mail.")
@with_appcontext
def command() -> None:
    """Tick once."""
    from surveyapp.pipeline.clock import tick  # noqa: PLC0415

    done = tick(database(), current_app.config, holder=f"{socket.gethostname()}:{os.getpid()}:tick"[:64])
    click.echo(f"Ran: {', '.join(done)}." if done else "Nothing was due.")
