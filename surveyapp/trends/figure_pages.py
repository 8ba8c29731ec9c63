"""Monthly figures: what is there, taking a file in, and what each measure means."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp import rollups
from surveyapp.accounts.access import allow
from surveyapp.backlog.days import today
from surveyapp.errors import HeedError, Invalid
from surveyapp.extensions import session
from surveyapp.models import BETTER, PART
from surveyapp.trends import figures, taking
from surveyapp.trends.frame import long
from surveyapp.trends.room import blueprint, scope

LEADS = ("lead", "administrator")


@blueprint.get("/trends/figures", endpoint="figures")
@allow(*LEADS)
def show() -> ResponseReturnValue:
    """Show the measures."""
    return _page([])


@blueprint.post("/trends/figures")
@allow(*LEADS)
def take_in() -> ResponseReturnValue:
    """Take a file in, all of it or nothing."""
    given = request.files.get("file")
    if not FlaskForm().validate_on_submit() or given is None or not given.filename:
        return _page([gettext("Choose a file first.")]), 422
    why = request.form.get("why", "").replace("\0", "").strip()[:300]
    why = why or gettext("a new file, %(name)s", name=given.filename[:200])
    try:
        taken = taking.take_in(session(), scope(), given.read(), by=current_user, today=today(session()), why=why)
    except taking.Untidy as error:
        session.rollback()
        return _page(error.faults), 422
    rollups.bump(session(), "rollups")  # the pictures change with it
    said = gettext("%(new)d new figures, %(changed)d changed, %(same)d as they were.",
                   new=taken.new, changed=taken.changed, same=taken.same)  # fmt: skip
    flash(said, "success")
    return redirect(url_for("trends.figures"))


@blueprint.post("/trends/figures/<int:measure_id>")
@allow("administrator")
def settle(measure_id: int) -> ResponseReturnValue:
    """Say what a measure means."""
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))
    form = request.form
    measure = figures.fetch(session(), measure_id)
    try:
        figures.settle(
            session(), measure, better=form.get("better", ""), adds=form.get("adds") == "1",
            explains=form.get("explains") == "1", standard=form.get("standard", ""), by=current_user,
        )  # fmt: skip
    except HeedError as error:
        session.rollback()
        return _page([str(error)]), 422
    rollups.bump(session(), "rollups")
    flash(gettext("Saved."), "success")
    return redirect(url_for("trends.figures"))


def _page(faults: list[str]) -> str:
    return render_template(
        "trends/figures.html", known=figures.known(session()), faults=faults, better=BETTER, part=PART, long=long,
        columns=taking.COLUMNS, settles="administrator" in current_user.duties,
    )  # fmt: skip
