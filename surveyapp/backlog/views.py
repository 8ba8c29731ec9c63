"""The backlog's list, its chooser and an improvement written by hand; what is done to one improvement is in `acts`."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import select

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import choosing, listing, owning
from surveyapp.backlog.days import today
from surveyapp.backlog.forms import NewForm
from surveyapp.backlog.ledger import standing
from surveyapp.backlog.listing import Filters
from surveyapp.extensions import session
from surveyapp.models import Theme

blueprint = Blueprint("backlog", __name__)
READERS = ("lead", "administrator", "colleague", "executive")


@blueprint.get("/backlog", endpoint="list")
@allow(*READERS)
def list_improvements() -> ResponseReturnValue:
    """Show the improvements that this person sees, filtered, sorted and searched."""
    scope = Scope.of(current_user, session())
    filters = read_filters()
    found = listing.listed(scope, session(), current_user, filters)
    day = today(session())
    return render_template(
        "backlog/list.html",
        listing=found,
        filters=filters,
        leads=bool(current_user.duties & {"lead", "administrator"}),
        standings={row.improvement.id: standing(row.improvement, day) for row in found.rows},
        nodes=scope.tree(session()),
        themes=themes(),
        owners=owning.people(session(), "lead", "administrator"),
        address=lambda **changes: url_for("backlog.list", **(request.args.to_dict() | changes)),
    )


@blueprint.route("/backlog/new", methods=["GET", "POST"])
@allow("lead", "administrator")
def new() -> ResponseReturnValue:
    """Write an improvement by hand."""
    scope = Scope.of(current_user, session())
    form = NewForm()
    form.service.choices = node_choices(scope)
    form.theme.choices = theme_choices()
    if form.validate_on_submit():
        service = scope.service(session(), form.service.data)
        theme = session.get(Theme, form.theme.data) if form.theme.data else None
        made = owning.write_by_hand(
            session(), form.title.data, service, by=current_user.id, theme=theme, owner=current_user
        )
        return redirect(url_for("backlog.show", improvement_id=made.id))
    return render_template("backlog/new.html", form=form)


@blueprint.get("/backlog/<int:improvement_id>/choose")
@allow("lead", "administrator")
def choose(improvement_id: int) -> ResponseReturnValue:
    """Choose the improvement to merge with, or to which ticked comments go; the likely ones first, with reasons."""
    scope = Scope.of(current_user, session())
    improvement = listing.fetch(scope, session(), current_user, improvement_id)
    ids = request.args.getlist("mention", type=int)
    words = request.args.get("q", "")[:200]
    found = choosing.candidates(scope, session(), current_user, improvement, words=words, mention_ids=ids)
    ticked = listing.fetch_mentions(scope, session(), current_user, ids) if ids else []
    return render_template(
        "backlog/choose.html", improvement=improvement, candidates=found, words=words, mentions=ticked
    )


def read_filters() -> Filters:
    """Read the filters from the address; what is not understood is as if it had not been there."""
    args = request.args
    words = args.get("q", "").replace("\0", " ")[:200]
    state, sort = args.get("state", "open"), args.get("sort", "match" if words.strip() else "weight")
    return Filters(
        state=state if state in listing.STATES else "open",
        theme=args.get("theme", type=int),
        owner=args.get("owner", type=int),
        service=args.get("service", type=int),
        label=args.get("label", type=int),
        rule=args.get("rule", type=int),
        words=words,
        sort=sort if sort in listing.SORTS else "weight",
        page=min(max(args.get("page", 1, type=int), 1), 10_000),
    )


def themes() -> list[Theme]:
    """Return the organisation's themes in their order."""
    return list(session.scalars(select(Theme).where(Theme.active).order_by(Theme.position, Theme.name)))


def theme_choices() -> list[tuple[int, str]]:
    """Return the themes as choices of a form, with none first."""
    return [(0, gettext("None")), *((theme.id, theme.name) for theme in themes())]


def node_choices(scope: Scope) -> list[tuple[int, str]]:
    """Return the nodes of the tree as choices of a form, indented by depth."""
    return [(node.id, "\u2003" * node.depth + node.name) for node in scope.tree(session())]


from surveyapp.backlog import acts, inbox_acts, inbox_views, placing, undoing  # noqa: E402, F401 - register their routes
