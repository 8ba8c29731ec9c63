"""/metrics: for an address that is allowed, or with a token; for everybody else there is no such page."""

from __future__ import annotations

import hmac
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Blueprint, Response, current_app, make_response, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from surveyapp.accounts.access import EVERYBODY, allow
from surveyapp.errors import NotFound
from surveyapp.extensions import session

blueprint = Blueprint("metrics", __name__)
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


@blueprint.record
def _begin(state: BlueprintSetupState) -> None:
    """Time requests, where anybody may read the timings."""
    if is_on(state.app.config):
        from surveyapp.metrics import timings  # noqa: PLC0415 - who does not monitor need not load it

        timings.install(state.app)  # type: ignore[arg-type]


def is_on(config: Any) -> bool:
    """Say whether anybody may read the figures."""
    return bool(config["METRICS_ALLOW"] or config["METRICS_TOKEN"])


@blueprint.get("/metrics")
@allow(EVERYBODY)
def show() -> Response:
    """Hand out every figure as text."""
    if not _may_read():
        raise NotFound(gettext("There is no such page."))
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415
    from prometheus_client.exposition import CONTENT_TYPE_LATEST  # noqa: PLC0415

    from surveyapp.metrics import figures, timings  # noqa: PLC0415

    stored = CollectorRegistry()
    stored.register(figures.Figures(session()))  # type: ignore[arg-type]
    timed = timings.registry(current_app._get_current_object())  # type: ignore[attr-defined]
    text = generate_latest(stored) + generate_latest(timed)
    return make_response(text, 200, {"Content-Type": CONTENT_TYPE_LATEST})


def _may_read() -> bool:
    token = str(current_app.config["METRICS_TOKEN"])
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    if not current_app.config["PROXY_HOPS"] and any(name in request.headers for name in FORWARDED):
        return False  # a proxy that nobody told us of: the address is its own, and it may speak for anybody
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    networks = [ip_network(each) for each in current_app.config["METRICS_ALLOW"]]
    return any(address.version == each.version and address in each for each in networks)
