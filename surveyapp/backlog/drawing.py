"""The page of one improvement: its forms, filled with what holds now, and its quotes as this person may read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import (
    forms,
    labels,
    leaving,
    linked,
    listing,
    owning,
    promising,
    rules,
    similar,
    sources,
    weighing,
)
from surveyapp.backlog.days import today
from surveyapp.backlog.page import page
from surveyapp.backlog.views import node_choices, theme_choices
from surveyapp.extensions import session
from surveyapp.listening import masking
from surveyapp.models import Finding, Improvement, Mention, Service

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
    if isinstance(form, forms.DoneForm):
        below = set(session.scalars(select(Service.id).where(Service.path.startswith(improvement.service.path))))
        form.serves.choices = [each for each in node_choices(scope) if each[0] in below]
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
        "done": {"since": today(session()), "serves": [improvement.service_id]},
    }
    return facts.get(name, {}) | {"version": improvement.version}


def quotes(mentions: Sequence[Mention]) -> dict[int, list[masking.Piece]]:
    """Return the comments of mentions, their own words marked, with what the signed-in person need not know covered."""
    ids = {each.comment_id for each in mentions}
    found = {each.comment_id: each for each in session.scalars(select(Finding).where(Finding.comment_id.in_(ids)))}
    return {
        each.id: masking.pieces(
            each.comment.text, [(each.start, each.end)], masking.hidden_from(current_user, found.get(each.comment_id))
        )
        for each in mentions
    }


def _beside(scope: Scope, improvement: Improvement) -> dict[str, Any]:
    """Return what stands beside the improvement: its weight, what is similar, and what can be chosen from."""
    facts: dict[str, Any] = {"weight": weighing.of(scope, session(), [improvement.id])[improvement.id]}
    if not current_user.duties & {"lead", "administrator"}:
        return facts | {"similar": [], "known_labels": [], "known_rules": []}
    return facts | {
        "similar": similar.similar(scope, session(), current_user, improvement),
        "known_labels": labels.everything(session()),
        "known_rules": rules.names(scope, session(), current_user),
    }


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
    blank = {name: _blank(name, improvement) for name in FORMS}
    mine = improvement.handed_to_id in leaving.covered(session(), current_user, today(session()))
    return render_template(
        "backlog/show.html", page=shown, improvement=improvement, quotes=quotes(shown.mentions),
        few=sources.few(session(), current_user, shown.mentions),
        **_beside(scope, improvement), forms=blank | (sent or {}), aside=aside,
        wrong=next(iter(sent or {}), None), leads=bool(current_user.duties & {"lead", "administrator"}), mine=mine,
        today=today(session()), hint=promising.hint(session(), improvement, today(session())),
        links=linked.links(session(), improvement),
        away=leaving.stand_in(session(), improvement.owner_id, today(session())) if improvement.owner_id else None,
    )  # fmt: skip
