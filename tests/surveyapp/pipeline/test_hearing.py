"""Hearing: once, whole or not at all, and never over what people decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import mentions, merging, outcomes
from surveyapp.db import UNDATED, Database, now
from surveyapp.listening.analysers import Analysers
from surveyapp.models import Comment, ErasedIdentity, Finding, Improvement, Mention, Response, Rollup, Survey
from surveyapp.pipeline import correct, hear
from surveyapp.pipeline.again import Again
from surveyapp.pipeline.erase import UNTITLED, erase
from surveyapp.pipeline.hear import Hearing
from tests.support import make


def count(session: Session, table: type, *where: object) -> int:
    """How many rows there are."""
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0  # type: ignore[arg-type]


@pytest.fixture
def survey(database: Database) -> int:
    """A published survey."""
    with database.write() as session:
        return make.survey(session).id


def answer(database: Database, survey: int, *suggestions: str, **fields: object) -> list[int]:
    """Responses with these suggestions; their ids."""
    with database.write() as session:
        of = session.get_one(Survey, survey)
        return [make.response(session, of, suggestion=text, **fields).id for text in suggestions]  # type: ignore[arg-type]


def test_a_suggestion_founds_an_improvement_and_its_like_joins_it(database: Database, survey: int) -> None:
    """Praise and "nothing" stay out of the backlog; the second wish for the same thing finds the first."""
    answer(
        database,
        survey,
        "Please put more chairs in the waiting room.",
        "more chairs in the waiting room please",
        "Nothing, all good",
        "",
    )
    assert Hearing(database, holder="a").hear_all() == 4
    with database.read() as session:
        assert [each.title for each in session.scalars(select(Improvement))] == ["Put more chairs in the waiting room"]
        assert count(session, Mention) == 2
        assert count(session, Finding) == 3
        assert hear.waiting(session) == 0


def test_killed_between_lease_and_store_it_is_as_if_it_had_not_begun(database: Database, survey: int) -> None:
    """Nothing of the dead one's work is there; when its lease has run out, somebody else does it, once."""
    answer(database, survey, "Please open earlier.")

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Hearing(database, holder="dead", between=killed).hear_batch()
    with database.read() as session:
        assert (count(session, Finding), count(session, Mention), count(session, Rollup)) == (0, 0, 0)
    other = Hearing(database, holder="alive")
    assert other.hear_batch() == 0, "the lease still holds"
    with database.write() as session:
        session.execute(update(Response).values(lease_until=now() - timedelta(seconds=1)))
    assert other.hear_batch() == 1
    with database.read() as session:
        assert (count(session, Finding), count(session, Mention)) == (1, 1)


def test_who_lost_the_lease_stores_nothing(database: Database, survey: int) -> None:
    """A slow analyser that comes back after another has done its batch changes nothing."""
    answer(database, survey, "Please open earlier.")
    fast = Hearing(database, holder="fast")

    def overtaken() -> None:
        with database.write() as session:
            session.execute(update(Response).values(lease_until=now() - timedelta(seconds=1)))
        assert fast.hear_batch() == 1

    assert Hearing(database, holder="slow", between=overtaken).hear_batch() == 1
    with database.read() as session:
        assert (count(session, Finding), count(session, Mention), count(session, Improvement)) == (1, 1, 1)
        assert rollups.differences(session) == {}


def test_a_lead_who_moves_mentions_meanwhile_is_not_overruled(database: Database, survey: int) -> None:
    """A plan made before somebody changed the backlog is made anew."""
    answer(database, survey, "More chairs in the waiting room please.")
    Hearing(database, holder="a").hear_all()
    answer(database, survey, "More chairs in the waiting room, please!")

    def moved() -> None:
        with database.write() as session:
            benches = make.improvement(session, "Benches")
            mentions.move(
                session, [session.scalars(select(Mention)).one()], benches, by=make.person(session, "lead").id
            )

    Hearing(database, holder="b", between=moved).hear_all()
    with database.read() as session:
        assert {each.improvement.title for each in session.scalars(select(Mention))} == {"Benches"}


