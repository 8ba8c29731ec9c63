"""Pages of webhooks, for administrators, and the button by which a lead asks for an issue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import listing
from surveyapp.errors import HeedError, Invalid
from surveyapp.extensions import session
from surveyapp.hooks import endpoints, opening
from surveyapp.hooks.forms import HookForm
from surveyapp.hooks.kinds import EVENTS
from surveyapp.hooks.room import allowed, blueprint
from surveyapp.models import HookEndpoint

STATES = ("waiting", "handed over", "delivered", "given up", "withdrawn")


@blueprint.route("/admin/webhooks", methods=["GET", "POST"], endpoint="list")
@allow("administrator")
def list_hooks() -> ResponseReturnValue:
    """Show the webhooks, and add one; its secret is on the page that answers, and never again."""
    form = HookForm()
    if form.validate_on_submit():
        try:
            made = endpoints.add(session(), **_given(form), by=current_user.id)
        except Invalid as error:
            _refuse(form, error)
        else:
            return _page(made, secret=made.secret)
    found = endpoints.everything(session())
    return render_template("hooks/list.html", form=form, hooks=found, events=EVENTS), 422 if form.errors else 200


@blueprint.route("/admin/webhooks/<int:hook_id>", methods=["GET", "POST"])
@allow("administrator")
def show(hook_id: int) -> ResponseReturnValue:
    """Show one webhook with its log, and change it."""
    endpoint = endpoints.fetch(session(), hook_id)
    form = HookForm(obj=endpoint)
    if form.validate_on_submit():
        try:
            endpoints.change(session(), endpoint, **_given(form), by=current_user.id)
        except Invalid as error:
            _refuse(form, error)
            endpoint = endpoints.fetch(session(), hook_id)
        else:
            flash(gettext("Saved."), "success")
            return redirect(url_for("hooks.show", hook_id=hook_id))
    return _page(endpoint, form=form)


@blueprint.post("/admin/webhooks/<int:hook_id>/secret")
@allow("administrator")
def new_secret(hook_id: int) -> ResponseReturnValue:
    """Make a new secret and show it, once."""
    endpoint = endpoints.fetch(session(), hook_id)
    return _page(endpoint, secret=endpoints.rotate(session(), endpoint, by=current_user.id))


@blueprint.post("/admin/webhooks/<int:hook_id>/<any(test, pause, resume, remove, restore):verb>")
@allow("administrator")
def act(hook_id: int, verb: str) -> ResponseReturnValue:
    """Do what one button says."""
    endpoint = endpoints.fetch(session(), hook_id)
    said = {
        "test": gettext("A test goes out within a minute. What comes of it stands in the log."),
        "pause": gettext("Paused. Nothing is sent and nothing is gathered; what waits goes on waiting."),
        "resume": gettext("Running. What waited goes out first."),
        "remove": gettext("Removed. For thirty days you can bring it back."),
        "restore": gettext("It is back, as it was."),
    }
    deeds: dict[str, Callable[..., object]] = {
        "test": endpoints.test, "pause": endpoints.pause, "resume": endpoints.resume, "remove": endpoints.remove,
        "restore": endpoints.restore,
    }  # fmt: skip
    try:
        deeds[verb](session(), endpoint, by=current_user.id)
        flash(said[verb], "success")
    except HeedError as error:
        session.rollback()
        flash(str(error), "error")
    back = url_for("hooks.list") if verb in {"remove", "restore"} else url_for("hooks.show", hook_id=hook_id)
    return redirect(back)


@blueprint.post("/admin/webhooks/<int:hook_id>/deliveries/<int:delivery_id>/again")
@allow("administrator")
def send_again(hook_id: int, delivery_id: int) -> ResponseReturnValue:
    """Send one delivery once more."""
    endpoint = endpoints.fetch(session(), hook_id)
    endpoints.send_again(session(), endpoint, delivery_id, by=current_user.id)
    flash(gettext("It goes out again within a minute, with the same id."), "success")
    return redirect(url_for("hooks.show", hook_id=hook_id))


@blueprint.post("/backlog/<int:improvement_id>/issue")
@allow("lead", "administrator")
def open_issue(improvement_id: int) -> ResponseReturnValue:
    """Ask a tracker to open an issue about an improvement."""
    scope = Scope.of(current_user, session())
    improvement = listing.fetch(scope, session(), current_user, improvement_id)
    opening.ask(session(), improvement, request.form.get("hook", 0, type=int), by=current_user.id)
    flash(gettext("Asked for. Its address appears here when the issue is open, usually within a minute."), "success")
    return redirect(url_for("backlog.show", improvement_id=improvement.id))


def _given(form: HookForm) -> dict[str, Any]:
    return {
        "name": form.name.data, "url": form.url.data, "events": form.events.data or [], "words": form.words.data,
        "allowed": allowed(),
    }  # fmt: skip


def _refuse(form: HookForm, error: Invalid) -> None:
    session.rollback()
    form.url.errors = [*form.url.errors, str(error)]


def _page(endpoint: HookEndpoint, *, form: HookForm | None = None, secret: str = "") -> ResponseReturnValue:
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    number = min(max(request.args.get("page", 1, type=int), 1), 100_000)
    session.flush()
    found, pages = endpoints.log(session(), endpoint, state, number)
    blank = form or HookForm(formdata=None, obj=endpoint)
    page = render_template(
        "hooks/show.html", hook=endpoint, form=blank, secret=secret, log=found, pages=pages, number=number,
        state=state, states=STATES, events=EVENTS, ended=endpoints.ENDED,
    )  # fmt: skip
    return page, 422 if blank.errors else 200
