"""Administration: the overview, and the pages that the other modules add to the same blueprint."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from surveyapp.admin import act_pages, group_pages, people_pages, running, running_pages, service_pages, setting_pages
from surveyapp.admin.room import administrators, blueprint
from surveyapp.extensions import session

__all__ = ["act_pages", "blueprint", "group_pages", "people_pages", "running_pages", "service_pages", "setting_pages"]


@blueprint.get("")
@administrators
def home() -> ResponseReturnValue:
    """Show how the installation is doing."""
    return render_template("admin/home.html", health=running.health(session()))
