"""What leads put beside one improvement: labels, rules in the way, ways to do it, what it is not, and declining once more."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp.accounts.access import allow
from surveyapp.backlog import apart, labels, outcomes, rules, undo, ways
from surveyapp.backlog.drawing import fetch
from surveyapp.backlog.undoing import offer
from surveyapp.backlog.views import blueprint
from surveyapp.errors import Conflict, Invalid
from surveyapp.extensions import session
from surveyapp.models import Improvement

LEADS = ("lead", "administrator")


@blueprint.post("/backlog/<int:improvement_id>/label")
@allow(*LEADS)
def label(improvement_id: int) -> ResponseReturnValue:
    """Put a label on it."""
    return _act(improvement_id, lambda it: labels.add(session(), [it], _said("name"), by=current_user.id))


@blueprint.post("/backlog/<int:improvement_id>/unlabel")
@allow(*LEADS)
def unlabel(improvement_id: int) -> ResponseReturnValue:
    """Take a label off it."""
    return _act(improvement_id, lambda it: labels.remove(session(), it, _id("label"), by=current_user.id))


@blueprint.post("/backlog/<int:improvement_id>/rule")
@allow(*LEADS)
def rule(improvement_id: int) -> ResponseReturnValue:
    """Name the rule of ours that stands in its way."""
    return _act(improvement_id, lambda it: rules.put(session(), it, _said("name"), by=current_user.id))


@blueprint.post("/backlog/<int:improvement_id>/unrule")
@allow(*LEADS)
def unrule(improvement_id: int) -> ResponseReturnValue:
    """Say that a rule is not in its way after all."""
    return _act(improvement_id, lambda it: rules.remove(session(), it, _id("rule"), by=current_user.id))


@blueprint.post("/backlog/<int:improvement_id>/way")
@allow(*LEADS)
def way(improvement_id: int) -> ResponseReturnValue:
    """Propose a way to do it."""
    return _act(improvement_id, lambda it: ways.propose(session(), it, _said("text"), by=current_user.id))


@blueprint.post("/backlog/<int:improvement_id>/choose-way")
@allow(*LEADS)
def choose_way(improvement_id: int) -> ResponseReturnValue:
    """Choose one of its ways, or take the choice back."""
    return _act(improvement_id, lambda it: ways.choose(session(), it, _id("way"), by=current_user.id))


@blueprint.post("/backlog/<int:improvement_id>/drop-way")
@allow(*LEADS)
def drop_way(improvement_id: int) -> ResponseReturnValue:
    """Take a way off its list."""
    return _act(improvement_id, lambda it: ways.drop(session(), it, _id("way"), by=current_user.id))


@blueprint.post("/backlog/<int:improvement_id>/different")
@allow(*LEADS)
def different(improvement_id: int) -> ResponseReturnValue:
    """Say that another improvement is a different need."""
    other = fetch(_id("other"))
    done = gettext("Noted: “%(title)s” is something else. It will not be proposed here again.", title=other.title)
    return _act(improvement_id, lambda it: apart.keep(session(), it, other, by=current_user.id), done)


@blueprint.post("/backlog/<int:improvement_id>/keep-declined")
@allow(*LEADS)
def keep_declined(improvement_id: int) -> ResponseReturnValue:
    """Decline it once more, with a reason that customers read."""
    done = gettext("It stays declined, with your new reason. Should customers go on asking, it comes back to you.")
    return _act(
        improvement_id,
        lambda it: outcomes.keep_declined(session(), it, reason=_said("reason"), by=current_user.id),
        done,
    )


def _said(name: str) -> str:
    return request.form.get(name, "").replace("\0", " ")[:2000]


def _id(name: str) -> int:
    return request.form.get(name, 0, type=int)


def _act(improvement_id: int, act: Callable[[Improvement], object], done: str = "") -> ResponseReturnValue:
    """Act behind the improvement's lock and go back to its page; what stands in the way is said there."""
    improvement = fetch(improvement_id)
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))
    session.refresh(improvement, with_for_update={"key_share": True})
    if improvement.merged_into_id is not None:
        raise Conflict(gettext("This improvement has been merged into another: go there, and act on that one."))
    try:
        verb = request.endpoint.rpartition(".")[2] if request.endpoint else ""
        with undo.recorded(session(), verb, by=current_user.id, improvement=improvement) as recording:
            act(improvement)
    except Invalid as error:
        session.rollback()
        flash(str(error), "error")
    else:
        offer(done or gettext("Saved."), recording)
    return redirect(url_for("backlog.show", improvement_id=improvement_id))
