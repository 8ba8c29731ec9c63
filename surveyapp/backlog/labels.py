"""Labels: words by which leads sort improvements. One that nothing carries any more is shown nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.errors import Invalid
from surveyapp.models import Improvement, Label, improvement_label

LONGEST = 40


def add(session: Session, improvements: Sequence[Improvement], name: str, *, by: int) -> Label:
    """Put a label on improvements; one of a new name is made. Raises Invalid for an empty or long name."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise Invalid(f"A label is a word or two, at most {LONGEST} characters.", field="name")
    rollups.bump(session, "labels")  # two who make the same label at once would make it twice
    label = session.scalars(select(Label).where(Label.name == name)).first() or Label(name=name, created_by=by)
    session.add(label)
    session.flush()
    for improvement in improvements:
        if label not in improvement.labels:
            improvement.labels.append(label)
            record(session, by, "label", improvement, label=label.id)
    return label


def remove(session: Session, improvement: Improvement, label_id: int, *, by: int) -> None:
    """Take a label off an improvement; nothing happens where it is not on it."""
    label = next((each for each in improvement.labels if each.id == label_id), None)
    if label is None:
        return
    rollups.bump(session, "labels")
    improvement.labels.remove(label)
    record(session, by, "unlabel", improvement, label=label.id)


def everything(session: Session) -> list[Label]:
    """Return every label that something carries, by name."""
    carried = select(improvement_label.c.label_id)
    return list(session.scalars(select(Label).where(Label.id.in_(carried)).order_by(Label.name)))
