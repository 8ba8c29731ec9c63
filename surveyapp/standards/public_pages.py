"""What you may expect: the public page of the standards of the whole organisation, and the same of one service."""

from __future__ import annotations

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from surveyapp.accounts.access import EVERYBODY, allow
from surveyapp.errors import NotFound
from surveyapp.extensions import limiter, session
from surveyapp.models import Service
from surveyapp.rollups import month_of
from surveyapp.standards import expecting, room
from surveyapp.standards.room import blueprint

OFTEN = "120 per minute"
KEPT = "public, max-age=300"


@blueprint.get("/expect")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def expect() -> ResponseReturnValue:
    """Show what customers of the whole organisation may expect."""
    root = session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).first()
    return _page(root)


@blueprint.get("/expect/<int:service_id>")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def expect_of(service_id: int) -> ResponseReturnValue:
    """Show the same of one service."""
    return _page(session.get(Service, service_id))


def _page(service: Service | None) -> ResponseReturnValue:
    if service is None or service.closed_at is not None:
        raise NotFound("There is no such service. Go to the page of the whole organisation: /expect.")
    found = expecting.expected(session(), service, month_of(room.day()))
    parts = [each for each in service.children if each.closed_at is None]
    answer = make_response(render_template("standards/expect.html", service=service, expected=found, parts=parts))
    answer.headers["Cache-Control"] = KEPT
    answer.add_etag()
    return answer.make_conditional(request)
