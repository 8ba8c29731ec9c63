"""Heed: surveys whose suggestions are heard, answered and followed to the score afterwards."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask

ROOMS: tuple[str, ...] = (
    "accounts",
    "building",
    "answering",
    "listening",
    "backlog",
    "recovery",
    "telling",
    "quality",
    "trends",
    "standards",
    "sharing",
    "hooks",
    "admin",
    "api",
    "metrics",
)
"""Every package with a `views.blueprint`, in the order of the chain."""


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """Put the parts together: configuration, database, extensions, rooms and commands."""
    from surveyapp import cli, config, logs, web  # noqa: PLC0415 - importing the package must stay cheap for commands
    from surveyapp.db import Database  # noqa: PLC0415
    from surveyapp.hooks import noticing  # noqa: PLC0415

    logs.configure()
    settings = config.load(overrides)
    app = web.HeedFlask(
        __name__, template_folder=_beside("templates"), static_folder=_beside("static"), static_url_path="/static"
    )
    app.config.update(settings)
    app.extensions["heed_database"] = Database(settings["DATABASE_URL"])
    noticing.install(app.extensions["heed_database"])
    app.extensions["heed_pipeline"] = import_module("surveyapp.pipeline.wiring")
    web.install(app)
    _extend(app)
    for room in ROOMS:
        app.register_blueprint(import_module(f"surveyapp.{room}.views").blueprint)
    cli.install(app)
    return app


def _beside(folder: str) -> str:
    """Find a folder inside the package (in a wheel) or beside it (in the source tree).

    Inside comes first: beside an installed package may lie the `templates` or `static` of somebody who packaged carelessly.
    """
    here = Path(__file__).parent
    inside = here / folder
    return str(inside if inside.is_dir() else here.parent / folder)


def _extend(app: Flask) -> None:
    from surveyapp.accounts import access, screen, security  # noqa: PLC0415
    from surveyapp.extensions import babel, csrf, limiter  # noqa: PLC0415

    babel.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    security.install(app)
    access.install(app, security.STATED)
    screen.install(app)
