"""Look again? What was declined and is asked for all the same comes back by itself, and can be declined once more or opened.

Mentions count from the day of the last decision, so that declining once more starts the count anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import listing
from surveyapp.backlog.families import roots
from surveyapp.models import Improvement, Mention, Outcome, Person

LOOK_AGAIN = 10
"""How many mentions after the decision bring an improvement back: more than the odd customer, fewer than a campaign."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A declined improvement, when it was declined last, and how often it has been asked for since."""

    improvement: Improvement
    declined_on: date
    n: int


def look_again(scope: Scope, session: Session, person: Person, *, least: int = LOOK_AGAIN) -> list[Asked]:
    """Return the declined improvements that a person sees and that were asked for often enough since, most asked for first."""
    up = roots()
    root_id = cast(func.coalesce(up.c.root_id, Mention.improvement_id), Integer)
    last = (
        select(Outcome.improvement_id, func.date(func.max(Outcome.at)).label("on"))
        .group_by(Outcome.improvement_id)
        .subquery("last")
    )
    asked = (
        select(Improvement, func.count().label("n"), last.c.on)
        .select_from(Mention)
        .outerjoin(up, up.c.id == Mention.improvement_id)
        .join(Improvement, Improvement.id == root_id)
        .join(last, last.c.improvement_id == Improvement.id)
        .where(Improvement.state == "declined", Mention.state == "filed", Mention.asked_again)
        .where(
            Mention.service_id.in_(scope.services()), Mention.day > last.c.on, listing.seen_by(scope, session, person)
        )
        .group_by(Improvement.id, last.c.on)
        .having(func.count() >= least)
        .order_by(func.count().desc(), Improvement.id)
    )
    return [Asked(each, _day(on), n) for each, n, on in session.execute(asked)]


def _day(on: date | str) -> date:
    return date.fromisoformat(on) if isinstance(on, str) else on
