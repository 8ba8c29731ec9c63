"""The page of the audit, and its export."""

from __future__ import annotations

from datetime import date

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import select

from surveyapp.accounts import audit
from surveyapp.accounts import settings as settings_service
from surveyapp.admin import acts
from surveyapp.admin.room import administrators, blueprint
from surveyapp.db import now
from surveyapp.errors import Invalid
from surveyapp.extensions import database, session
from surveyapp.models import Person

KEPT = ("by", "thing", "thing_id", "verb", "since", "until")


@blueprint.get("/audit", endpoint="audit")
@administrators
def show_audit() -> ResponseReturnValue:
    """Show who did what, when, to which thing."""
    filters = _filters()
    verbs, things = acts.choices(session())
    return render_template(
        "admin/audit.html", listing=acts.listed(session(), filters, _zone()), filters=filters, verbs=verbs, things=things,
        people=session.scalars(select(Person).order_by(Person.name, Person.id)).all(), kept=KEPT,
        address=lambda **changes: url_for("admin.audit", **(request.args.to_dict() | changes)),
    )  # fmt: skip


@blueprint.post("/audit.csv")
@administrators
def audit_csv() -> Response:
    """Hand the filtered acts out as CSV, written down as an act itself."""
    filters = _filters()
    audit.record(session(), current_user, "exported audit", settings_service.organisation(session()))
    headers = {"Content-Disposition": f'attachment; filename="acts-{now():%Y-%m-%d}.csv"'}
    return Response(acts.csv(database(), filters, _zone()), mimetype="text/csv", headers=headers)


def _zone() -> str:
    return settings_service.organisation(session()).time_zone


def _filters() -> acts.Filters:
    given = request.values
    return acts.Filters(
        by=given.get("by", type=int), thing=given.get("thing", "")[:40], thing_id=given.get("thing_id", type=int),
        verb=given.get("verb", "")[:40], since=_day("since"), until=_day("until"),
        page=min(max(given.get("page", 1, type=int), 1), 100_000),
    )  # fmt: skip


def _day(name: str) -> date | None:
    given = request.values.get(name, "").strip()
    try:
        day = date.fromisoformat(given) if given else None
    except ValueError:
        day = date.min
    if day is not None and not 1970 <= day.year < 9999:
        raise Invalid(gettext("“%(given)s” is no date. Write it like 2026-05-31.", given=given[:40]), field=name)
    return day
