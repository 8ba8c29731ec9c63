"""Letters of this room: to the leads of a node that missed a standard last month, and to whoever is to put it right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from flask_babel import gettext
from sqlalchemy.orm import Session

from surveyapp.accounts import outbox
from surveyapp.models import CorrectiveAction, Judgement, Person
from surveyapp.standards.saying import sentence
from surveyapp.trends import closing
from surveyapp.trends.letters import leads, say


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
