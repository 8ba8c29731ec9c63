"""The way in: the first page, one's own sessions, and whether the server is well."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user, hash_password
from sqlalchemy.exc import SQLAlchemyError

from surveyapp.accounts import invitations, screen, sessions
from surveyapp.accounts.access import EVERYBODY, SIGNED_IN, allow
from surveyapp.accounts.forms import FirstAdministratorForm, InvitationForm
from surveyapp.accounts.security import TOKEN
from surveyapp.accounts.tokens import hash_token
from surveyapp.extensions import database, limiter, session

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/")
@allow(SIGNED_IN)
def start() -> ResponseReturnValue:
    """Lead to the page where this person's work begins."""
    path = screen.landing()
    return redirect(path) if path else render_template("accounts/start.html")


@blueprint.get("/sessions", endpoint="sessions")
@allow(SIGNED_IN)
def list_sessions() -> ResponseReturnValue:
    """Show where this person is signed in."""
    here = hash_token(cookie.get(TOKEN, ""))
    return render_template("accounts/sessions.html", rows=sessions.of(session(), current_user), here=here)


@blueprint.post("/sessions/<int:session_id>/end")
@allow(SIGNED_IN)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign one browser out."""
    sessions.revoke(session(), current_user, session_id)
    flash(gettext("That browser is signed out."), "success")
    return redirect(url_for("accounts.sessions"))


@blueprint.post("/sessions/end-others")
@allow(SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    """Sign every other browser out."""
    ended = sessions.revoke_all(session(), current_user, but=cookie.get(TOKEN))
    flash(gettext("Signed out elsewhere: %(n)d.", n=ended), "success")
    return redirect(url_for("accounts.sessions"))


@blueprint.get("/healthz")
@allow(EVERYBODY)
def healthz() -> Response:
    """Say that the process is up; touches nothing else."""
    return make_response("ok\n", {"Content-Type": "text/plain"})


@blueprint.get("/readyz")
@allow(EVERYBODY)
def readyz() -> Response:
    """Say whether the database can be reached and stands at the newest revision; 503 where not."""
    from surveyapp import migrations  # noqa: PLC0415 - alembic, which no page needs

    try:
        fault = (
            ""
            if migrations.is_current(database())
            else "the database is not migrated: run `flask --app wsgi db upgrade`"
        )
    except SQLAlchemyError:
        fault = "the database cannot be reached"
    return make_response(f"{fault or 'ready'}\n", 503 if fault else 200, {"Content-Type": "text/plain"})


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@allow(EVERYBODY)
@limiter.limit("30 per 15 minutes", methods=["POST"])
def invitation(token: str) -> ResponseReturnValue:
    """Show the form of a one-time link; nothing is used up before it is sent."""
    person = invitations.find(session(), token)
    first = person.email == invitations.UNNAMED
    form = FirstAdministratorForm() if first else InvitationForm()
    if form.validate_on_submit():
        introduced = {"name": form.name.data, "email": form.email.data} if first else {}
        invitations.accept(session(), token, password_hash=hash_password(form.password.data), **introduced)
        flash(gettext("Your password is set. Sign in with it now."), "success")
        return redirect(url_for("security.login"))
    return render_template("accounts/invitation.html", form=form, person=person, first=first)
