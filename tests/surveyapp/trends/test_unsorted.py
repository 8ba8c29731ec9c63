"""What nobody has sorted and may belong to something done: counted from proposals by the clock, and no more than they say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import mentions, outcomes
from surveyapp.db import Database
from surveyapp.models import Improvement, Mention, Service, Survey
from surveyapp.rollups import month_of
from surveyapp.trends import computing, unsorted
from surveyapp.trends.frame import Frame
from tests.support import make

TODAY = date.today()  # noqa: DTZ011 - the clock's own today
DAY = TODAY - timedelta(days=60)


def asked(
    session: Session, survey: Survey, it: Improvement, *proposed: tuple[Improvement, float], **fields: Any
) -> Mention:
    """A mention filed by the machine, with its proposals, best first."""
    comment = make.response(session, survey, day=DAY, suggestion="More chairs.", state="heard", **fields).comments[0]
    made = mentions.add(session, comment, 0, 12, it, kind="suggestion", by=None)
    made.proposals = [{"improvement": to.id, "similarity": how, "because": []} for to, how in proposed]
    return made


def story(session: Session) -> int:
    """Chairs were bought; what came since founded improvements of its own. The id of the chairs."""
    make.organisation(session)
    survey, lead = make.survey(session), make.person(session, "lead")
    chairs, stools, other = (make.improvement(session, title) for title in ("Chairs", "Stools", "Seats"))
    outcomes.done(session, chairs, what="Bought.", since=DAY, by=lead.id)
    quay = make.service(session, "Quay", make.root(session))
    asked(session, survey, other, (chairs, 0.6), (stools, 0.4))
    asked(session, survey, other, (chairs, 0.6), at=quay)
    asked(session, survey, other, (stools, 0.7), (chairs, 0.6))  # nearest to something that nobody has done
    asked(session, survey, other, (chairs, 0.1))  # hardly
    asked(session, survey, chairs, (chairs, 0.9))  # counts there already
    asked(session, survey, other)
    mention = asked(session, survey, other, (chairs, 0.6))
    mention.by = lead.id  # somebody has put it where it is
    rollups.bump(session, "backlog")
    return chairs.id


def test_what_may_belong_to_a_change_is_counted_by_place_and_month(database: Database) -> None:
    """Two of seven; one of them at the Quay. Nothing is counted twice, and nothing anew as long as nothing moves."""
    with database.write() as session:
        chairs = story(session)
    assert unsorted.compute(database) == 2
    assert unsorted.compute(database) == 0
    with database.read() as session:
        root, quay = session.get_one(Service, 1), session.query(Service).filter_by(name="Quay").one()
        assert unsorted.read(session, Frame(root, TODAY, 12)) == {chairs: {month_of(DAY): 2}}
        assert unsorted.read(session, Frame(quay, TODAY, 12)) == {chairs: {month_of(DAY): 1}}


def test_the_clock_keeps_it_up_to_date(database: Database) -> None:
    """Before it has run nothing is known; once everything is sorted nothing waits."""
    with database.write() as session:
        story(session)
        assert unsorted.read(session, Frame(make.root(session), TODAY, 12)) == {}
    assert computing.run(database, {})["unsorted"] == 2
    with database.write() as session:
        for each in session.query(Mention):
            each.by = 1
        rollups.bump(session, "backlog")
    unsorted.compute(database)
    with database.read() as session:
        assert unsorted.read(session, Frame(session.get_one(Service, 1), TODAY, 12)) == {}


def test_nothing_at_all_is_nothing(database: Database) -> None:
    """Without a service there is nothing to keep it with."""
    assert unsorted.compute(database) == 0
