"""Telling, for our people: who waits for an answer, letters previewed and sent, and what is told in public."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_security import current_user

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import listing as backlog
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.extensions import session
from surveyapp.listening import listing as listening
from surveyapp.models import Improvement
from surveyapp.telling import customer_pages, entries, forgetting, letters, public_pages, replies
from surveyapp.telling.room import blueprint, code_keys, links

__all__ = ["blueprint", "customer_pages", "public_pages"]
LEADS = ("lead", "administrator")


@blueprint.get("/telling")
@allow(*LEADS)
def home() -> ResponseReturnValue:
    """Show what waits: customers who wrote back, and words for the public page that nobody has approved."""
    scope = Scope.of(current_user, session())
    return render_template(
        "telling/home.html", waiting=replies.waiting(scope, session()), drafts=entries.drafts(scope, session())
    )


@blueprint.post("/comments/<int:comment_id>/reply")
@allow(*LEADS)
def reply(comment_id: int) -> ResponseReturnValue:
    """Answer a customer, who reads it at their code and stays anonymous."""
    comment = listening.fetch(Scope.of(current_user, session()), session(), comment_id)
    back = url_for("listening.show", comment_id=comment_id)
    try:
        replies.write(session(), comment.response, request.form.get("text", ""), by=current_user.id)
    except Invalid as error:
        session.rollback()
        flash(str(error), "error")
        return redirect(back)
    flash(gettext("Sent. The customer reads it when they come back with their code."), "success")
    return redirect(back)


@blueprint.get("/backlog/<int:improvement_id>/tell")
@allow(*LEADS)
def preview(improvement_id: int) -> ResponseReturnValue:
    """Show the letter and how many get it, before anything is sent."""
    improvement = _fetch(improvement_id)
    seen = letters.preview(Scope.of(current_user, session()), session(), improvement, code_keys())
    if seen is None:
        raise Conflict(gettext("There is nothing to tell yet: promise it, finish it or decline it first."))
    sample = None
    if seen.recipients:
        first = seen.recipients[0]
        page, way_out = (gettext("(a link of their own)") for _each in range(2))
        sample = letters.body(seen.fate, first, page, way_out)
    return render_template(
        "telling/preview.html", improvement=improvement, preview=seen, subject=letters.subject(seen.fate), sample=sample
    )


@blueprint.post("/backlog/<int:improvement_id>/tell")
@allow(*LEADS)
def send(improvement_id: int) -> ResponseReturnValue:
    """Put the letters that were looked at into the outbox."""
    improvement = _held(improvement_id)
    seen = letters.preview(Scope.of(current_user, session()), session(), improvement, code_keys())
    if seen is None:
        raise Conflict(gettext("There is nothing to tell any more: somebody opened it again."))
    n = letters.send(session(), improvement, seen, request.form.get("mark", ""), links=links(), by=current_user.id)
    flash(ngettext("%(num)d letter is on its way.", "%(num)d letters are on their way.", n), "success")
    return redirect(url_for("backlog.show", improvement_id=improvement.id))


@blueprint.post("/backlog/<int:improvement_id>/tell/back")
@allow(*LEADS)
def take_back(improvement_id: int) -> ResponseReturnValue:
    """Take back letters that have not left yet."""
    n = forgetting.take_back(session(), _held(improvement_id), by=current_user.id)
    flash(ngettext("%(num)d letter taken back.", "%(num)d letters taken back.", n), "success")
    return redirect(url_for("backlog.show", improvement_id=improvement_id))


@blueprint.post("/backlog/<int:improvement_id>/you-said")
@allow(*LEADS)
def write_entry(improvement_id: int) -> ResponseReturnValue:
    """Write what the public page tells of it, as a draft."""
    improvement = _held(improvement_id)
    form = request.form
    try:
        entries.write(
            session(), improvement, said=form.get("said", ""), did=form.get("did", ""),
            quoted_id=form.get("quoted", type=int), by=current_user.id,
        )  # fmt: skip
    except Invalid as error:
        session.rollback()
        flash(str(error), "error")
        return redirect(url_for("backlog.show", improvement_id=improvement_id))
    flash(gettext("Kept as a draft. Nobody outside sees it before it is approved."), "success")
    return redirect(url_for("backlog.show", improvement_id=improvement_id))


@blueprint.post("/backlog/<int:improvement_id>/you-said/<any(approved, withdrawn):state>")
@allow(*LEADS)
def decide_entry(improvement_id: int, state: str) -> ResponseReturnValue:
    """Show the entry to everybody, or to nobody any more."""
    entries.decide(session(), _held(improvement_id), state, by=current_user.id)
    said = gettext("It is on the public page now.") if state == "approved" else gettext("Taken off the public page.")
    flash(said, "success")
    return redirect(url_for("backlog.show", improvement_id=improvement_id))


def _fetch(improvement_id: int) -> Improvement:
    return backlog.fetch(Scope.of(current_user, session()), session(), current_user, improvement_id)


def _held(improvement_id: int) -> Improvement:
    """Return an improvement, locked and as it is now: whoever tells of it at the same moment waits here."""
    improvement = _fetch(improvement_id)
    session.refresh(improvement, with_for_update={"key_share": True})
    if improvement.merged_into_id is not None:
        raise NotFound(gettext("This improvement has been merged into another: go there."))
    return improvement
