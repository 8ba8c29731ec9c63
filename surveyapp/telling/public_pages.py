"""You said, we did: the public page, the same of one service, and the small one for other sites to embed."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.access import EVERYBODY, allow
from surveyapp.backlog.days import today
from surveyapp.errors import NotFound
from surveyapp.extensions import limiter
from surveyapp.extensions import session as request_session
from surveyapp.models import Service
from surveyapp.telling import entries, whole
from surveyapp.telling.room import blueprint
from surveyapp.web import POLICY

OFTEN = "120 per minute"
KEPT = "public, max-age=300"
IN_EMBED = 5


def _session() -> Session:
    return request_session()


@blueprint.get("/you-said")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def you_said() -> ResponseReturnValue:
    """Show what customers of the whole organisation asked for and what became of it."""
    return _page(None)


@blueprint.get("/you-said/<int:service_id>")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def you_said_of(service_id: int) -> ResponseReturnValue:
    """Show the same of one service."""
    return _page(service_id)


@blueprint.get("/you-said/embed")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def embedded() -> ResponseReturnValue:
    """Show the whole and the latest few, for sites that the settings name."""
    return _embedded(None)


@blueprint.get("/you-said/<int:service_id>/embed")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def embedded_of(service_id: int) -> ResponseReturnValue:
    """Show the small page of one service."""
    return _embedded(service_id)


def _page(service_id: int | None) -> Response:
    service = _service(service_id)
    parts = [each for each in service.children if each.closed_at is None]
    page = render_template("telling/you_said.html", **_facts(service, 60), parts=parts)
    return _kept(make_response(page))


def _embedded(service_id: int | None) -> Response:
    answer = make_response(render_template("telling/embed.html", **_facts(_service(service_id), IN_EMBED)))
    sites = " ".join(current_app.config["EMBED_ON"]) or "'none'"
    answer.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {sites}")
    return _kept(answer)


def _service(service_id: int | None) -> Service:
    session = _session()
    if service_id is None:
        found = session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).first()
    else:
        found = session.get(Service, service_id)
    if found is None or found.closed_at is not None:
        raise NotFound("There is no such service. Go to the page of the whole organisation: /you-said.")
    return found


def _facts(service: Service, limit: int) -> dict[str, object]:
    session = _session()
    day = today(session)
    told = entries.shown(session, whole.around(session, service), limit)
    quotes = {each.id: entries.quote(session, each.quoted) for each in told}
    return {
        "service": service,
        "whole": whole.whole(session, service, day),
        "entries": told,
        "quotes": quotes,
        "day": day,
    }


def _kept(answer: Response) -> Response:
    """Let caches keep the page for five minutes, and ask after that whether it is still the same."""
    answer.headers["Cache-Control"] = KEPT
    answer.add_etag()
    answer.make_conditional(request)
    return answer
