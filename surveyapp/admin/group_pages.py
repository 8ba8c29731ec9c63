"""Pages of teams and themes."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from surveyapp.accounts import people as people_service
from surveyapp.admin import catching, groups
from surveyapp.admin.forms import NameForm, TeamForm, ThemeForm
from surveyapp.admin.room import administrators, blueprint, service_choices
from surveyapp.errors import Conflict
from surveyapp.extensions import session
from surveyapp.models import Person, Service, Team, Theme


@blueprint.route("/teams", methods=["GET", "POST"])
@administrators
def teams() -> ResponseReturnValue:
    """Show the teams, and add one."""
    form = NameForm()
    if form.validate_on_submit():
        try:
            team = groups.add_team(session(), current_user, form.name.data)
        except Conflict as error:
            session.rollback()
            form.name.errors = [str(error)]
        else:
            return redirect(url_for("admin.team", team_id=team.id))
    return render_template("admin/teams.html", form=form, teams=groups.teams(session())), 422 if form.errors else 200


@blueprint.route("/teams/<int:team_id>", methods=["GET", "POST"])
@administrators
def team(team_id: int) -> ResponseReturnValue:
    """Say who and what belongs to a team."""
    which = groups.fetch(session(), Team, team_id)
    form = _team_form(which)
    if form.validate_on_submit():
        try:
            groups.change_team(
                session(), current_user, which, name=form.name.data, people=_chosen(Person, form.people.data),
                themes=_chosen(Theme, form.themes.data), services=_chosen(Service, form.services.data),
            )  # fmt: skip
        except Conflict as error:
            session.rollback()
            form.name.errors = [str(error)]
        else:
            flash(gettext("Saved."), "success")
            return redirect(url_for("admin.teams"))
    return render_template("admin/team.html", form=form, team=which), 422 if form.errors else 200


@blueprint.post("/teams/<int:team_id>/remove")
@administrators
def remove_team(team_id: int) -> ResponseReturnValue:
    """Remove a team."""
    which = groups.fetch(session(), Team, team_id)
    groups.remove_team(session(), current_user, which)
    flash(gettext("The team %(name)s is gone; its people and services stay.", name=which.name), "success")
    return redirect(url_for("admin.teams"))


@blueprint.route("/themes", methods=["GET", "POST"])
@administrators
def themes() -> ResponseReturnValue:
    """Show the themes, and add one."""
    form = NameForm()
    if form.validate_on_submit():
        try:
            theme_made = groups.add_theme(session(), current_user, form.name.data)
        except Conflict as error:
            session.rollback()
            form.name.errors = [str(error)]
        else:
            return redirect(url_for("admin.theme", theme_id=theme_made.id))
    page = render_template(
        "admin/themes.html", form=form, themes=groups.themes(session()), overview=catching.overview(session())
    )
    return page, 422 if form.errors else 200


@blueprint.route("/themes/<int:theme_id>", methods=["GET", "POST"])
@administrators
def theme(theme_id: int) -> ResponseReturnValue:
    """Edit what a theme is known by."""
    which = groups.fetch(session(), Theme, theme_id)
    form = ThemeForm(
        name=which.name, active=which.active, words="\n".join(which.words), examples="\n".join(which.examples)
    )
    if form.validate_on_submit():
        try:
            groups.change_theme(
                session(), current_user, which, name=form.name.data, active=form.active.data,
                words=(form.words.data or "").splitlines(), examples=(form.examples.data or "").splitlines(),
            )  # fmt: skip
        except Conflict as error:
            session.rollback()
            form.name.errors = [str(error)]
        else:
            flash(gettext("Saved. Comments that come in from now on follow it."), "success")
            return redirect(url_for("admin.themes"))
    return _theme_page(which, form), 422 if form.errors else 200


@blueprint.post("/themes/<int:theme_id>/preview")
@administrators
def preview_theme(theme_id: int) -> ResponseReturnValue:
    """Show what a theme would catch as its words stand in the form; nothing is kept."""
    form = ThemeForm()
    form.validate()
    return _theme_page(groups.fetch(session(), Theme, theme_id), form)


def _theme_page(which: Theme, form: ThemeForm) -> str:
    words, examples = ((each.data or "").splitlines() for each in (form.words, form.examples))
    try:
        found = catching.preview(session(), which, name=form.name.data or "", words=words, examples=examples)
    except ValueError as fault:  # a name of signs alone, or one that another theme has
        form.name.errors = [*form.name.errors, str(fault)]
        found = None
    return render_template("admin/theme.html", form=form, theme=which, preview=found)


@blueprint.post("/themes/<int:theme_id>/<any(up, down):way>")
@administrators
def shift_theme(theme_id: int, way: str) -> ResponseReturnValue:
    """Move a theme one place up or down."""
    groups.shift_theme(session(), current_user, groups.fetch(session(), Theme, theme_id), -1 if way == "up" else 1)
    return redirect(url_for("admin.themes"))


def _team_form(which: Team) -> TeamForm:
    form = TeamForm(
        name=which.name, people=[each.id for each in which.people], themes=[each.id for each in which.themes],
        services=[each.id for each in which.services],
    )  # fmt: skip
    form.people.choices = [
        SelectChoice(each.id, each.name) for each in people_service.everybody(session()) if each.active
    ]
    form.themes.choices = [SelectChoice(each.id, each.name) for each in groups.themes(session())]
    form.services.choices = service_choices()
    return form


def _chosen(kind: Any, ids: list[int] | None) -> list[Any]:
    return list(session.scalars(select(kind).where(kind.id.in_(ids or []))))
