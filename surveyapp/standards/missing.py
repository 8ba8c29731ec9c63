"""For others, such as a team's briefing: the standards that a node missed in a month, as sentences."""

from __future__ import annotations

from sqlalchemy.orm import Session

from surveyapp.models import Service
from surveyapp.standards import judging, saying
from surveyapp.trends import declared


def missed(session: Session, node: Service, month: int) -> list[str]:
    """Return a sentence for each standard that held for a node and was missed in a month (year * 12 + month - 1)."""
    held = {standard.id for standard, _version in declared.holding(declared.every(session), node, month)}
    found = judging.latest(session, month, nodes=[node.id])
    return [
        saying.sentence(each)
        for each in found
        if each.month == month and each.standard_id in held and each.verdict == judging.MISSED
    ]
