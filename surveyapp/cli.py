"""Every command of `flask --app wsgi`, each in a file of its own under surveyapp.commands.

Those files import what is heavy inside the command, because a web worker loads them too.
"""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

COMMANDS: dict[str, str] = {
    "analyse": "Hear what waits, now.",
    "backup": "Back the database up.",
    "db": "Migrate the database.",
    "import-feedback": "Import feedback that was collected elsewhere.",
    "demo": "Fill an empty database with the demonstration.",
    "restore": "Put a backup in its place.",
    "rollups": "Check or rebuild the rollups.",
    "setup": "Make an empty installation and a link for its first administrator.",
    "tick": "Run what is due.",
}
"""Name -> one line of help. `import-feedback` lives in commands/import_feedback.py."""


def install(app: Flask) -> None:
    """Register the commands."""
    for name in COMMANDS:
        app.cli.add_command(_load(name), name)


def _load(name: str) -> click.Command | AppGroup:
    command: click.Command = import_module(f"surveyapp.commands.{name.replace('-', '_')}").command
    return command
