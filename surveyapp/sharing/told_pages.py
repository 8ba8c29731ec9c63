"""`/told`: the form in which any colleague writes down what a customer said."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp.accounts.access import SIGNED_IN, allow
from surveyapp.accounts.scope import Scope
from surveyapp.extensions import session
from surveyapp.sharing import told
from surveyapp.sharing.forms import ToldForm
from surveyapp.sharing.views import blueprint


@blueprint.route("/told", methods=["GET", "POST"], endpoint="told")
@allow(SIGNED_IN)
def tell() -> ResponseReturnValue:
    """Show the form, and keep what was written."""
    scope, form = Scope.of(current_user, session()), ToldForm()
    nodes = scope.tree(session())
    form.service.choices = [(node.id, " " * node.depth + node.name) for node in nodes]
    if nodes and form.validate_on_submit():
        told.keep(session(), current_user, scope.service(session(), form.service.data), form.words.data or "")
        flash(
            gettext("Thank you. It will be read like every comment, and may become part of an improvement."), "success"
        )
        return redirect(url_for("sharing.told"))
    return render_template("sharing/told.html", form=form, nodes=nodes), 422 if form.errors else 200
