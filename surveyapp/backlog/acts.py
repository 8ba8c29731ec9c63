"""One improvement: its page, and every act on it. Each act is one form, one service call and back to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp.accounts.access import allow
from surveyapp.answering.story import Fate
from surveyapp.backlog import forms, leaving, ledger, mentions, outcomes, owning, undo
from surveyapp.backlog.days import today
from surveyapp.backlog.drawing import draw, fetch, make
from surveyapp.backlog.undoing import offer
from surveyapp.backlog.views import READERS, blueprint
from surveyapp.errors import Conflict, Invalid, Refused
from surveyapp.extensions import session
from surveyapp.models import Improvement, Person, Service, Theme

DOERS = ("lead", "administrator", "colleague")


@blueprint.get("/backlog/<int:improvement_id>")
@allow(*READERS)
def show(improvement_id: int) -> ResponseReturnValue:
    """Show one improvement; one that is merged leads to the one that speaks for it."""
    improvement = fetch(improvement_id)
    root = mentions.root_of(improvement)
    if root is not improvement:
        return redirect(url_for("backlog.show", improvement_id=root.id))
    return draw(improvement)


@blueprint.post("/backlog/<int:improvement_id>/place")
@allow("lead", "administrator")
def place(improvement_id: int) -> ResponseReturnValue:
    """Change title, node and theme."""

    def act(improvement: Improvement, form: forms.PlaceForm) -> str:
        theme = session.get(Theme, form.theme.data) if form.theme.data else None
        service = session.get_one(Service, form.service.data)  # one of the form's choices, which are this person's
        owning.rename(session(), improvement, form.title.data, by=current_user.id)
        owning.place(session(), improvement, service, theme, by=current_user.id)
        return gettext("Saved.")

    return _act(improvement_id, "place", act)


@blueprint.post("/backlog/<int:improvement_id>/owner")
@allow("lead", "administrator")
def owner(improvement_id: int) -> ResponseReturnValue:
    """Say who owns it and to whom it is handed."""

    def act(improvement: Improvement, form: forms.OwnerForm) -> str:
        owning.own(session(), improvement, _person(form.owner.data), by=current_user.id)
        owning.hand_to(session(), improvement, _person(form.handed_to.data), by=current_user.id)
        return gettext(
            "Saved: %(name)s owns this.", name=improvement.owner.name if improvement.owner else gettext("nobody")
        )

    return _act(improvement_id, "owner", act)


@blueprint.post("/backlog/<int:improvement_id>/target")
@allow(*DOERS)
def target(improvement_id: int) -> ResponseReturnValue:
    """Set the internal date."""

    def act(improvement: Improvement, form: forms.TargetForm) -> str:
        ledger.set_target(
            session(),
            improvement,
            form.due_on.data,
            reason=form.reason.data or "",
            by=current_user.id,
            today=today(session()),
        )
        return gettext("The target is in the ledger.")

    return _act(improvement_id, "target", act)


@blueprint.post("/backlog/<int:improvement_id>/promise")
@allow("lead", "administrator")
def promise(improvement_id: int) -> ResponseReturnValue:
    """Promise customers a date, once whoever promises has seen what customers will read."""
    preview = _preview(improvement_id) if request.form.get("confirmed") != "yes" else None
    if preview is not None:
        return preview

    def act(improvement: Improvement, form: forms.PromiseForm) -> str:
        ledger.set_promise(
            session(), improvement, form.due_on.data, sentence=form.sentence.data or "", reason=form.reason.data or "",
            by=current_user.id, today=today(session()),
        )  # fmt: skip
        return gettext("Promised. Everybody who asked for this can read it now.")

    return _act(improvement_id, "promise", act)


@blueprint.post("/backlog/<int:improvement_id>/done")
@allow(*DOERS)
def done(improvement_id: int) -> ResponseReturnValue:
    """Mark it done."""

    def act(improvement: Improvement, form: forms.DoneForm) -> str:
        of_form = form.serves.data or ()  # its choices are this person's
        serves = [session.get_one(Service, each) for each in of_form]
        what, since = form.what.data or "", form.since.data
        outcomes.done(session(), improvement, what=what, since=since, by=current_user.id, serves=serves)
        return gettext("Done. The charts will show whether it helped.")

    return _act(improvement_id, "done", act)


@blueprint.post("/backlog/<int:improvement_id>/decline")
@allow("lead", "administrator")
def decline(improvement_id: int) -> ResponseReturnValue:
    """Decline it with a reason."""

    def act(improvement: Improvement, form: forms.ReasonForm) -> str:
        outcomes.decline(session(), improvement, reason=form.reason.data or "", by=current_user.id)
        return gettext("Declined. Everybody who asked for this can read why.")

    return _act(improvement_id, "decline", act)


@blueprint.post("/backlog/<int:improvement_id>/reopen")
@allow("lead", "administrator")
def reopen(improvement_id: int) -> ResponseReturnValue:
    """Open it again."""

    def act(improvement: Improvement, form: forms.ReasonForm) -> str:
        outcomes.reopen(session(), improvement, reason=form.reason.data or "", by=current_user.id)
        return gettext("Open again.")

    return _act(improvement_id, "reopen", act)


@blueprint.post("/backlog/<int:improvement_id>/remark")
@allow(*DOERS)
def remark(improvement_id: int) -> ResponseReturnValue:
    """Write a note for colleagues."""

    def act(improvement: Improvement, form: forms.RemarkForm) -> str:
        owning.remark(session(), improvement, form.text.data or "", by=current_user.id)
        return gettext("Noted.")

    return _act(improvement_id, "remark", act)


def _act(improvement_id: int, name: str, act: Callable[[Improvement, Any], str]) -> ResponseReturnValue:
    """Validate one form of the page, act, and go back to the page; or show the page again with what is wrong."""
    improvement = fetch(improvement_id)
    _may_act(improvement)
    # Whoever acts on it at the same moment waits here, and then sees what this one did.
    session.refresh(improvement, with_for_update={"key_share": True})
    if improvement.merged_into_id is not None:
        raise Conflict(gettext("This improvement has been merged into another: go there, and act on that one."))
    form = make(name, improvement)
    if form.validate_on_submit():
        try:
            if isinstance(form, forms.VersionForm):
                owning.check_version(improvement, form.version.data)
            with undo.recorded(session(), name, by=current_user.id, improvement=improvement) as recording:
                words = act(improvement, form)
            offer(words, recording)
            return redirect(url_for("backlog.show", improvement_id=improvement.id))
        except Invalid as error:
            session.rollback()
            field = form[error.field] if error.field and error.field in form else next(iter(form))
            field.errors = [*field.errors, str(error)]
            improvement = fetch(improvement_id)
    return draw(improvement, {name: form}), 422


def _preview(improvement_id: int) -> str | None:
    """Show what customers will read before it is promised; None where there is nothing to show, or something is wrong."""
    improvement = fetch(improvement_id)
    form = make("promise", improvement)
    if (
        improvement.merged_into_id is not None
        or not isinstance(form, forms.PromiseForm)
        or not form.validate_on_submit()
        or form.due_on.data is None
    ):
        return None
    said = {"sentence": form.sentence.data or "", "reason": form.reason.data or ""}
    try:
        ledger.check_promise(improvement, form.due_on.data, **said, today=today(session()))
    except Invalid:
        return None
    read = Fate("promised", form.due_on.data, said["sentence"])
    return render_template("backlog/promise.html", improvement=improvement, form=form, fate=read, mention={})


def _may_act(improvement: Improvement) -> None:
    if not current_user.duties & {"lead", "administrator"} and improvement.handed_to_id not in leaving.covered(
        session(), current_user, today(session())
    ):
        raise Refused(gettext("This improvement has not been handed to you. Its owner can do that."))


def _person(person_id: int) -> Person | None:
    return session.get(Person, person_id) if person_id else None
