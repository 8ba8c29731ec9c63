"""One follow-up: its page, and every act on it. Each act is one form, one service call and back to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid
from surveyapp.extensions import session
from surveyapp.listening import masking
from surveyapp.models import Comment, Finding, FollowUp, Gesture, Person
from surveyapp.recovery import acts, forms, listing, money, urgent
from surveyapp.recovery import rules as rules_of
from surveyapp.recovery.views import DOERS, blueprint

Forms = dict[str, FlaskForm]


@blueprint.get("/follow-ups/<int:follow_up_id>")
@allow(*DOERS)
def show(follow_up_id: int) -> ResponseReturnValue:
    """Show one follow-up."""
    return _draw(_fetch(follow_up_id), {})


@blueprint.post("/follow-ups/<int:follow_up_id>/own")
@allow("lead", "administrator")
def own(follow_up_id: int) -> ResponseReturnValue:
    """Say whose it is."""

    def act(follow_up: FollowUp, form: forms.OwnerForm) -> str:
        person = session.get(Person, form.owner.data) if form.owner.data else None
        acts.own(session(), follow_up, person, by=current_user.id)
        return gettext("Saved: it is %(name)s's.", name=person.name) if person else gettext("It is nobody's now.")

    return _act(follow_up_id, "owner", act)


@blueprint.post("/follow-ups/<int:follow_up_id>/attempt")
@allow(*DOERS)
def attempt(follow_up_id: int) -> ResponseReturnValue:
    """Log an attempt to reach the customer."""

    def act(follow_up: FollowUp, form: forms.AttemptForm) -> str:
        note = form.note.data or ""
        acts.attempt(session(), follow_up, how=form.how.data, result=form.result.data, note=note, by=current_user.id)
        return gettext("It is in the log.")

    return _act(follow_up_id, "attempt", act)


@blueprint.post("/follow-ups/<int:follow_up_id>/give")
@allow(*DOERS)
def give(follow_up_id: int) -> ResponseReturnValue:
    """Give something from the list."""

    def act(follow_up: FollowUp, form: forms.GiveForm) -> str:
        cost = money.hundredths(form.cost.data or "", "cost")
        acts.give(session(), follow_up, form.gesture.data, cost, by=current_user.id)
        return gettext("Given, and counted.")

    return _act(follow_up_id, "give", act)


@blueprint.post("/follow-ups/<int:follow_up_id>/verdict")
@allow(*DOERS)
def verdict(follow_up_id: int) -> ResponseReturnValue:
    """Take the customer's verdict down."""

    def act(follow_up: FollowUp, form: forms.VerdictForm) -> str:
        acts.say(session(), follow_up, form.verdict.data, by=current_user.id)
        return gettext("Taken down.")

    return _act(follow_up_id, "verdict", act)


@blueprint.post("/follow-ups/<int:follow_up_id>/close")
@allow(*DOERS)
def close(follow_up_id: int) -> ResponseReturnValue:
    """Close it."""

    def act(follow_up: FollowUp, form: forms.CloseForm) -> str:
        acts.close(session(), follow_up, outcome=form.outcome.data, words=form.words.data or "", by=current_user.id)
        return gettext("Closed. A mistake? Open it again below.")

    return _act(follow_up_id, "close", act)


@blueprint.post("/follow-ups/<int:follow_up_id>/reopen")
@allow(*DOERS)
def reopen(follow_up_id: int) -> ResponseReturnValue:
    """Open it again."""

    def act(follow_up: FollowUp, _form: FlaskForm) -> str:
        acts.reopen(session(), follow_up, by=current_user.id)
        return gettext("Open again.")

    return _act(follow_up_id, "plain", act)


@blueprint.post("/follow-ups/<int:follow_up_id>/acknowledge")
@allow("lead", "administrator")
def acknowledge(follow_up_id: int) -> ResponseReturnValue:
    """Say that somebody has read something urgent, and acts."""

    def act(follow_up: FollowUp, form: forms.AcknowledgeForm) -> str:
        urgent.acknowledge(session(), follow_up, form.doing.data or "", by=current_user.id)
        return gettext("Acknowledged. It no longer stands on top of everybody's pages.")

    return _act(follow_up_id, "acknowledge", act)


