"""Two people who act on what both have read: nothing goes round in a circle, and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import mentions, merging
from surveyapp.db import Database
from surveyapp.errors import Conflict, HeedError, Invalid, NotFound
from surveyapp.models import Comment, Finding, Improvement, Mention, Response, Tally
from surveyapp.pipeline import correct
from surveyapp.pipeline.erase import erase
from surveyapp.pipeline.hear import Hearing
from tests.support import make

Act = Callable[..., object]


def at_once(database: Database, read: Callable[[Session], tuple[Any, ...]], first: Act, second: Act) -> None:
    """Let two people read, then act one after the other. SQLite lets the second in only when the first is done."""
    if database.is_sqlite:
        for act in (first, second):
            with database.write() as session:
                act(session, *read(session))
        return
    with database.session(write=True) as late:
        seen = read(late)
        with database.write() as session:
            first(session, *read(session))
        second(late, *seen)
        late.commit()


@pytest.fixture
def heard(database: Database) -> Database:
    """Three improvements, and a lead; one response that was heard, with a mention of the first."""
    with database.write() as session:
        made = make.response(session, make.survey(session), rating=2, suggestion="More chairs, please.")
        make.person(session, "lead")
    Hearing(database, holder="test").hear_all()
    with database.write() as session:
        made = session.get_one(Response, made.id)
        if not session.scalars(select(Mention)).all():
            mentions.add(session, made.comments[0], 0, 20, make.improvement(session), kind="suggestion", by=None)
        for title in ("Second", "Third"):
            make.improvement(session, title)
    return database


def improvements(session: Session) -> tuple[Improvement, ...]:
    """All of them, oldest first."""
    return tuple(session.scalars(select(Improvement).order_by(Improvement.id)))


def first_mention(session: Session) -> tuple[Mention, ...]:
    """The one mention."""
    return (session.scalars(select(Mention)).one(),)


def agrees(database: Database) -> None:
    """Fail where the rollups are not what the rows say."""
    with database.read() as session:
        assert rollups.differences(session) == {}


def test_two_merges_into_each_other_make_no_circle(heard: Database) -> None:
    """Whoever comes second is told that it cannot be, and pages still open."""

    def second(session: Session, one: Improvement, two: Improvement, _three: Improvement) -> None:
        with pytest.raises(Invalid, match="into itself"):
            merging.merge(session, two, one, by=None)

    at_once(heard, improvements, lambda session, one, two, _: merging.merge(session, one, two, by=None), second)
    with heard.read() as session:
        one, two, _three = improvements(session)
        assert mentions.root_of(one) is two
        assert two.merged_into_id is None


def test_a_circle_of_three_is_no_circle(heard: Database) -> None:
    """The first goes into the second and the second into the third, while somebody puts the third into the first."""
    with heard.write() as session:
        one, two, _three = improvements(session)
        merging.merge(session, one, two, by=None)

    def second(session: Session, one: Improvement, _two: Improvement, three: Improvement) -> None:
        with pytest.raises(Invalid, match="into itself"):
            merging.merge(session, three, one, by=None)

    at_once(heard, improvements, lambda session, _one, two, three: merging.merge(session, two, three, by=None), second)


def test_both_take_the_same_one_out(heard: Database) -> None:
    """The second is told, and one act is written down, not two."""
    with heard.write() as session:
        one, two, _three = improvements(session)
        merging.merge(session, one, two, by=None)

    def second(session: Session, one: Improvement, *_rest: Improvement) -> None:
        with pytest.raises(Conflict, match="not merged any more"):
            merging.unmerge(session, one, by=None)

    at_once(heard, improvements, lambda session, one, *_rest: merging.unmerge(session, one, by=None), second)


def test_both_move_the_same_comment(heard: Database) -> None:
    """It ends with the second, and each improvement's number is what its quotes add up to."""
    at_once(
        heard, lambda session: first_mention(session) + improvements(session)[1:],
        lambda session, mention, two, _three: mentions.move(session, [mention], two, by=1),
        lambda session, mention, _two, three: mentions.move(session, [mention], three, by=1),
    )  # fmt: skip
    agrees(heard)


def test_both_correct_the_same_comment(heard: Database) -> None:
    """Two corrections at once are counted as one comment."""

    def read(session: Session) -> tuple[Any, ...]:
        return session.scalars(select(Comment)).one(), session.scalars(select(Finding)).one()

    at_once(
        heard, read,
        lambda session, comment, _finding: correct.say_sentiment(session, comment, "positive", by=1),
        lambda session, comment, _finding: correct.say_sentiment(session, comment, "negative", by=1),
    )  # fmt: skip
    agrees(heard)
    with heard.read() as session:
        assert session.scalars(select(Finding.label)).one() == "negative"


def test_erased_twice_is_counted_once(heard: Database) -> None:
    """A double press of the button keeps one tally."""

    def read(session: Session) -> tuple[Any, ...]:
        return tuple(session.scalars(select(Response)))

    def again(session: Session, *found: Response) -> None:
        for response in found:  # nothing where SQLite let us in after it was gone
            erase(session, response)

    at_once(heard, read, erase, again)
    agrees(heard)
    with heard.read() as session:
        assert session.scalars(select(Tally.n).where(Tally.fact == "response")).all() == [1]


def test_erased_while_it_is_heard_is_counted_once(database: Database) -> None:
    """The eraser read it as pending; by the time it acts, the analyser has stored it."""
    with database.write() as session:
        make.response(session, make.survey(session), rating=2, suggestion="More chairs, please.")

    def read(session: Session) -> tuple[Any, ...]:
        return (session.scalars(select(Response)).one(),)

    if database.is_sqlite:
        Hearing(database, holder="test").hear_all()
        with database.write() as session:
            erase(session, *read(session))
    else:
        with database.session(write=True) as late:
            seen = read(late)
            Hearing(database, holder="test").hear_all()
            erase(late, *seen)
            late.commit()
    agrees(database)
    with database.read() as session:
        assert session.scalars(select(Tally.n).where(Tally.fact == "response")).all() == [1]


@pytest.mark.parametrize("act", ["move", "correct", "vote"])
def test_acting_on_what_was_erased_meanwhile(heard: Database, act: str) -> None:
    """The customer was quicker: a clear message, and nothing half done."""

    def read(session: Session) -> tuple[Any, ...]:
        mention = session.scalars(select(Mention)).first()
        return () if mention is None else (mention, mention.comment, improvements(session)[1])

    def second(session: Session, *seen: Any) -> None:
        if not seen:
            return
        mention, comment, two = seen
        acts: dict[str, Callable[[], object]] = {
            "move": lambda: mentions.move(session, [mention], two, by=1),
            "correct": lambda: correct.say_sentiment(session, comment, "positive", by=1),
            "vote": lambda: correct.vote(session, mention, "no"),
        }
        with pytest.raises(HeedError, match="erased") as caught:
            acts[act]()
        assert isinstance(caught.value, (Conflict, NotFound))
        session.rollback()

    at_once(heard, read, lambda session, *seen: erase(session, session.scalars(select(Response)).one()), second)
    agrees(heard)
