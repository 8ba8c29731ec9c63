"""The backlog's list, its chooser and an improvement written by hand; what is done to one improvement is in `acts`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import select

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import again, choosing, labels, listing, owning, saved, undo
from surveyapp.backlog import board as boards
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
    scope, filters = Scope.of(current_user, session()), read_filters()
    found = listing.listed(scope, session(), current_user, filters)
    leads = bool(current_user.duties & {"lead", "administrator"})
    back = again.look_again(scope, session(), current_user) if leads and not request.args else []
    return render_template(
        "backlog/list.html", listing=found, again=back, **_around(scope, filters, found.rows),
        address=lambda **changes: url_for("backlog.list", **(request.args.to_dict() | changes)),
    )  # fmt: skip


@blueprint.get("/backlog/board")
@allow(*READERS)
def board() -> ResponseReturnValue:
    """Show the same improvements in columns, from what nobody has taken to what is done."""
    scope, filters = Scope.of(current_user, session()), read_filters()
    columns = boards.board(scope, session(), current_user, filters)
    rows = [row for column in columns for row in column.rows]
    return render_template("backlog/board.html", columns=columns, **_around(scope, filters, rows))


def _around(scope: Scope, filters: Filters, rows: list[listing.Row]) -> dict[str, Any]:
    """Return what stands around the improvements of a list or board: filters, promises, lists that are kept."""
    day = today(session())
    return {
        "filters": filters, "leads": bool(current_user.duties & {"lead", "administrator"}), "nodes": scope.tree(session()),
        "standings": {row.improvement.id: standing(row.improvement, day) for row in rows}, "themes": themes(),
        "owners": owning.people(session(), "lead", "administrator"), "labels": labels.everything(session()),
        "lists": saved.of(session(), current_user), "query": saved.cleaned(request.query_string.decode("utf-8", "replace")),
    }  # fmt: skip


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
        with undo.recorded(session(), "write", by=current_user.id) as noted:
            made = owning.write_by_hand(
                session(), form.title.data, service, by=current_user.id, theme=theme, owner=current_user
            )
        undoing.offer(gettext("It is in the backlog, and it is yours."), noted)
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


from surveyapp.backlog import (  # noqa: E402 - register their routes
    acts,  # noqa: F401
    bulk_pages,  # noqa: F401
    inbox_acts,  # noqa: F401
    inbox_views,  # noqa: F401
    keeping_pages,  # noqa: F401
    placing,  # noqa: F401
    rule_pages,  # noqa: F401
    triage_pages,  # noqa: F401
    undoing,
)
