"""Moving mentions between improvements: merge, un-merge, and what is done with the ticked ones."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import forms, listing, mentions, merging, undo
from surveyapp.backlog.drawing import fetch
from surveyapp.backlog.undoing import offer
from surveyapp.backlog.views import blueprint
from surveyapp.errors import Conflict, Invalid
from surveyapp.extensions import session
from surveyapp.models import Improvement, Mention


@blueprint.post("/backlog/<int:improvement_id>/merge")
@allow("lead", "administrator")
def merge(improvement_id: int) -> ResponseReturnValue:
    """Merge it into another one."""
    improvement, form = fetch(improvement_id), forms.ChosenForm()
    if not form.validate_on_submit() or not form.target.data:
        raise Invalid(
            gettext("Choose the improvement that this one belongs to. Go back and choose one."), field="target"
        )
    into = fetch(mentions.root_of(fetch(form.target.data)).id)
    with undo.recorded(session(), "merge", by=current_user.id, improvement=improvement) as noted:
        merging.merge(session(), improvement, into, by=current_user.id)
    offer(gettext("Merged. Take it out again below whenever you like: every comment keeps its place."), noted)
    return redirect(url_for("backlog.show", improvement_id=into.id))


@blueprint.post("/backlog/<int:improvement_id>/unmerge")
@allow("lead", "administrator")
def unmerge(improvement_id: int) -> ResponseReturnValue:
    """Take a merged improvement out again."""
    improvement = fetch(improvement_id)
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))
    with undo.recorded(session(), "unmerge", by=current_user.id, improvement=improvement) as noted:
        merging.unmerge(session(), improvement, by=current_user.id)
    offer(gettext("Out again, with the comments that belong to it."), noted)
    return redirect(url_for("backlog.show", improvement_id=improvement.id))


@blueprint.post("/backlog/<int:improvement_id>/mentions")
@allow("lead", "administrator")
def chosen(improvement_id: int) -> ResponseReturnValue:
    """Do something with the ticked comments: file them elsewhere, split them off, call them no suggestion, or take that back."""
    improvement, form = fetch(improvement_id), forms.ChosenForm()
    if not form.validate_on_submit():
        raise Invalid(next(iter(form.errors.values()), [""])[0] or gettext("The page was open too long. Reload it."))
    ticked = listing.fetch_mentions(
        Scope.of(current_user, session()), session(), current_user, request.form.getlist("mention", type=int)
    )
    if not ticked:
        raise Invalid(
            gettext("Tick at least one comment first. Go back to the improvement and tick some."), field="mention"
        )
    _still_here(improvement, ticked)
    act = request.form.get("act")
    if act == "choose":
        return redirect(url_for("backlog.choose", improvement_id=improvement.id, mention=[each.id for each in ticked]))
    with undo.recorded(session(), act or "", by=current_user.id, improvement=improvement, n=len(ticked)) as noted:
        shown, words = _do(act, improvement, ticked, form)
    offer(words, noted)
    return redirect(url_for("backlog.show", improvement_id=shown.id))


def _still_here(improvement: Improvement, ticked: list[Mention]) -> None:
    mentions.hold(session(), ticked)
    family = set(mentions.family(session(), mentions.root_of(improvement).id))
    if any(each.improvement_id not in family for each in ticked):
        raise Conflict(
            gettext(
                "Somebody has moved one of these comments to another improvement meanwhile. Reload the page and tick again."
            )
        )


def _do(
    act: str | None, improvement: Improvement, ticked: list[Mention], form: forms.ChosenForm
) -> tuple[Improvement, str]:
    """Do it; return the improvement to show next, and what to say."""
    by, n = current_user.id, len(ticked)
    if act == "dismiss":
        mentions.dismiss(session(), ticked, by=by)
        words = gettext("Not a suggestion: %(n)d. They are under “Set aside”, from where they can come back.", n=n)
        return improvement, words
    if act == "restore":
        for each in ticked:  # each to where it belongs: a family of merged ones must come apart again
            mentions.move(session(), [each], each.improvement, by=by)
        return improvement, gettext("Back among the comments.")
    if act == "split":
        title = (form.title.data or "").strip()
        if not title:
            raise Invalid(gettext("Give the new improvement a title. Go back and type one."), field="title")
        return merging.split(session(), ticked, title, by=by), gettext("Split off: %(n)d.", n=n)
    if act == "move" and form.target.data:
        into = fetch(form.target.data)
        mentions.move(session(), ticked, into, by=by)
        return mentions.root_of(into), gettext("Moved.")
    raise Invalid(gettext("Choose what to do with the ticked comments."))
