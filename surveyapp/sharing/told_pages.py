"""`/told`: the form in which any colleague writes down what a customer said."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp.accounts.access import SIGNED_IN, allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog.days import today
from surveyapp.errors import Invalid
from surveyapp.extensions import session
from surveyapp.sharing import told
from surveyapp.sharing.forms import ToldForm
from surveyapp.sharing.views import blueprint


@blueprint.route("/told", methods=["GET", "POST"])
@allow(SIGNED_IN)
def tell() -> ResponseReturnValue:
    """Take down what a customer said."""
    scope, day = Scope.of(current_user, session()), today(session())
    places, form = told.places(session(), scope), ToldForm()
    form.service.choices = [(each.id, each.name) for each in places]
    if not form.is_submitted():
        form.day.data = day
    if form.validate_on_submit() and _kept(form, scope):
        return redirect(url_for("sharing.tell"))
    page = render_template("sharing/told.html", form=form, places=places)
    return page, 422 if form.errors else 200


def _kept(form: ToldForm, scope: Scope) -> bool:
    said = told.Told(form.service.data, form.day.data, form.words.data.replace("\0", " "), form.key.data)
    try:
        new = told.keep(session(), scope, said, by=current_user, today=today(session()))
    except Invalid as error:
        session.rollback()
        field = form[error.field or "words"]
        field.errors = [*field.errors, str(error)]
        return False
    kept = gettext("Kept. It is read like every other comment, in a few seconds.")
    flash(kept if new else gettext("This was kept already, once."), "success")
    return True
