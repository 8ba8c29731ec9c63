"""The room's blueprint. Its forms carry a signed ticket of their own and set no cookie, so CSRF tokens do not apply."""

from __future__ import annotations

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from surveyapp.answering.editions import Editions
from surveyapp.extensions import csrf
from surveyapp.questions.page import render_questions

blueprint = Blueprint("answering", __name__)
csrf.exempt(blueprint)


@blueprint.record_once
def _install(state: BlueprintSetupState) -> None:
    state.app.extensions["heed_editions"] = Editions(render_questions)


def editions() -> Editions:
    """Return this process's cache of editions."""
    found: Editions = current_app.extensions["heed_editions"]
    return found
