"""What the demo's page of trends shows beside customers: staff asked in confidence, money, a subscriber, a question, a warning."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.answering import intake
from surveyapp.building import draft, publishing, surveys
from surveyapp.db import Database, now
from surveyapp.demo.house import SIGN_INS, email_of
from surveyapp.demo.visits import HOME
from surveyapp.models import Measure, Person, Service
from surveyapp.questions import edition_of
from surveyapp.rollups import month_of
from surveyapp.trends import closing, computing, enquiries, figures, monthly, taking, unsorted, warning
from surveyapp.trends.frame import Frame

QUARTERS, STAFF = 8, 34
SEASON = (1.25, 1.1, 1.05, 1.0, 0.95, 0.9, 0.95, 0.92, 1.1, 1.05, 0.97, 0.8)


def ask_staff(database: Database, today: date) -> None:
    """Ask the staff each quarter, in confidence, how they like to work here; it went down with the boiler and came back."""
    with database.write() as session:
        root, builder = session.get_one(Service, 1), _person(session, "builder")
        survey = surveys.create(session, service=root, title="How is it to work here?", template="nothing", by=builder)
        surveys.set_up(session, survey, moment="during", confidential=True, count_advice=False, by=builder)
        version = survey.draft or draft.begin(session, survey)
        question = draft.add(session, version, "rating")
        question.purpose, question.required = "esat", True
        question.texts = {"en": {**question.texts.get("en", {}), "label": "How happy are you to work here?"}}
        session.flush()
        publishing.publish(session, survey, by=builder)
        published = survey.published
        assert published is not None, "it has just been published"
        edition = edition_of(published)
    draw = random.Random(5)  # noqa: S311 - a story, not a secret
    asked = edition.questions[0].id
    arrivals = []
    for quarter in range(QUARTERS):
        month = month_of(today) - 1 - 3 * quarter
        day = date(month // 12, month % 12 + 1, 12)
        happy = 0.5 if 3 <= quarter <= 5 else 0.64
        for _each in range(STAFF):
            value = draw.choice((4, 5)) if draw.random() < happy else draw.choice((1, 2, 3, 3))
            arrivals.append(intake.Arrival(edition, 1, "email", {asked: value}, day, _noon(day)))
    with database.write() as session:
        intake.store(session, arrivals)


def show(database: Database, today: date) -> None:
    """Bring in money and sickness, subscribe, ask and answer, warn, close the months, and compute the page of the whole house."""
    with database.write() as session:
        administrator = _person(session, "administrator")
        _figures(session, today, administrator)
        _conversation(session, today)
        warning.notice(session, today, lately=8)
        closing.look(session, today, since=None)
        _correct(session, today, administrator)
    computing.compute(database, most=2)
    unsorted.compute(database)


def _figures(session: Session, today: date, by: Person) -> None:
    draw, rows = random.Random(7), ["measure,service,month,value,unit"]  # noqa: S311
    name = session.get_one(Service, 1).name
    for back in range(25, 0, -1):
        month = month_of(today) - back
        said = f"{month // 12}-{month % 12 + 1:02d}"
        rows.append(f"Income,{name},{said},{round(412_000 * SEASON[month % 12] * draw.uniform(0.97, 1.03))},GBP")
        rows.append(
            f"Days of sickness,{name},{said},{round(150 * draw.uniform(0.8, 1.2) * (1.4 if 9 < back < 14 else 1))},days"
        )
    data = "\n".join(rows).encode()
    taking.take_in(session, Scope.everything(session), data, by=by, today=today, why="")
    by_name = {each.name: each for each in session.scalars(select(Measure))}
    figures.settle(session, by_name["Income"], better="more", adds=True, explains=False, standard="400000", by=by)
    figures.settle(session, by_name["Days of sickness"], better="less", adds=True, explains=True, standard="", by=by)


def _correct(session: Session, today: date, by: Person) -> None:
    month = month_of(today) - 3
    said = f"Income,{session.get_one(Service, 1).name},{month // 12}-{month % 12 + 1:02d},398450,GBP"
    data = f"measure,service,month,value,unit\n{said}".encode()
    why = "the till at Saltmere was counted twice"
    taking.take_in(session, Scope.everything(session), data, by=by, today=today, why=why)


def _conversation(session: Session, today: date) -> None:
    executive, lead, root = _person(session, "executive"), _person(session, "lead"), session.get_one(Service, 1)
    frame = Frame(root, today, 24)
    monthly.subscribe(session, executive, frame)
    asked = enquiries.ask(
        session, root, "rating", frame.query, "Why did the rating fall last winter, and are we past it?", by=executive
    )
    enquiries.answer(
        session, asked,
        "The boiler at Millbeck failed and the centre had no manager for a while. Both are put right, and its ratings are back "
        "where they were.", by=lead,
    )  # fmt: skip
    asked.answered_at = now()


def _person(session: Session, duty: str) -> Person:
    return session.scalars(select(Person).where(Person.email == email_of(SIGN_INS[duty]))).one()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), HOME).astimezone(UTC)
