"""The page of rules in the way, and the decisions about them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import drawing, rules
from surveyapp.backlog.views import blueprint
from surveyapp.errors import Invalid
from surveyapp.extensions import session


@blueprint.get("/rules", endpoint="rules")
@allow("lead", "administrator", "executive")
def show_rules() -> ResponseReturnValue:
    """Show the rules that customers met as an obstacle, those that hurt most first."""
    found = rules.ranked(Scope.of(current_user, session()), session(), current_user)
    return render_template(
        "backlog/rules.html",
        rules=found,
        quotes=drawing.quotes([mention for each in found for mention in each.quotes]),
        leads=bool(current_user.duties & {"lead", "administrator"}),
    )


@blueprint.post("/rules/<int:rule_id>/decide")
@allow("lead", "administrator")
def decide(rule_id: int) -> ResponseReturnValue:
    """Decide about a rule: drop it, bend it or keep it, and why."""
    rule = rules.fetch(Scope.of(current_user, session()), session(), current_user, rule_id)
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))
    try:
        why = request.form.get("why", "").replace("\0", " ")[:1000]
        rules.decide(session(), rule, request.form.get("decision", ""), why, by=current_user.id)
    except Invalid as error:
        session.rollback()
        flash(str(error), "error")
    else:
        flash(gettext("Decided. Earlier decisions stay below it."), "success")
    return redirect(url_for("backlog.rules"))
