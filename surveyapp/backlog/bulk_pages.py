"""Acts on the ticked improvements of the list, and the lists that people keep under a name."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import bulk, saved, undo, weighing
from surveyapp.backlog.undoing import offer
from surveyapp.backlog.views import READERS, blueprint
from surveyapp.errors import Invalid
from surveyapp.extensions import session
from surveyapp.models import Improvement, Person, Theme


@blueprint.post("/backlog/ticked")
@allow("lead", "administrator")
def ticked() -> ResponseReturnValue:
    """Do one thing to all improvements that were ticked."""
    _checked()
    act = ACTS.get(request.form.get("act", ""))
    if act is None:
        raise Invalid(gettext("Choose what to do with the ticked improvements."), field="act")
    scope = Scope.of(current_user, session())
    try:
        chosen = bulk.fetch(scope, session(), current_user, request.form.getlist("improvement", type=int))
        with undo.recorded(session(), request.form["act"], by=current_user.id, n=len(chosen)) as recording:
            said = act(scope, chosen)
    except Invalid as error:
        session.rollback()
        flash(str(error), "error")
    else:
        offer(said, recording)
    return redirect(_back())


@blueprint.post("/backlog/lists")
@allow(*READERS)
def save_list() -> ResponseReturnValue:
    """Keep the list as it is filtered under a name."""
    _checked()
    shared = bool(request.form.get("shared")) and bool(current_user.duties & {"lead", "administrator"})
    try:
        kept = saved.save(
            session(), current_user, request.form.get("name", ""), request.form.get("query", ""), shared=shared
        )
    except Invalid as error:
        session.rollback()
        flash(str(error), "error")
        return redirect(_back())
    flash(gettext("Kept as “%(name)s”: it stands above the list.", name=kept.name), "success")
    return redirect(_back())


@blueprint.post("/backlog/lists/<int:saved_id>/remove")
@allow(*READERS)
def remove_list(saved_id: int) -> ResponseReturnValue:
    """Take a list of one's own away."""
    _checked()
    saved.remove(session(), current_user, saved_id)
    flash(gettext("The list is gone; the improvements are where they were."), "success")
    return redirect(url_for("backlog.list"))


def _own(_scope: Scope, chosen: list[Improvement]) -> str:
    number = request.form.get("owner", 0, type=int)
    person = session.get(Person, number) if number else None
    if number and person is None:
        raise Invalid(gettext("There is nobody of that number. Choose somebody from the list."), field="owner")
    bulk.own(session(), chosen, person, by=current_user.id)
    name = person.name if person else gettext("nobody")
    return ngettext("%(num)d goes to %(name)s.", "%(num)d go to %(name)s.", len(chosen), name=name)


def _theme(_scope: Scope, chosen: list[Improvement]) -> str:
    number = request.form.get("theme", 0, type=int)
    theme = session.get(Theme, number) if number else None
    bulk.theme(session(), chosen, theme, by=current_user.id)
    name = theme.name if theme else gettext("no theme")
    return ngettext("%(num)d stands under %(name)s.", "%(num)d stand under %(name)s.", len(chosen), name=name)


def _label(_scope: Scope, chosen: list[Improvement]) -> str:
    name = request.form.get("label", "")
    bulk.label(session(), chosen, name, by=current_user.id)
    return ngettext("%(num)d is labelled “%(name)s”.", "%(num)d are labelled “%(name)s”.", len(chosen), name=name)


def _decline(_scope: Scope, chosen: list[Improvement]) -> str:
    bulk.decline(session(), chosen, request.form.get("reason", "")[:2000], by=current_user.id)
    return ngettext(
        "%(num)d is declined. Everybody who asked can read why.",
        "%(num)d are declined. Everybody who asked can read why.",
        len(chosen),
    )


def _merge(scope: Scope, chosen: list[Improvement]) -> str:
    weights = weighing.of(scope, session(), [each.id for each in chosen])
    target = max(chosen, key=lambda each: (weights[each.id].total, -each.id))
    bulk.merge(session(), chosen, target, by=current_user.id)
    said = gettext(
        "“%(title)s” speaks for all %(n)d now. Take one out again on its page.", title=target.title, n=len(chosen)
    )
    return str(said)


ACTS: dict[str, Callable[[Scope, list[Improvement]], str]] = {
    "own": _own, "theme": _theme, "label": _label, "decline": _decline, "merge": _merge,
}  # fmt: skip


def _checked() -> None:
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))


def _back() -> str:
    """Return to the list as it was filtered; only filters of ours are taken over from what was sent."""
    query = saved.cleaned(request.form.get("query", ""))
    return url_for("backlog.list") + (f"?{query}" if query else "")
