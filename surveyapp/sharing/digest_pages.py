"""`/digest`: whether one wants it and what it would say; and the link in every digest by which one click ends it."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy.orm import Session

from surveyapp.accounts.access import EVERYBODY, allow
from surveyapp.backlog.days import today
from surveyapp.errors import NotFound
from surveyapp.extensions import csrf, limiter
from surveyapp.extensions import session as request_session
from surveyapp.models import Person
from surveyapp.sharing import quotes, weekly, wishes
from surveyapp.sharing.forms import DigestForm
from surveyapp.sharing.views import blueprint

OFTEN = "60 per minute"


def _session() -> Session:
    return request_session()


@blueprint.route("/digest", methods=["GET", "POST"], endpoint="digest")
@allow("lead", "administrator", "colleague")
def digest() -> ResponseReturnValue:
    """Show last week's digest and whether the next is wanted; keep what is said of that."""
    session, form = _session(), DigestForm()
    if form.validate_on_submit():
        wishes.wish(session, current_user, wanted=form.wanted.data)
        flash(gettext("Saved."), "success")
        return redirect(url_for("sharing.digest"))
    form.wanted.data = wishes.wants(session, current_user)
    day = today(session)
    week = weekly.of(session, current_user, weekly.monday(day) - weekly.WEEK, day)
    praise = quotes.quotable(session, week.praise) if week.praise else ""
    return render_template("sharing/digest.html", form=form, week=week, praise=praise)


@blueprint.get("/digest/stop/<token>", endpoint="leave")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def leave(token: str) -> ResponseReturnValue:
    """Show a button: programs that look at links in letters must not unsubscribe anybody."""
    _leaver(token)
    return render_template("sharing/leave.html", token=token, gone=False)


@blueprint.post("/digest/stop/<token>", endpoint="left")
@csrf.exempt
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def left(token: str) -> ResponseReturnValue:
    """Send no more digests, at one click of the reader or of their mail program (RFC 8058)."""
    wishes.wish(_session(), _leaver(token), wanted=False)
    return render_template("sharing/leave.html", token=token, gone=True)


def _leaver(token: str) -> Person:
    found = wishes.leaver(_session(), str(current_app.config["SECRET_KEY"]), token)
    if found is None:
        raise NotFound(gettext("This link is not complete, or years old. Sign in and open “Weekly digest” instead."))
    return found
