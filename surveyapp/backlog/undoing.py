"""Undo on the screen: the offer after an act, the list of one's own acts, and taking one back."""

from __future__ import annotations

import re
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp.accounts.access import allow
from surveyapp.backlog import undo
from surveyapp.backlog.views import blueprint
from surveyapp.errors import HeedError, Invalid
from surveyapp.extensions import session
from surveyapp.models import Improvement, Undo

DOERS = ("lead", "administrator", "colleague")
VERBS = {
    "accept": lazy_gettext("accepted %(n)d"),
    "move": lazy_gettext("moved %(n)d"),
    "new": lazy_gettext("made a new improvement"),
    "dismiss": lazy_gettext("set %(n)d aside"),
    "restore": lazy_gettext("brought %(n)d back"),
    "split": lazy_gettext("split off %(n)d"),
    "write": lazy_gettext("wrote an improvement"),
    "place": lazy_gettext("changed title, place or theme"),
    "owner": lazy_gettext("changed who owns it"),
    "target": lazy_gettext("set a target"),
    "promise": lazy_gettext("promised"),
    "done": lazy_gettext("marked as done"),
    "decline": lazy_gettext("declined"),
    "reopen": lazy_gettext("opened again"),
    "remark": lazy_gettext("wrote a note"),
    "merge": lazy_gettext("merged"),
    "own": lazy_gettext("gave %(n)d to somebody"),
    "theme": lazy_gettext("put %(n)d under a theme"),
    "different": lazy_gettext("called two different"),
    "keep_declined": lazy_gettext("kept it declined"),
    "label": lazy_gettext("put a label on"),
    "unlabel": lazy_gettext("took a label off"),
    "rule": lazy_gettext("named a rule in the way"),
    "unrule": lazy_gettext("took a rule out of the way"),
    "begin": lazy_gettext("chose the day to sort from"),
    "unmerge": lazy_gettext("took out of a merge"),
}
"""What was done, as it stands on the button that takes it back; an act that is not named here is called by its verb."""


@blueprint.get("/backlog/undo")
@allow(*DOERS)
def acts() -> ResponseReturnValue:
    """List one's own latest acts, each with the button that takes it back."""
    return render_template("backlog/undo.html", acts=undo.recent(session(), current_user.id))


@blueprint.post("/backlog/undo/<int:undo_id>")
@allow(*DOERS)
def take_back(undo_id: int) -> ResponseReturnValue:
    """Take one act back, or say why that cannot be."""
    row = undo.fetch(session(), current_user.id, undo_id)
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))
    improvement_id = row.improvement_id
    try:
        undo.take_back(session(), row, by=current_user.id)
        flash(gettext("Taken back: %(what)s.", what=what(row)), "success")
    except HeedError as error:
        session.rollback()
        flash(str(error), "warning")
    return redirect(came_from() or _page_of(improvement_id))


def offer(words: str, recording: undo.Recording) -> None:
    """Say what was done, with a button that takes it back."""
    said: Any = {"words": words, "undo": recording.row.id} if recording.row else words
    flash(said, "success")


def what(row: Undo) -> str:
    """Say in a few words what an act did."""
    words = VERBS.get(row.verb)
    return str(words) % {"n": row.n} if words else row.verb


def came_from() -> str | None:
    """Return the page of the inbox that a form says it stood on, None for anything else."""
    back = request.form.get("back", "")
    return back if re.fullmatch(r"/backlog/(inbox(/\d{1,9})?|undo)(\?[\w=&%+-]*)?", back) else None


def _page_of(improvement_id: int | None) -> str:
    if improvement_id is None or session.get(Improvement, improvement_id) is None:
        return url_for("backlog.list")
    return url_for("backlog.show", improvement_id=improvement_id)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"what_was_done": what, "last_act": lambda: next(iter(_standing()), None)}


def _standing() -> list[Undo]:
    """One's latest act, unless it was taken back: undoing twice goes on with the one before."""
    return [row for row in undo.recent(session(), current_user.id, limit=10) if row.undone_at is None][:1]
