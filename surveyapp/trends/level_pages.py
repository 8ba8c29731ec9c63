"""New levels on the screen: under the chart of ratings, set one with a reason, accept or refuse what is proposed, take it back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp.accounts.access import allow
from surveyapp.errors import HeedError, Invalid
from surveyapp.extensions import session
from surveyapp.models import NewLevel
from surveyapp.trends import marks, new_levels, room
from surveyapp.trends.frame import Frame, long
from surveyapp.trends.periods import first_day
from surveyapp.trends.room import READERS, asked, blueprint, scope

NEAR = (-2, 1)
"""Months before and after a proposed beginning in which what happened may be its reason."""


def of(frame: Frame) -> dict[str, Any]:
    """Return what the form under the chart needs: decisions that hold, what is proposed and why, and the months to choose from."""
    proposed = new_levels.proposal(session(), frame)
    return {
        "decided": new_levels.decided(session(), frame),
        "proposal": proposed,
        "because": _because(frame, proposed) if proposed else "",
        "months": [(month, long(month)) for month in reversed(frame.closed_months)],
    }


@blueprint.post("/trends/levels")
@allow(*READERS)
def decide_level() -> ResponseReturnValue:
    """Let a new level start in a month, as a person chose it or as it was proposed; or refuse what was proposed."""
    frame = asked()
    _check()
    month = request.form.get("month", default=0, type=int)
    reason, proposed = request.form.get("reason", ""), request.form.get("proposed") == "1"
    try:
        if request.form.get("answer") == "refuse":
            made = new_levels.refuse(session(), frame, month, reason, by=current_user)
            said = gettext("Noted: no new level starts in %(month)s.", month=long(month))
        else:
            made = new_levels.start(session(), frame, month, reason, by=current_user, proposed=proposed)
            said = gettext("From %(month)s on, months are judged against a level of their own.", month=long(month))
    except HeedError as error:
        session.rollback()
        flash(str(error), "error")
    else:
        undo: Any = {"words": said, "address": url_for("trends.take_back_level", level_id=made.id, **frame.query)}
        flash(undo, "success")
    return redirect(url_for("trends.show", **frame.query) + "#rating")


@blueprint.post("/trends/levels/<int:level_id>/take-back")
@allow(*READERS)
def take_back_level(level_id: int) -> ResponseReturnValue:
    """Take a decision about a level back."""
    level: NewLevel = new_levels.fetch(session(), scope(), level_id)
    _check()
    try:
        new_levels.take_back(session(), level, by=current_user)
    except HeedError as error:
        session.rollback()
        flash(str(error), "warning")
    else:
        flash(gettext("Taken back: what was said of %(month)s no longer holds.", month=long(level.month)), "success")
    return redirect(url_for("trends.show", **room.asked().query) + "#rating")


def _check() -> None:
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))


def _because(frame: Frame, proposed: new_levels.Proposal) -> str:
    """Name what happened around a proposed beginning, as a reason to start from; "" where nothing is noted."""
    begin, end = first_day(proposed.month + NEAR[0]), first_day(proposed.month + NEAR[1] + 1)
    near = [each.text for each in marks.on(session(), frame)[0] if begin <= each.day < end]
    return "; ".join(near[:2])[: new_levels.LONGEST]