@blueprint.post("/follow-ups/<int:follow_up_id>/release")
@allow("lead", "administrator")
def release(follow_up_id: int) -> ResponseReturnValue:
    """Let the words of something urgent go when their time is over."""

    def act(follow_up: FollowUp, _form: FlaskForm) -> str:
        urgent.release(session(), follow_up, by=current_user.id)
        return gettext("Released: the words go when their time is over.")

    return _act(follow_up_id, "plain", act)


def _act(follow_up_id: int, name: str, act: Callable[[FollowUp, Any], str]) -> ResponseReturnValue:
    """Validate one form of the page, act behind the row's lock, and go back; or show the page with what is wrong."""
    follow_up = _fetch(follow_up_id)
    session.refresh(follow_up, with_for_update={"key_share": True})
    form = _form(name, follow_up)
    if form.validate_on_submit():
        try:
            _as_seen(follow_up, form)
            flash(act(follow_up, form), "success")
            return redirect(url_for("recovery.show", follow_up_id=follow_up.id))
        except Invalid as error:
            session.rollback()
            field = form[error.field] if error.field and error.field in form else next(iter(form))
            field.errors = [*field.errors, str(error)]
            follow_up = _fetch(follow_up_id)
    return _draw(follow_up, {name: form}), 422


def _as_seen(follow_up: FollowUp, form: FlaskForm) -> None:
    """Raise Conflict where somebody changed it after the page of a closing was drawn: they may have reached the customer."""
    seen = getattr(form, "version", None)
    if seen is not None and seen.data and seen.data != str(follow_up.version):
        raise Conflict(
            gettext("Somebody else changed this while you were reading. Nothing was closed: look at what is new first.")
        )


def _fetch(follow_up_id: int) -> FollowUp:
    return listing.fetch(Scope.of(current_user, session()), session(), current_user, follow_up_id)


def _form(name: str, follow_up: FollowUp, *, filled: bool = True) -> Any:
    """Make one form of the page; one that was not sent stands there empty."""
    kinds: dict[str, type[FlaskForm]] = {
        "owner": forms.OwnerForm, "attempt": forms.AttemptForm, "give": forms.GiveForm, "verdict": forms.VerdictForm,
        "close": forms.CloseForm, "acknowledge": forms.AcknowledgeForm, "plain": FlaskForm,
    }  # fmt: skip
    data = {"owner": follow_up.owner_id or 0, "version": str(follow_up.version)}
    form: Any = kinds[name](data=data) if filled else kinds[name](formdata=None, data=data)
    if name == "owner":
        names = [SelectChoice(each.id, each.name) for each in listing.owners(session(), follow_up)]
        form.owner.choices = [SelectChoice(0, gettext("Nobody yet")), *names]
    if name == "give":
        currency = rules_of.read(session()).currency
        form.gesture.choices = [
            SelectChoice(each.id, gettext("%(name)s, up to %(most)s", name=each.name, most=currency + money.plain(each.most)))
            for each in _gestures()
        ]  # fmt: skip
    return form


def _gestures() -> list[Gesture]:
    return list(session.scalars(select(Gesture).where(Gesture.active).order_by(Gesture.name)))


def _draw(follow_up: FollowUp, sent: Forms) -> str:
    made = {
        name: sent.get(name) or _form(name, follow_up, filled=False)
        for name in ("owner", "attempt", "give", "verdict", "close", "acknowledge")
    }
    return render_template(
        "recovery/show.html", follow_up=follow_up, forms=made, names=forms.NAMES, comments=_comments(follow_up),
        leads=listing.leads(current_user), moment_now=now(), gestures=_gestures(), plain=money.plain,
        rules=rules_of.read(session()),
    )  # fmt: skip


def _comments(follow_up: FollowUp) -> list[dict[str, Any]]:
    """Return what the customer wrote, with urgent sentences marked, and covered for whoever need not see personal data."""
    wanted = select(Comment, Finding).outerjoin(Finding, Finding.comment_id == Comment.id)
    wanted = wanted.where(Comment.response_id == follow_up.response_id).order_by(Comment.id)
    found = []
    for comment, finding in session.execute(wanted):
        marks = [(each["start"], each["end"]) for each in (finding.body.get("urgent", ()) if finding else ())]
        pieces = masking.pieces(comment.text, marks, masking.hidden_from(current_user, finding))
        found.append({"comment": comment, "pieces": pieces})
    return found
