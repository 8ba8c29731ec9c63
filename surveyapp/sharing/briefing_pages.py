"""`/briefing`: the page to print and talk through, and the same as a PDF."""

from __future__ import annotations

import re

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_security import current_user

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.accounts.screen import organisation_name
from surveyapp.backlog.days import today
from surveyapp.errors import Invalid, NotFound
from surveyapp.extensions import session
from surveyapp.sharing import briefing
from surveyapp.sharing.views import blueprint
from surveyapp.trends import closing, periods

LEADS = ("lead", "administrator")
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
BACK = 24
"""Months that can be chosen."""


@blueprint.get("/briefing", endpoint="briefing")
@allow(*LEADS)
def show() -> ResponseReturnValue:
    """Show a month's briefing, and from what it can be chosen."""
    last = closing.last_closed(today(session()))
    months = [(_written(each), periods.long(each, "month")) for each in range(last, last - BACK, -1)]
    nodes = Scope.of(current_user, session()).tree(session())
    found = _asked()
    return render_template(
        "sharing/briefing.html", briefing=found, months=months, nodes=nodes, month=_written(found.month)
    )


@blueprint.get("/briefing.pdf", endpoint="briefing_pdf")
@allow(*LEADS)
def pdf() -> Response:
    """Send it as a PDF that screen readers can read."""
    from surveyapp.trends import printing  # noqa: PLC0415 - never in a process that serves only customers

    found = _asked()
    html = render_template(
        "sharing/briefing_print.html", briefing=found, language=str(get_locale() or "en"), name=organisation_name()
    )
    answer = make_response(printing.pdf(html, ()))
    answer.mimetype = "application/pdf"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = f'inline; filename="briefing-{_written(found.month)}.pdf"'
    return answer


def _asked() -> briefing.Briefing:
    """Read which node and month are asked for: the highest node and the last month that is over, unless said otherwise."""
    scope, last = Scope.of(current_user, session()), closing.last_closed(today(session()))
    wanted = request.args.get("service", type=int)
    tree = scope.tree(session())
    if not tree:
        raise NotFound(gettext("You have no service yet. Ask an administrator to give you one."))
    node = scope.service(session(), wanted) if wanted is not None else tree[0]
    return briefing.of(session(), node, min(_month(request.args.get("month", "")) or last, last))


def _month(text: str) -> int | None:
    found = MONTH.fullmatch(text.strip())
    if text.strip() and found is None:
        raise Invalid(gettext("“%(given)s” is no month. Write it like 2026-05.", given=text[:20]), field="month")
    return int(found[1]) * 12 + int(found[2]) - 1 if found and int(found[1]) > 0 else None


def _written(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
