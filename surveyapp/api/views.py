"""The API's document, and the page on which an administrator makes tokens and revokes them."""

from __future__ import annotations

from flask import current_app, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_security import current_user
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from surveyapp.accounts.access import EVERYBODY, allow
from surveyapp.api import asked, backlog, charts, contract, putting, tokens
from surveyapp.api.door import ROOT, blueprint, unstorable
from surveyapp.errors import Invalid
from surveyapp.extensions import session
from surveyapp.models import SCOPES

__all__ = ["asked", "backlog", "blueprint", "charts", "putting"]
SCOPE_NAMES = {
    "read": _l("Read: surveys, responses, comments, improvements"),
    "write": _l("Write: put responses in, act on improvements"),
    "figures": _l("Figures: put monthly figures in"),
}


class TokenForm(FlaskForm):
    """A new token: which program, and what it may do."""

    name = StringField(_l("Name of the program"), [Length(max=80, message=_l("At most 80 characters."))])
    scopes = SelectMultipleField(
        _l("What it may do"), choices=[SelectChoice(each, SCOPE_NAMES[each]) for each in SCOPES]
    )


@blueprint.get(f"{ROOT}/openapi.json")
@allow(EVERYBODY)
def openapi() -> ResponseReturnValue:
    """Say what the API can do, in the words of OpenAPI."""
    return jsonify(contract.document(str(current_app.config["PUBLIC_URL"]).rstrip("/")))


@blueprint.route("/admin/programs", methods=["GET", "POST"])
@allow("administrator")
def programs() -> ResponseReturnValue:
    """Show the tokens, and make one; it is on the page that answers, and never again."""
    form, token = TokenForm(), ""
    if form.validate_on_submit():
        try:
            if unstorable(form.name.data):
                raise Invalid(gettext("This holds a character that cannot be stored. Type it anew."), field="name")
            _row, token = tokens.make(session(), form.name.data or "", form.scopes.data or [], by=current_user.id)
            form = TokenForm(formdata=None)
        except Invalid as error:
            session.rollback()
            form[error.field or "name"].errors = [str(error)]
    page = render_template(
        "api/programs.html", form=form, token=token, tokens=tokens.everything(session()), names=SCOPE_NAMES
    )
    return page, 422 if form.errors else 200


@blueprint.post("/admin/programs/<int:token_id>/revoke")
@allow("administrator")
def revoke(token_id: int) -> ResponseReturnValue:
    """Make a token worthless."""
    found = tokens.revoke(session(), token_id, by=current_user.id)
    flash(gettext("The token of %(name)s opens nothing any more.", name=found.name), "success")
    return redirect(url_for("api.programs"))
