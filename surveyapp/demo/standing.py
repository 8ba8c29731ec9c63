"""The demo's standards: one kept so long that raising it is asked, one missed with an action in hand, one that asks for an action."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.db import Database
from surveyapp.demo.house import SIGN_INS, email_of
from surveyapp.models import Agreement, Measure, Person, Service, Standard
from surveyapp.rollups import month_of
from surveyapp.standards import acting, agreeing, declaring, judging
from surveyapp.standards.declaring import Said
from surveyapp.trends.periods import first_day

BACK = 20
"""Months for which the standards have held."""
HAPPY = Said(
    "You leave us happy.", "You would bring a friend next time.", "You leave with a shrug, and nobody asks why.",
    "70", None, 0,
)  # fmt: skip
HOME = Said(
    "At Kettlemoor you leave us happy.", "The desk knows your name, and the court is ready when you are.",
    "You wait at the desk while your hour runs.", "75", None, 0,
)  # fmt: skip
WORD = Said(
    "When we name a day, we keep it.", "You read “done” on that day, or before.", "The day passes, and you hear nothing.",
    "90", None, 0,
)  # fmt: skip
STAFF = Said(
    "It is good to work here.", "Somebody asks how your week was, and acts on the answer.", "You learn of the rota from the door.",
    "60", None, 0,
)  # fmt: skip
INCOME = Said(
    "The house pays for its own repairs.", "What breaks is mended in the same month.", "Repairs wait for the next budget.",
    "440000", None, 0,
)  # fmt: skip
NOT_YET = ("Ben Colleague", "Catering team")
"""Who has not read the standards yet."""


def declare(database: Database, today: date) -> None:
    """Declare the standards, let people agree, judge the months since, and act on what one centre missed."""
    with database.write() as session:
        lead, root = _person(session, "lead"), session.get_one(Service, 1)
        kettlemoor = session.scalars(select(Service).where(Service.name.like("Kettlemoor%"))).one()
        income = session.scalars(select(Measure).where(Measure.name == "Income")).one()
        made = [
            _declared(session, root, ("csat", None), HAPPY, by=lead.id, today=today),
            _declared(session, kettlemoor, ("csat", None), HOME, by=lead.id, today=today),
            _declared(session, root, ("promises", None), WORD, by=lead.id, today=today),
            _declared(session, root, ("esat", None), STAFF, by=lead.id, today=today),
            _declared(session, root, ("figure", income), INCOME, by=lead.id, today=today),
        ]
        for standard in made[:3]:
            declaring.publish(session, standard, public=True, by=lead.id)
        _agree(session, made)
        judging.judge(session, today)
        _act(session, made[1], lead, today)


def _declared(
    session: Session, node: Service, what: tuple[str, Measure | None], said: Said, *, by: int, today: date
) -> Standard:
    """Declare one now, and let it have been so for long."""
    now = replace(said, from_month=month_of(today))
    made = declaring.declare(session, node, *what, now, by=by, today=today)
    begun = month_of(today) - BACK
    made.latest.from_month = begun
    made.created_at = made.latest.at = datetime.combine(first_day(begun), time(9), UTC)
    session.flush()
    return made


def _agree(session: Session, standards: list[Standard]) -> None:
    for person in agreeing.everybody(session):
        if person.name in NOT_YET:
            continue
        for standard in standards:
            if agreeing.asked(person, standard, standards, standard.latest.from_month):
                session.add(Agreement(version_id=standard.latest.id, person_id=person.id, at=standard.latest.at))
    session.flush()


def _act(session: Session, standard: Standard, lead: Person, today: date) -> None:
    for deviation in acting.asking(session, Scope.everything(session)):
        if deviation.judgement.standard_id == standard.id:
            acting.entrust(
                session, deviation.judgement, what="A second person at the desk from four to seven, until the new rota in spring.",
                owner=_person(session, "colleague"), due_on=today + timedelta(days=24), by=lead.id, today=today,
            )  # fmt: skip


def _person(session: Session, duty: str) -> Person:
    return session.scalars(select(Person).where(Person.email == email_of(SIGN_INS[duty]))).one()
