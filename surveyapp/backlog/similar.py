"""Similar improvements, proposed with reasons, until somebody merges them or says that they are different."""

from __future__ import annotations

from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import apart
from surveyapp.backlog.choosing import Candidate, candidates
from surveyapp.backlog.mentions import family
from surveyapp.models import Improvement, Person

LIKELY = 0.5
"""The likelihood of being the same need from which it is worth a lead's glance."""
MOST = 3


def similar(scope: Scope, session: Session, person: Person, improvement: Improvement) -> list[Candidate]:
    """Return up to three improvements that may be the same need as this one, likeliest first."""
    different = apart.of(session, family(session, improvement.id))
    likely = candidates(scope, session, person, improvement, words="")
    return [
        each
        for each in likely
        if each.likelihood >= LIKELY and not (different and different & set(family(session, each.improvement.id)))
    ][:MOST]