def test_a_comment_that_breaks_the_analysis_is_kept_unread(
    database: Database, survey: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One poisoned comment stops nobody else's."""
    answer(database, survey, "poison", "Please open earlier.")
    whole = Analysers._analyser

    class Breaking:
        def __init__(self, inner: object) -> None:
            self.inner = inner

        def analyse(self, text: str, asked: str | None = None) -> object:
            if text == "poison":
                raise ValueError(text)
            return self.inner.analyse(text, asked=asked)  # type: ignore[attr-defined]

    monkeypatch.setattr(Analysers, "_analyser", lambda self, advice: Breaking(whole(self, advice)))
    Hearing(database, holder="a").hear_all()
    with database.read() as session:
        labels = dict(
            session.execute(select(Comment.text, Finding.label).join(Finding, Finding.comment_id == Comment.id)).all()
        )
    assert labels["poison"] is None
    assert labels["Please open earlier."]


def test_later_wishes_for_a_done_improvement_are_asked_again(database: Database, survey: int) -> None:
    """They attach to it, marked; what is undated or older is not "again"."""
    answer(database, survey, "More chairs in the waiting room please.", day=make.DAY - timedelta(days=60))
    hearing = Hearing(database, holder="a")
    hearing.hear_all()
    with database.write() as session:
        it = session.scalars(select(Improvement)).one()
        outcomes.done(
            session, it, what="Bought.", since=make.DAY - timedelta(days=30), by=make.person(session, "lead").id
        )
    for day in (make.DAY, make.DAY - timedelta(days=50), UNDATED):
        answer(database, survey, "More chairs in the waiting room, please", day=day)
    hearing.hear_all()
    with database.read() as session:
        again = {each.day: each.asked_again for each in session.scalars(select(Mention))}
        assert count(session, Improvement) == 1
    assert again == {
        make.DAY: True,
        make.DAY - timedelta(days=50): False,
        make.DAY - timedelta(days=60): False,
        UNDATED: False,
    }


def test_unmerge_gives_each_mention_back_and_keeps_what_people_placed(database: Database, survey: int) -> None:
    """After new mentions, a split and a correction."""
    answer(database, survey, "More chairs in the waiting room please.", "Please open earlier on Saturdays.")
    hearing = Hearing(database, holder="a")
    hearing.hear_all()
    with database.write() as session:
        lead = make.person(session, "lead").id
        chairs, hours = session.scalars(select(Improvement).order_by(Improvement.id)).all()
        merging.merge(session, chairs, hours, by=lead)
    answer(
        database,
        survey,
        "more chairs in the waiting room please!",
        "Please open earlier on Saturdays!",
        "Sell umbrellas at the desk please.",
    )
    hearing.hear_all()
    with database.write() as session:
        umbrella = session.scalars(select(Mention).order_by(Mention.id.desc())).first()
        assert umbrella is not None
        mentions.move(session, [umbrella], session.get_one(Improvement, hours.id), by=lead)
        late = session.scalars(
            select(Mention).where(Mention.improvement_id == hours.id, Mention.by.is_(None)).order_by(Mention.id.desc())
        ).first()
        assert late is not None
        made = merging.split(session, [late], "Saturdays", by=lead)
        correct.say_kind(
            session,
            umbrella.comment,
            umbrella.start,
            umbrella.end,
            "complaint",
            by=lead,
            improvement=session.get_one(Improvement, hours.id),
        )
    with database.write() as session:
        merging.unmerge(session, session.get_one(Improvement, chairs.id), by=lead)
    with database.read() as session:
        where = {(each.quote, each.improvement_id) for each in session.scalars(select(Mention))}
        assert rollups.differences(session) == {}
    assert {improvement for quote, improvement in where if "chairs" in quote.lower()} == {chairs.id}
    assert {improvement for quote, improvement in where if "umbrellas" in quote} == {hours.id}
    assert made.id in {improvement for quote, improvement in where if "Saturdays" in quote}


def test_reanalysis_keeps_corrections_and_what_people_placed(database: Database, survey: int) -> None:
    """A sentence that a lead called praise stays out; a mention that a lead made by hand stays in."""
    answer(database, survey, "Please open earlier.", "We came by bus.")
    Hearing(database, holder="a").hear_all()
    with database.write() as session:
        lead = make.person(session, "lead").id
        first, second = session.scalars(select(Comment).order_by(Comment.id)).all()
        correct.say_kind(session, first, 0, len(first.text), "praise", by=lead)
        correct.say_kind(session, second, 0, len(second.text), "suggestion", by=lead)
        correct.say_sentiment(session, second, "negative", by=lead)
    Again(database).all()
    with database.read() as session:
        states = {each.quote: each.state for each in session.scalars(select(Mention))}
        assert session.get_one(Finding, second.id).label == "negative"
        assert session.get_one(Finding, first.id).has("praise")
        assert rollups.differences(session) == {}
    assert (
        states == {"Please open earlier.": "dismissed", "We came by bus.": "filed"}
        or states["We came by bus."] == "filed"
    )


def test_erasing_leaves_totals_and_no_words(database: Database, survey: int) -> None:
    """Every copy goes, also the improvement's title; the totals stay what they were, also in a rebuild."""
    ids = answer(database, survey, "Please put a samovar into the hall.")
    hearing = Hearing(database, holder="a")
    hearing.hear_all()

    def totals() -> dict[str, int]:
        with database.read() as session:
            return dict(session.execute(select(Rollup.fact, func.sum(Rollup.n)).group_by(Rollup.fact)).all())

    before = totals()
    with database.write() as session:
        erase(session, session.get_one(Response, ids[0]))
    with database.read() as session:
        assert (
            count(session, Response),
            count(session, Comment),
            count(session, Finding),
            count(session, Mention),
        ) == (0, 0, 0, 0)
        assert session.scalars(select(Improvement)).one().title == UNTITLED
        assert count(session, ErasedIdentity) == 1
        assert rollups.differences(session) == {}
    assert totals() == before
    with database.write() as session:
        rollups.rebuild(session)
    assert totals() == before
    answer(database, survey, "A samovar would be nice in the hall, please.")
    hearing.hear_all()
    with database.read() as session:
        assert all(not each.proposals for each in session.scalars(select(Mention))), (
            "the index has forgotten the erased words"
        )


def test_a_response_that_nobody_has_heard_yet_can_be_erased(database: Database, survey: int) -> None:
    """Its rating counts all the same."""
    ids = answer(database, survey, "Please open earlier.", rating=5)
    with database.write() as session:
        erase(session, session.get_one(Response, ids[0]))
    assert Hearing(database, holder="a").hear_all() == 0
    with database.read() as session:
        assert session.scalar(select(func.sum(Rollup.n)).where(Rollup.fact == "rating")) == 1
        assert rollups.differences(session) == {}


@pytest.mark.parametrize(
    ("placed_by_lead", "says", "state"), [(False, "no", "dismissed"), (True, "no", "filed"), (False, "yes", "filed")]
)
def test_a_customers_vote_moves_only_the_machine(
    database: Database, survey: int, placed_by_lead: bool, says: str, state: str
) -> None:
    """One vote among others, never by itself against a lead."""
    answer(database, survey, "Please open earlier.")
    Hearing(database, holder="a").hear_all()
    with database.write() as session:
        mention = session.scalars(select(Mention)).one()
        if placed_by_lead:
            mentions.move(session, [mention], mention.improvement, by=make.person(session, "lead").id)
        correct.vote(session, mention, says)
    with database.read() as session:
        mention = session.scalars(select(Mention)).one()
        assert (mention.state, mention.customer_says) == (state, says)
        assert rollups.differences(session) == {}


def test_a_correction_can_be_taken_back(database: Database, survey: int) -> None:
    """The finding and the backlog are again what they were."""
    answer(database, survey, "Please open earlier.")
    Hearing(database, holder="a").hear_all()
    with database.write() as session:
        comment = session.scalars(select(Comment)).one()
        said = correct.say_kind(session, comment, 0, len(comment.text), "nothing", by=make.person(session, "lead").id)
        assert session.scalars(select(Mention)).one().state == "dismissed"
        correct.undo(session, said, by=said.by or 0)
    with database.read() as session:
        assert session.scalars(select(Mention)).one().state == "filed"
        assert session.scalars(select(Finding)).one().has("suggestion")
        assert rollups.differences(session) == {}
