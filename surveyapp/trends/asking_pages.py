"""Asking about a chart, answering, and having the page mailed."""

from __future__ import annotations

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp.accounts.access import allow
from surveyapp.errors import Invalid, NotFound
from surveyapp.extensions import session
from surveyapp.trends import enquiries, letters, monthly, registry
from surveyapp.trends.charts import Material
from surveyapp.trends.room import READERS, asked, blueprint, scope, too_small


@blueprint.post("/trends/<name>/ask")
@allow(*READERS)
def ask(name: str) -> ResponseReturnValue:
    """Send the view at hand to the leads, with a question."""
    _check()
    frame = asked()
    if name not in registry.CHARTS or too_small(frame):
        raise NotFound(gettext("There is no such chart."))
    words = request.form.get("words", "")
    made = enquiries.ask(session(), frame.service, name, frame.query, words, by=current_user)
    n = letters.asked(session(), made, _question(name), _base())
    if n:
        flash(gettext("Asked. The answer will stand under the chart, and you get it by mail."), "success")
    else:
        flash(gettext("Your question stands under the chart. No other lead answers for this service yet."), "success")
    return redirect(letters.view(frame.query, name))


@blueprint.post("/trends/questions/<int:enquiry_id>/answer")
@allow("lead", "administrator")
def answer(enquiry_id: int) -> ResponseReturnValue:
    """Answer a question; the answer stands under the chart."""
    _check()
    found = enquiries.fetch(session(), scope(), enquiry_id)
    enquiries.answer(session(), found, request.form.get("words", ""), by=current_user)
    letters.answered(session(), found, _question(found.chart), _base())
    flash(gettext("Answered: it stands under the chart, and goes by mail to whoever asked."), "success")
    return redirect(letters.view(found.query, found.chart))


@blueprint.post("/trends/subscription")
@allow(*READERS)
def subscribe() -> ResponseReturnValue:
    """Have the page mailed on the first working day of a month, or stop it."""
    _check()
    frame = asked()
    if request.form.get("wanted") == "1":
        monthly.subscribe(session(), current_user, frame)
        flash(gettext("You get this page by mail on the first working day of every month."), "success")
    else:
        monthly.unsubscribe(session(), current_user, frame.service)
        flash(gettext("You get no more mail of this page."), "success")
    return redirect(url_for("trends.show", **frame.query))


def _check() -> None:
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))


def _question(name: str) -> str:
    if name not in registry.CHARTS:
        return name
    return registry.make(Material(session(), asked()), name).question


def _base() -> str:
    return str(current_app.config["PUBLIC_URL"])
