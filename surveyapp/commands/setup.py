"""`flask --app wsgi setup`: an empty, real installation with a one-time link for its first administrator."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from surveyapp.errors import Invalid
from surveyapp.extensions import database


@click.command(help="Make an empty installation and a link for its first administrator.")
@click.option("--name", default="Our organisation", show_default=True, help="The organisation's name.")
@click.option(
    "--time-zone", default="Europe/London", show_default=True, help="An IANA time zone; it decides what a day is."
)
@click.option("--new-link", is_flag=True, help="Make a new link for the first administrator, who has not used theirs.")
@with_appcontext
def command(name: str, time_zone: str, new_link: bool) -> None:
    """Migrate, found the organisation and print the link; a second run changes nothing. Secrets were written by config.load."""
    from surveyapp import migrations  # noqa: PLC0415 - heavy
    from surveyapp.accounts import founding, invitations, settings  # noqa: PLC0415

    try:
        settings.check_time_zone(time_zone)
    except Invalid as error:
        raise click.ClickException(str(error)) from None
    migrations.upgrade(database())
    with database().write() as session:
        if founding.found(session, name=name, time_zone=time_zone, themes=founding.starter_themes()) is not None:
            administrator = founding.first_administrator(session)
        elif new_link and (unclaimed := founding.unclaimed_administrator(session)) is not None:
            administrator = unclaimed
        else:
            click.echo("This installation is set up already. Nothing was changed.")
            return
        token = invitations.invite(session, None, administrator)
    click.echo(f"Secrets and data are in {current_app.config['INSTANCE']}.")
    click.echo("Open this link once, within seven days, to become the first administrator:")
    click.echo(invitation_link(token))


def invitation_link(token: str) -> str:
    """Return the address of an invitation."""
    from surveyapp.accounts.screen import public_url  # noqa: PLC0415

    return public_url("accounts.invitation", token=token)
