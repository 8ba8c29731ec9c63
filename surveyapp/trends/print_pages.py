"""The page as a PDF that screen readers can read (PDF/UA)."""

from __future__ import annotations

from flask import Response, make_response, render_template
from flask_babel import get_locale, gettext

from surveyapp.accounts.access import allow
from surveyapp.accounts.screen import organisation_name
from surveyapp.errors import NotFound
from surveyapp.extensions import session
from surveyapp.trends import closing, headline, missed, registry
from surveyapp.trends.charts import Material
from surveyapp.trends.room import READERS, asked, blueprint, too_small


@blueprint.get("/trends.pdf", endpoint="pdf")
@allow(*READERS)
def show() -> Response:
    """Send the page of a frame as a PDF."""
    from surveyapp.trends import printing  # noqa: PLC0415 - never in a process that serves only customers

    frame = asked()
    if too_small(frame):
        raise NotFound(gettext("Too few people answered here: figures would point at them."))
    material = Material(session(), frame)
    charts = [registry.make(material, name) for name in (*registry.FRONT, *registry.MORE)]
    html = render_template(
        "trends/print.html", frame=frame, charts=charts, language=str(get_locale() or "en"), name=organisation_name(),
        headline=headline.sentences({each.name: each for each in charts}), missed=missed.said(session()),
        by_machine=missed.BY_MACHINE, month=closing.last_closed(frame.today), front=set(registry.FRONT),
    )  # fmt: skip
    answer = make_response(printing.pdf(html, charts))
    answer.mimetype = "application/pdf"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = f'inline; filename="trends-{frame.today.isoformat()}.pdf"'
    return answer
