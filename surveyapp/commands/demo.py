"""`flask --app wsgi demo`: fill an empty database with the demo's story; `script/demo` calls it."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from surveyapp.extensions import database


@click.command(help="Fill an empty database with the demonstration.")
@click.option("--responses", default=20_000, show_default=True, help="How many customers answered.")
@with_appcontext
def command(responses: int) -> None:
    """Migrate, fill unless filled already, and print where to begin."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from sqlalchemy import select  # noqa: PLC0415
    from tqdm import tqdm  # noqa: PLC0415

    from surveyapp import migrations  # noqa: PLC0415
    from surveyapp.demo import fill  # noqa: PLC0415
    from surveyapp.models import Organisation  # noqa: PLC0415

    migrations.upgrade(database())
    with database().read() as session:
        organisation = session.scalars(select(Organisation)).first()
    if organisation is not None and not organisation.demo:
        raise click.ClickException("This database belongs to a real organisation. The demo fills an empty one only.")
    if organisation is None:
        with tqdm(total=2 * responses, unit=" responses", desc="Two years of customers") as bar:
            fill.fill(database(), datetime.now(UTC).date(), total=responses, progress=lambda _what, n: bar.update(n))
    click.echo(welcome())


def welcome() -> str:
    """Return the addresses to open and one sign-in per duty."""
    from sqlalchemy import select  # noqa: PLC0415

    from surveyapp.demo.house import PASSWORD, SIGN_INS, email_of  # noqa: PLC0415
    from surveyapp.models import SurveyLink  # noqa: PLC0415

    base = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    with database().read() as session:
        slug = session.scalar(select(SurveyLink.slug).order_by(SurveyLink.id).limit(1))
    lines = [
        f"A customer on a phone:  {base}/s/{slug}",
        f"Everybody else:         {base}/",
        f"Password for each:      {PASSWORD}",
    ]
    lines += [f"  {duty:14} {email_of(name)}" for duty, name in SIGN_INS.items()]
    return "\n".join(lines)
