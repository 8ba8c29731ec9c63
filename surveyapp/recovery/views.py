"""Follow-ups: the list, one of them, and the banner of what is urgent; what is done to one is in `act_pages`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.accounts.screen import signed_in
from surveyapp.db import now
from surveyapp.extensions import session
from surveyapp.models import FollowUp, Response
from surveyapp.recovery import asking, forms, listing, money, urgent
from surveyapp.recovery import rules as rules_of

blueprint = Blueprint("recovery", __name__)
DOERS = ("lead", "administrator", "colleague")
BANNERED = frozenset({"listening", "backlog", "recovery"})
"""The rooms on whose pages urgent comments stand on top."""


@blueprint.app_context_processor
def _offered() -> dict[str, Any]:
    """Offer pages of other rooms what they show of this one: the banner, and the question to a customer."""
    return {
        "urgent_waiting": urgent_waiting,
        "asked_about": asked_about,
        "recovery_names": forms.NAMES,
        "urgent_words": urgent_words,
    }


def urgent_waiting() -> list[FollowUp]:
    """Return what stands on top of the page at hand; nothing for whoever leads nothing, or on other rooms' pages."""
    if request.blueprint not in BANNERED or not signed_in() or not listing.leads(current_user):
        return []
    return list(urgent.waiting(Scope.of(current_user, session()), session()))


def urgent_words(follow_up: FollowUp) -> str:
    """Say why a follow-up is urgent: "danger, a child"."""
    return ", ".join(str(forms.URGENT_NAMES.get(each, each)) for each in follow_up.urgent)


def asked_about(response: Response) -> FollowUp | None:
    """Return the follow-up about which the customer behind a code is asked."""
    return asking.asked(session(), response)


@blueprint.get("/follow-ups", endpoint="list")
@allow(*DOERS)
def list_follow_ups() -> ResponseReturnValue:
    """Show what this person sees: what is due first."""
    scope, view = Scope.of(current_user, session()), request.args.get("view", "due")
    view = view if view in listing.VIEWS else "due"
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    return render_template(
        "recovery/list.html", listing=listing.listed(scope, session(), current_user, view, page), view=view, moment_now=now(),
        figures=listing.figures(scope, session(), current_user, now()), leads=listing.leads(current_user), plain=money.plain,
        rules=rules_of.read(session()), names=forms.NAMES,
        address=lambda **changes: url_for("recovery.list", **({"view": view, "page": page} | changes)),
    )  # fmt: skip


from surveyapp.recovery import act_pages, customer_pages, rule_pages  # noqa: E402, F401 - register the other routes
