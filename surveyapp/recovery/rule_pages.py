"""The administrator's page of the rules: when follow-ups open, by when they are due, who hears, and what may be given."""

from __future__ import annotations

from calendar import day_name

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.errors import HeedError, Invalid
from surveyapp.extensions import session
from surveyapp.models import Duty, Gesture, Person, UrgentContact
from surveyapp.recovery import money, ruling
from surveyapp.recovery import rules as rules_of
from surveyapp.recovery.ruling import Values
from surveyapp.recovery.views import blueprint

KEYS = tuple(
    f"{purpose} {scale}"
    for purpose in rules_of.PURPOSES
    for scale in rules_of.SCALES
    if purpose != "nps" or scale == "0-10"
)


@blueprint.get("/follow-ups/rules")
@allow("administrator")
def rules() -> ResponseReturnValue:
    """Show the rules."""
    return _page()


@blueprint.post("/follow-ups/rules")
@allow("administrator")
def change_rules() -> ResponseReturnValue:
    """Set the rules."""
    _token()
    try:
        ruling.change(session(), _values(), by=current_user.id)
    except Invalid as error:
        session.rollback()
        return _page(str(error)), 422
    flash(gettext("Saved. The rules hold for what is heard from now on."), "success")
    return redirect(url_for("recovery.rules"))


@blueprint.post("/follow-ups/rules/named")
@allow("administrator")
def named() -> ResponseReturnValue:
    """Name who hears of urgent words at a node."""
    _token()
    service = Scope.of(current_user, session()).service(session(), _number("service"))
    return _attempt(lambda: ruling.name_for(session(), service, _number("person") or None, by=current_user.id))


@blueprint.post("/follow-ups/rules/gestures")
@allow("administrator")
def add_gesture() -> ResponseReturnValue:
    """Put something on the list of what may be given."""
    _token()
    name, most = request.form.get("name", ""), request.form.get("most", "")
    return _attempt(
        lambda: ruling.add_gesture(
            session(), name, money.hundredths(most, "most"), _number("times"), by=current_user.id
        )
    )


@blueprint.post("/follow-ups/rules/gestures/<int:gesture_id>/<any(offer, withdraw):way>")
@allow("administrator")
def offer_gesture(gesture_id: int, way: str) -> ResponseReturnValue:
    """Take something off the list, or put it back."""
    _token()
    return _attempt(lambda: ruling.offer_gesture(session(), gesture_id, way == "offer", by=current_user.id))


def _attempt(act: object) -> ResponseReturnValue:
    try:
        act()  # type: ignore[operator]
    except HeedError as error:
        session.rollback()
        flash(str(error), "error")
    else:
        flash(gettext("Saved."), "success")
    return redirect(url_for("recovery.rules"))


def _token() -> None:
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))


def _number(name: str) -> int:
    return request.form.get(name, 0, type=int)


def _values() -> Values:
    form = request.form
    return Values(
        worst_points={key: _number(f"points {key}") for key in KEYS}, complaints="complaints" in form,
        without_contact="without_contact" in form, recent_days=_number("recent_days"), answer_hours=_number("answer_hours"),
        urgent_hours=_number("urgent_hours"),
        week={str(day): (form.get(f"opens {day}", "")[:5], form.get(f"closes {day}", "")[:5]) for day in range(7)},
        holidays=[line for line in form.get("holidays", "").splitlines() if line.strip()], currency=form.get("currency", ""),
        urgent_to=_number("urgent_to") or None,
    )  # fmt: skip


def _page(fault: str = "") -> str:
    who = select(Person).where(Person.active.is_(True), Person.roles.any(Duty.name.in_(("lead", "administrator"))))
    nodes = select(UrgentContact).options(joinedload(UrgentContact.service), joinedload(UrgentContact.person))
    return render_template(
        "recovery/rules.html", rules=rules_of.read(session()), fault=fault, keys=KEYS, purposes=rules_of.PURPOSES,
        scales=rules_of.SCALES, days=list(day_name), people=session.scalars(who.order_by(Person.name)).all(),
        named=session.scalars(nodes).all(), tree=Scope.of(current_user, session()).tree(session()), plain=money.plain,
        gestures=session.scalars(select(Gesture).order_by(Gesture.active.desc(), Gesture.name)).all(), sent=request.form,
    )  # fmt: skip
