"""Did it help you? Each customer says yes, partly or no to what was done, and may change their mind; the rollups count it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.answering.story import fate
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import VERDICTS, Mention, Response, Rollup, Verdict


@dataclass(frozen=True, slots=True)
class Said:
    """How many customers said what of one improvement, erased ones included."""

    yes: int
    partly: int
    no: int

    @property
    def n(self) -> int:
        """How many said anything."""
        return self.yes + self.partly + self.no


def say(session: Session, response: Response, mention: Mention, says: str, *, today: date) -> Verdict:
    """Keep a customer's verdict on what was done about their mention. Raises Conflict where nothing was done (any more)."""
    if says not in VERDICTS:
        raise Invalid(gettext("Say yes, partly or no."))
    if fate(mention.improvement).state != "done":
        raise Conflict(gettext("This is not done any more; somebody opened it again. Reload the page."))
    with rollups.recounted(session, [response.id]):
        kept = session.get(Verdict, (response.id, mention.improvement_id))
        if kept is None:
            kept = Verdict(response_id=response.id, improvement_id=mention.improvement_id, says=says, day=today)
            session.add(kept)
        kept.says, kept.day = says, today
    return kept


def said(session: Session, family: Sequence[int]) -> Said:
    """Count what customers said of an improvement and of those merged into it."""
    keys = [f"{improvement}:{says}" for improvement in family for says in VERDICTS]
    counted: Counter[str] = Counter()
    found = select(Rollup.key, func.sum(Rollup.n)).where(Rollup.fact == "verdict", Rollup.key.in_(keys))
    for key, n in session.execute(found.group_by(Rollup.key)):
        counted[key.partition(":")[2]] += n
    return Said(**{says: counted[says] for says in VERDICTS})
