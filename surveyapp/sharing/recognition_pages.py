"""`/recognition`: praise by name, for everybody; whose it is and whether it is passed on is for leads to say."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select

from surveyapp.accounts.access import SIGNED_IN, allow
from surveyapp.accounts.scope import Scope
from surveyapp.errors import Invalid
from surveyapp.extensions import session
from surveyapp.models import Person, Recognition
from surveyapp.sharing import recognition
from surveyapp.sharing.forms import PraiseForm
from surveyapp.sharing.views import blueprint

LEADS = ("lead", "administrator")


@blueprint.get("/recognition", endpoint="recognition")
@allow(SIGNED_IN)
def praised() -> ResponseReturnValue:
    """Show who was praised; leads also see what waits for them and what was set aside."""
    leads = bool(current_user.duties & set(LEADS))
    view = request.args.get("view", "") if leads else "confirmed"
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    scope = Scope.of(current_user, session()) if leads else Scope.everything(session())
    state = {"waiting": "proposed", "aside": "set aside"}.get(view, "confirmed")
    rows, more = recognition.listed(scope, session(), state, page)
    return render_template(
        "sharing/recognition.html", rows=rows, more=more, page=page, state=state, leads=leads, colleagues=_colleagues(),
        said={each.id: recognition.sentence(session(), each) for each in rows}, form=PraiseForm(formdata=None),
    )  # fmt: skip


@blueprint.post("/recognition/<int:recognition_id>/confirm")
@allow(*LEADS)
def confirm(recognition_id: int) -> ResponseReturnValue:
    """Say whom a customer praised."""
    praise = _posted(recognition_id)
    chosen = request.form.get("person", 0, type=int)
    person = next((each for each in _colleagues() if each.id == chosen), None)
    recognition.confirm(session(), praise, request.form.get("name", ""), person, by=current_user.id)
    flash(gettext("Confirmed. It stands on the page of recognition now."), "success")
    return _back("waiting")


@blueprint.post("/recognition/<int:recognition_id>/aside")
@allow(*LEADS)
def set_aside(recognition_id: int) -> ResponseReturnValue:
    """Say that it is no praise of a colleague."""
    recognition.set_aside(session(), _posted(recognition_id), by=current_user.id)
    flash(gettext("Set aside. You find it under “Set aside” if that was a slip."), "success")
    return _back("waiting")


@blueprint.post("/recognition/<int:recognition_id>/back")
@allow(*LEADS)
def take_back(recognition_id: int) -> ResponseReturnValue:
    """Take the decision back."""
    recognition.take_back(session(), _posted(recognition_id), by=current_user.id)
    flash(gettext("Taken back. It waits to be confirmed again."), "success")
    return _back("waiting")


@blueprint.post("/recognition/<int:recognition_id>/pass-on")
@allow(*LEADS)
def pass_on(recognition_id: int) -> ResponseReturnValue:
    """Write to the praised colleague."""
    praise = _posted(recognition_id)
    base = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    recognition.pass_on(session(), praise, by=current_user, base=base)
    flash(gettext("Passed on: %(name)s gets a letter.", name=praise.name), "success")
    return _back("")


def _posted(recognition_id: int) -> Recognition:
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))
    return recognition.fetch(Scope.of(current_user, session()), session(), recognition_id)


def _colleagues() -> list[Person]:
    return list(session.scalars(select(Person).where(Person.active).order_by(Person.name)))


def _back(view: str) -> ResponseReturnValue:
    return redirect(url_for("sharing.recognition", view=view or None))
