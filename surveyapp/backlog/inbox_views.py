"""The inbox on the screen: what waits, one group of it to skim, and where another home for a mention is looked for."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import Optional

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import choosing, inbox, inbox_items, inbox_sorting, inbox_visits, listing, undo
from surveyapp.backlog.days import today
from surveyapp.backlog.drawing import fetch
from surveyapp.backlog.mentions import root_of
from surveyapp.backlog.undoing import offer
from surveyapp.backlog.views import blueprint
from surveyapp.errors import HeedError
from surveyapp.extensions import database, session

LEADS = ("lead", "administrator")
MANY, LONG = 150, 60
"""From how many waiting, the oldest of them how many days old, the page proposes to begin later."""


class BeginForm(FlaskForm):
    """The day from which the inbox begins."""

    day = DateField(lambda: gettext("Sort from"), [Optional()])


@blueprint.get("/backlog/inbox")
@allow(*LEADS)
def sort() -> ResponseReturnValue:
    """Show what waits, weightiest first."""
    scope, me = Scope.of(current_user, session()), current_user.id
    visit = inbox_visits.visit(session(), me)
    since = inbox_visits.new_since(visit)
    only_new = request.args.get("new") == "1" and since is not None
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    found = inbox.inbox(scope, session(), current_user, since=since, only_new=only_new, page=page)
    answer = render_template(
        "backlog/inbox.html", inbox=found, since=since, only_new=only_new, first=inbox.FIRST,
        progress=inbox_visits.progress(scope, session(), found.waiting), begin=_beginning(scope, found.waiting),
        **_shown(scope, found.groups, since),
    )  # fmt: skip
    inbox_visits.look(database(), me, visit)
    return answer


@blueprint.get("/backlog/inbox/<int:improvement_id>")
@allow(*LEADS)
def skim(improvement_id: int) -> ResponseReturnValue:
    """Show one group whole, to skim it and accept it."""
    scope, root = Scope.of(current_user, session()), root_of(fetch(improvement_id))
    since = inbox_visits.new_since(inbox_visits.visit(session(), current_user.id))
    found = inbox.group_of(scope, session(), current_user, root.id, since=since)
    if found is None:
        return redirect(url_for("backlog.sort"))
    answer = render_template("backlog/inbox_group.html", group=found, **_shown(scope, [found], since))
    with database().write() as writing:
        inbox_visits.stay(writing, current_user.id, root.id)
    return answer


@blueprint.get("/backlog/inbox/mentions/<int:mention_id>/move")
@allow(*LEADS)
def find_home(mention_id: int) -> ResponseReturnValue:
    """Look for the improvement to which a mention belongs; the likely ones first, with reasons."""
    scope = Scope.of(current_user, session())
    (mention,) = listing.fetch_mentions(scope, session(), current_user, [mention_id])
    words = request.args.get("q", "").replace("\0", " ")[:200]
    home = root_of(mention.improvement)
    found = choosing.candidates(scope, session(), current_user, home, words=words, mention_ids=[mention_id])
    shown = [(each.improvement, inbox_items.own_words(mention.quote, each.because)) for each in found]
    items = inbox_items.items(scope, session(), current_user, [mention], since=None)
    return render_template("backlog/inbox_move.html", item=items[mention.id], candidates=shown, words=words)


@blueprint.post("/backlog/inbox/from")
@allow(*LEADS)
def begin() -> ResponseReturnValue:
    """Say from which day on things wait in the inbox."""
    form = BeginForm()
    if form.validate_on_submit():
        try:
            with undo.recorded(session(), "begin", by=current_user.id) as recording:
                inbox_sorting.begin_on(session(), current_user, form.day.data, today=today(session()))
            offer(gettext("Saved. What is older stays in the backlog and in the charts."), recording)
        except HeedError as error:
            session.rollback()
            flash(str(error), "warning")
    else:
        flash(gettext("That is no date. Choose a day."), "warning")
    return redirect(url_for("backlog.sort"))


def _shown(scope: Scope, groups: list[inbox.Group], since: Any) -> dict[str, Any]:
    """What the cards of some groups need: their items, and who else has them open."""
    mentions = [mention for group in groups for mention in group.mentions]
    return {
        "items": inbox_items.items(scope, session(), current_user, mentions, since=since),
        "who": inbox_visits.others(session(), current_user.id, [group.improvement.id for group in groups]),
        "back": request.full_path.rstrip("?"),
    }


def _beginning(scope: Scope, waiting: int) -> dict[str, Any]:
    """From which day the inbox begins, how much lies before it, whether this person may change it, and whether they should."""
    day, begins = today(session()), inbox.beginning(session())
    oldest = inbox_sorting.oldest(scope, session()) if begins is None and waiting > MANY else None
    late = oldest is not None and (day - oldest).days > LONG
    return {
        "day": begins,
        "history": inbox_sorting.history(scope, session(), waiting),
        "mine": inbox_sorting.leads_all(session(), current_user),
        "propose": day.replace(day=1) if late else None,
        "oldest": oldest,
    }
