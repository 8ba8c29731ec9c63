"""The page of settings, and the export of everything."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp.accounts import audit
from surveyapp.accounts import settings as settings_service
from surveyapp.admin import export as export_service
from surveyapp.admin.forms import SettingsForm
from surveyapp.admin.room import administrators, blueprint
from surveyapp.db import now
from surveyapp.extensions import database, session
from surveyapp.trends import segments


@blueprint.route("/settings", methods=["GET", "POST"])
@administrators
def settings() -> ResponseReturnValue:
    """Change what the organisation says of itself."""
    organisation = settings_service.organisation(session())
    form = SettingsForm(obj=organisation)
    form.time_zone.choices = sorted({*settings_service.zones(), organisation.time_zone})
    form.shared_segment.choices = [("", gettext("none")), *_groups(organisation.language)]
    if form.validate_on_submit():
        values = {name: getattr(form, name).data or "" for name in settings_service.EDITABLE}
        values["shared_segment"] = values["shared_segment"] or None
        settings_service.change(session(), current_user, values)
        flash(gettext("Saved."), "success")
        return redirect(url_for("admin.settings"))
    return render_template("admin/settings.html", form=form), 422 if form.errors else 200


def _groups(language: str) -> list[tuple[str, str]]:
    """Return the questions that tell groups apart, to choose from."""
    return [(each.line, str(each.text("label", language) or each.line)) for each in segments.questions(session())]


@blueprint.get("/export")
@administrators
def export() -> ResponseReturnValue:
    """Say what the export holds."""
    return render_template("admin/export.html", tables=[table.name for table in export_service.tables()])


@blueprint.post("/export")
@administrators
def download() -> Response:
    """Hand out everything as CSV files in one zip, written down as an act."""
    audit.record(session(), current_user, "exported", settings_service.organisation(session()))
    name = f"heed-{now():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(export_service.stream(database()), mimetype="application/zip", headers=headers)
