"""Asking about a chart: the view goes to the leads with a question, and their answer stands under the chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import Enquiry, Person, Service

SHOWN = 10
"""Questions under one chart, the newest; older ones would push the next chart away."""


def ask(session: Session, service: Service, chart: str, query: Mapping[str, Any], words: str, *, by: Person) -> Enquiry:
    """Ask about a chart as it is seen at a node through `query`. Raises Invalid without a question, or for one too long."""
    made = Enquiry(service_id=service.id, chart=chart, query=dict(query), question=_words(words, 2000), by=by.id)
    session.add(made)
    record(session, by, "asked about a chart", made, service=service.id)
    return made


def answer(session: Session, enquiry: Enquiry, words: str, *, by: Person) -> None:
    """Answer a question, once. Raises Invalid without words, Conflict where somebody answered already."""
    if enquiry.answered_at is not None:
        raise Conflict(gettext("Somebody has answered this already. Go back and reload the page to read it."))
    enquiry.answer, enquiry.answered_by, enquiry.answered_at = _words(words, 4000), by.id, now()
    record(session, by, "answered about a chart", enquiry)


def fetch(session: Session, scope: Scope, enquiry_id: int) -> Enquiry:
    """Fetch a question. Raises NotFound for one that is not there or not in scope."""
    found = session.get(Enquiry, enquiry_id)
    if found is None or not scope.sees(found.service):
        raise NotFound(gettext("There is no such question, or it is not about one of your services."))
    return found


def of_charts(session: Session, service: Service) -> dict[str, list[Enquiry]]:
    """Return the questions about a node's charts by chart, the newest first."""
    wanted = select(Enquiry).where(Enquiry.service_id == service.id).order_by(Enquiry.id.desc())
    found: dict[str, list[Enquiry]] = defaultdict(list)
    for each in session.scalars(wanted.options(joinedload(Enquiry.asker), joinedload(Enquiry.answerer))):
        if len(found[each.chart]) < SHOWN:
            found[each.chart].append(each)
    return dict(found)


def _words(words: str, limit: int) -> str:
    plain = words.replace("\0", "").encode("utf-8", "replace").decode().strip()
    if not plain:
        raise Invalid(gettext("Write a few words first."))
    if len(plain) > limit:
        raise Invalid(gettext("At most %(n)d characters: this has %(has)d.", n=limit, has=len(plain)))
    return plain
