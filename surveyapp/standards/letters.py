"""Letters of this room: to the leads of a node that missed a standard last month; to whoever is to put it right, and in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts import outbox
from surveyapp.models import CorrectiveAction, Judgement, Person, Reminder
from surveyapp.standards.saying import sentence
from surveyapp.trends import closing
from surveyapp.trends.letters import leads, say

SOON = 4
"""Fewer days left than this, and somebody is reminded."""


def tell(session: Session, made: Iterable[Judgement], day: date, base: str) -> int:
    """Write one letter to each lead about what was newly found missed in the last closed month; return how many letters."""
    said: dict[int, list[str]] = defaultdict(list)
    people: dict[int, Person] = {}
    for each in made:
        if each.verdict == "missed" and each.month >= closing.last_closed(day):
            for person in leads(session, each.service):
                people[person.id] = person
                said[person.id].append(sentence(each))
    for person_id, sentences in said.items():
        end = gettext(
            "Say what will be done about it, by whom and by when: %(address)s",
            address=base.rstrip("/") + "/standards/actions",
        )
        body = "\n\n".join([*sentences, end]) + "\n"
        outbox.post(session, to=people[person_id].email, subject=gettext("A standard was missed"), body=body)
    return len(said)


def remind(session: Session, day: date, base: str) -> int:
    """Write to whoever has a corrective action that is due within days, and once more when it is overdue; return how many letters."""
    waiting = select(CorrectiveAction).where(
        CorrectiveAction.done_on.is_(None), CorrectiveAction.taken_back_at.is_(None),
        CorrectiveAction.due_on < day + timedelta(days=SOON),
    )  # fmt: skip
    written = 0
    for action in session.scalars(waiting.order_by(CorrectiveAction.id)):
        stage = "overdue" if action.due_on < day else "due"
        key = {"about": "action", "thing": action.id, "stage": stage, "person_id": action.owner_id}
        if action.owner.active and session.scalars(select(Reminder.id).filter_by(**key)).first() is None:
            session.add(Reminder(**key))
            _remind(session, action, stage, base)
            written += 1
    return written


def _remind(session: Session, action: CorrectiveAction, stage: str, base: str) -> None:
    values = {"day": say(action.due_on), "place": action.service.name}
    subjects = {
        "due": gettext("To be put right by %(day)s at %(place)s", **values),
        "overdue": gettext("Was to be put right by %(day)s at %(place)s", **values),
    }
    body = gettext(
        "%(what)s\n\nSay here when it is done: %(address)s\n",
        what=action.what, address=base.rstrip("/") + "/standards/actions",
    )  # fmt: skip
    outbox.post(session, to=action.owner.email, subject=subjects[stage], body=body)


def entrusted(session: Session, action: CorrectiveAction, base: str) -> None:
    """Write to whoever is to put a miss right, unless they took it on themselves."""
    if action.owner_id == action.by or not action.owner.active:
        return
    body = gettext(
        "A month missed the standard “%(standard)s” at %(place)s. You are asked to put it right by %(day)s:\n\n%(what)s\n\n"
        "Say here when it is done: %(address)s\n",
        standard=action.standard.latest.sentence, place=action.service.name, day=say(action.due_on), what=action.what,
        address=base.rstrip("/") + "/standards/actions",
    )  # fmt: skip
    outbox.post(session, to=action.owner.email, subject=gettext("Something for you to put right"), body=body)
