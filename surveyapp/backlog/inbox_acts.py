"""What is done in the inbox: one form, one act, and back to where one was. Whoever was too late is told, and goes on."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import inbox_sorting, inbox_visits, listing, mentions, owning, undo
from surveyapp.backlog.drawing import fetch
from surveyapp.backlog.inbox_views import LEADS
from surveyapp.backlog.undoing import came_from, offer
from surveyapp.backlog.views import blueprint
from surveyapp.errors import Conflict, Invalid
from surveyapp.extensions import session
from surveyapp.models import Improvement, Mention


@blueprint.post("/backlog/inbox/mentions/<int:mention_id>")
@allow(*LEADS)
def sort_one(mention_id: int) -> ResponseReturnValue:
    """Accept, move or dismiss one mention, or found an improvement on it."""
    scope = Scope.of(current_user, session())
    (mention,) = listing.fetch_mentions(scope, session(), current_user, [mention_id])
    return _told(lambda: _one(mention))


@blueprint.post("/backlog/inbox/<int:improvement_id>")
@allow(*LEADS)
def sort_group(improvement_id: int) -> ResponseReturnValue:
    """Accept or dismiss everything that waits under an improvement and was on the page, or make oneself its owner."""
    improvement = fetch(improvement_id)
    return _told(lambda: _group(improvement))


@blueprint.post("/backlog/inbox/<int:improvement_id>/here")
@allow(*LEADS)
def here(improvement_id: int) -> ResponseReturnValue:
    """Note that this person has a group before them, and say who else has."""
    root = mentions.root_of(fetch(improvement_id))
    inbox_visits.stay(session(), current_user.id, root.id)
    names = inbox_visits.others(session(), current_user.id, [root.id]).get(root.id, [])
    return jsonify(words=on_this_one(names))


@blueprint.app_template_filter("on_this_one")
def on_this_one(names: list[str]) -> str:
    """Say who is on something: "Ben is on this one"."""
    if not names:
        return ""
    listed = gettext("%(some)s and %(last)s", some=", ".join(names[:-1]), last=names[-1]) if names[1:] else names[0]
    return str(ngettext("%(who)s is on this one", "%(who)s are on this one", len(names), who=listed))


def _told(act: Callable[[], None]) -> ResponseReturnValue:
    """Act and go back; what cannot be done is said on the page instead of stopping the sorting."""
    try:
        if not FlaskForm().validate_on_submit():
            raise Invalid(gettext("The page was open too long. Try again now."))
        act()
    except (Conflict, Invalid) as error:
        session.rollback()
        flash(str(error), "warning")
    return redirect(came_from() or url_for("backlog.sort"))


def _one(mention: Mention) -> None:
    act, _, target = request.form.get("act", "").partition(":")
    inbox_sorting.hold(session(), mention, request.form.get("was", 0, type=int))
    root = mentions.root_of(mention.improvement)
    with undo.recorded(session(), act, by=current_user.id, improvement=root) as recording:
        words = _sorted(mention, act, target, root)
    offer(words, recording)


def _sorted(mention: Mention, act: str, target: str, root: Improvement) -> str:
    by = current_user.id
    if act == "accept":
        mentions.accept(session(), [mention], by=by)
        return gettext("Accepted under “%(title)s”.", title=fetch(root.id).title)
    if act == "dismiss":
        mentions.dismiss(session(), [mention], by=by)
        return gettext("Not a suggestion: it leaves every count.")
    if act == "new":
        made = inbox_sorting.found_on(session(), mention, request.form.get("title", "")[:200], by=by)
        return gettext("“%(title)s” is an improvement of its own now.", title=made.title)
    if act == "move" and target.isdecimal() and len(target) < 10:
        into = fetch(int(target))
        mentions.move(session(), [mention], into, by=by)
        return gettext("Moved to “%(title)s”.", title=mentions.root_of(into).title)
    raise Invalid(gettext("Choose what to do with this comment."))


def _group(improvement: Improvement) -> None:
    act = request.form.get("act", "")
    with undo.recorded(
        session(), "owner" if act == "own" else act, by=current_user.id, improvement=improvement
    ) as noted:
        if act == "own":
            session.refresh(improvement, with_for_update={"key_share": True})
            owning.own(session(), improvement, current_user, by=current_user.id)
            words = gettext("You own “%(title)s”.", title=improvement.title)
        else:
            words = _whole(improvement, act, noted)
    offer(words, noted)


def _whole(improvement: Improvement, act: str, noted: undo.Recording) -> str:
    scope, up_to = Scope.of(current_user, session()), request.form.get("up_to", 0, type=int)
    found = inbox_sorting.group(scope, session(), improvement, min(max(up_to, 0), 2**62))
    noted.n = len(found)
    if act == "accept":
        mentions.accept(session(), found, by=current_user.id)
        return ngettext(
            "Accepted %(num)d under “%(title)s”.",
            "Accepted all %(num)d under “%(title)s”.",
            len(found),
            title=improvement.title,
        )
    if act == "dismiss":
        mentions.dismiss(session(), found, by=current_user.id)
        return ngettext("Not a suggestion: %(num)d.", "Not suggestions: %(num)d.", len(found))
    raise Invalid(gettext("Choose what to do with these comments."))
