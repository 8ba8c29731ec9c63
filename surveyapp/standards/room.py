"""What the pages of standards share: the blueprint, who leads, the offer to undo, and the part of other rooms' pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select

from surveyapp.accounts.scope import Scope
from surveyapp.backlog.days import today
from surveyapp.errors import Invalid
from surveyapp.extensions import session
from surveyapp.models import Standard
from surveyapp.rollups import month_of
from surveyapp.standards import acting, agreeing, declaring, gauges, saying

blueprint = Blueprint("standards", __name__)
LEADS = ("lead", "administrator")


def scope() -> Scope:
    """Return what the person at hand may see."""
    return Scope.of(current_user, session())


def day() -> date:
    """Return the organisation's local day."""
    return today(session())


def leads() -> bool:
    """Say whether the person at hand leads: they write standards and see single counts."""
    return bool(current_user.duties & set(LEADS))


def fetch(standard_id: int, *, to_write: bool = False) -> Standard:
    """Fetch a standard that concerns the person at hand; `to_write`, one that they lead."""
    found = declaring.fetch(session(), scope(), standard_id)
    if to_write:
        declaring.check_led(scope(), found)
    return found


def check_form() -> None:
    """Raise Invalid for a form without its token."""
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))


def offer(words: str, address: str) -> None:
    """Say what was done, with a button that takes it back."""
    said: Any = {"words": words, "address": address}
    flash(said, "success")


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {"standards_waiting": waiting, "expectations": expectations}


def waiting() -> dict[str, int]:
    """Count what waits for the person at hand: standards to read, deviations to act on, and actions of theirs."""
    month = month_of(day())
    mine = [each for each in acting.every(session(), scope()) if each.owner_id == current_user.id and not each.done_on]
    return {
        "read": len(agreeing.waiting(session(), current_user, month)),
        "missed": len(acting.asking(session(), scope())) if leads() else 0,
        "mine": len(mine),
    }


def expectations() -> bool:
    """Say whether customers are told what they may expect, so that pages of theirs can lead there."""
    shown = select(Standard.id).where(Standard.public, Standard.retired_from.is_(None)).limit(1)
    return session.scalar(shown) is not None


@blueprint.context_processor
def _own() -> dict[str, Any]:
    return {
        "said": saying.said,
        "reach": saying.reach,
        "leads": leads,
        "gauge_name": gauges.name_of,
        "aim_of_version": gauges.aim,
    }
