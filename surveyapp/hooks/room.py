"""The room of webhooks: its blueprint, and what its part of an improvement's page asks for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app

from surveyapp.extensions import session
from surveyapp.hooks import guard, opening
from surveyapp.models import Improvement

blueprint = Blueprint("hooks", __name__)


def allowed() -> tuple[guard.Network, ...]:
    """Return the private networks that whoever runs the server has opened to webhooks."""
    return guard.networks(current_app.config["HOOKS_ALLOW"])


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    def issue_of(improvement: Improvement) -> dict[str, Any]:
        return {"offered": opening.offered(session()), "latest": opening.latest(session(), improvement)}

    return {"issue_of": issue_of}
