"""The room of administration: its blueprint, who may enter, and the pages between which its tabs lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.errors import HeedError
from surveyapp.extensions import session
from surveyapp.models import Service

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
administrators: Callable[[Any], Any] = allow("administrator")

TABS = (
    (_l("Overview"), "admin.home"),
    (_l("Services"), "admin.services"),
    (_l("People"), "admin.people"),
    (_l("Teams"), "admin.teams"),
    (_l("Themes"), "admin.themes"),
    (_l("Settings"), "admin.settings"),
    (_l("Winning back"), "recovery.rules"),
    (_l("Jobs and mail"), "admin.jobs"),
    (_l("Webhooks"), "hooks.list"),
    (_l("Programs"), "api.programs"),
    (_l("Audit"), "admin.audit"),
    (_l("Export"), "admin.export"),
)


@blueprint.app_context_processor
def _tabs() -> dict[str, Any]:
    return {"admin_tabs": lambda: [(name, url_for(endpoint)) for name, endpoint in TABS]}


def attempt(act: Callable[[], object], *, done: str, back: str, then: str) -> ResponseReturnValue:
    """Do an act of one button: say so and go on to `then`, or say what stands in its way and go `back`."""
    try:
        act()
    except HeedError as error:
        session.rollback()
        flash(str(error), "error")
        return redirect(back)
    flash(done, "success")
    return redirect(then)


def every_service() -> list[Service]:
    """Return the whole tree, in its order."""
    return Scope.everything(session()).tree(session())


def service_choices() -> list[SelectChoice]:
    """Return the tree as choices of a form, each name indented by its depth; closed ones are left out."""
    return [
        SelectChoice(each.id, "\u2003" * each.depth + each.name) for each in every_service() if each.closed_at is None
    ]
