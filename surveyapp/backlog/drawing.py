"""The page of one improvement: its forms, filled with what holds now, and its quotes as this person may read them."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import forms, listing, owning
from surveyapp.backlog.days import today
from surveyapp.backlog.page import page
from surveyapp.backlog.views import node_choices, theme_choices
from surveyapp.extensions import session
from surveyapp.listening import masking
from surveyapp.models import Finding, Improvement

FORMS: dict[str, type[FlaskForm]] = {
    "place": forms.PlaceForm,
    "owner": forms.OwnerForm,
    "target": forms.TargetForm,
    "promise": forms.PromiseForm,
    "done": forms.DoneForm,
    "decline": forms.ReasonForm,
    "reopen": forms.ReasonForm,
    "remark": forms.RemarkForm,
}


def fetch(improvement_id: int) -> Improvement:
    """Fetch an improvement through the signed-in person's scope."""
    return listing.fetch(Scope.of(current_user, session()), session(), current_user, improvement_id)


def make(name: str, improvement: Improvement) -> FlaskForm:
    """Make one form of the page, with what the improvement says now where nothing was sent."""
    form = FORMS[name](prefix=f"{name}-")
    scope = Scope.of(current_user, session())
    if isinstance(form, forms.PlaceForm):
        nodes = node_choices(scope)
        if improvement.service_id not in {node for node, _name in nodes}:  # others' too: not this person's to move
            nodes = [(improvement.service_id, improvement.service.name)]
        form.service.choices, form.theme.choices = nodes, theme_choices()
    if isinstance(form, forms.OwnerForm):
        nobody = (0, gettext("Nobody"))
        form.owner.choices = [
            nobody,
            *((each.id, each.name) for each in owning.people(session(), "lead", "administrator")),
        ]
        form.handed_to.choices = [nobody, *((each.id, each.name) for each in owning.people(session()))]
    return form


def _blank(name: str, improvement: Improvement) -> FlaskForm:
    form = make(name, improvement)
    form.process(formdata=None, data=_now(name, improvement))
    return form


def _now(name: str, improvement: Improvement) -> dict[str, Any]:
    facts: dict[str, dict[str, Any]] = {
        "place": {"title": improvement.title, "service": improvement.service_id, "theme": improvement.theme_id or 0},
        "owner": {"owner": improvement.owner_id or 0, "handed_to": improvement.handed_to_id or 0},
        "target": {"due_on": improvement.targets[-1].due_on if improvement.targets else None},
        "promise": {"due_on": improvement.promises[-1].due_on, "sentence": improvement.promises[-1].sentence}
        if improvement.promises
        else {},
        "done": {"since": today(session())},
    }
    return facts.get(name, {}) | {"version": improvement.version}


def draw(improvement: Improvement, sent: dict[str, FlaskForm] | None = None) -> str:
    """Draw the page; `sent` holds a form that came back with something wrong."""
    scope = Scope.of(current_user, session())
    aside = request.args.get("aside") == "1"
    shown = page(
        scope,
        session(),
        improvement,
        number=request.args.get("page", 1, type=int),
        today=today(session()),
        dismissed=aside,
    )
    found = {each.comment_id: session.get(Finding, each.comment_id) for each in shown.mentions}
    quotes = {
        each.id: masking.pieces(
            each.comment.text, [(each.start, each.end)], masking.hidden_from(current_user, found[each.comment_id])
        )
        for each in shown.mentions
    }
    blank = {name: _blank(name, improvement) for name in FORMS}
    mine = improvement.handed_to_id == current_user.id
    return render_template(
        "backlog/show.html", page=shown, improvement=improvement, quotes=quotes, forms=blank | (sent or {}), aside=aside,
        wrong=next(iter(sent or {}), None), leads=bool(current_user.duties & {"lead", "administrator"}), mine=mine,
        today=today(session()),
    )  # fmt: skip
