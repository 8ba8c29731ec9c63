"""Every command of `flask --app wsgi`, each in a file of its own under surveyapp.commands.

Those files import what is heavy inside the command, because a web worker loads them too.
"""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

COMMANDS: dict[str, str] = {
    "db": "Migrate the database.",
}
"""Name -> one line of help. `import-feedback` lives in commands/import_feedback.py."""


def install(app: Flask) -> None:
    """Register the commands."""
    for name in COMMANDS:
        app.cli.add_command(_load(name), name)


def _load(name: str) -> click.Command | AppGroup:
    command: click.Command = import_module(f"surveyapp.commands.{name.replace('-', '_')}").command
    return command
