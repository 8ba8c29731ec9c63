"""The room's blueprint, who may enter, and how its views fetch what they work on."""

from __future__ import annotations

from flask import Blueprint
from flask_security import current_user
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.building import surveys
from surveyapp.extensions import session as request_session
from surveyapp.models import Person, Survey

blueprint = Blueprint("building", __name__)
BUILDERS = ("builder", "administrator")
READERS = (*BUILDERS, "lead")


def unit() -> Session:
    """Return the request's session."""
    return request_session()


def me() -> Person:
    """Return the signed-in person."""
    person: Person = current_user._get_current_object()
    return person


def scope() -> Scope:
    """Return what the signed-in person sees."""
    return Scope.of(me(), unit())


def builds() -> bool:
    """Say whether the signed-in person builds surveys, or only reads them."""
    return bool(me().duties & set(BUILDERS))


def owned(survey_id: int) -> Survey:
    """Return a survey that the signed-in person may change."""
    return surveys.owned(unit(), scope(), survey_id)


def seen(survey_id: int) -> Survey:
    """Return a survey that the signed-in person may look at."""
    return surveys.seen(unit(), scope(), survey_id)
