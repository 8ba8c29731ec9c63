"""Sharing: what colleagues heard, praise by name, the weekly digest and the team briefing."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("sharing", __name__)

from surveyapp.sharing import briefing_pages, digest_pages, recognition_pages, told_pages  # noqa: E402, F401 - register the routes
