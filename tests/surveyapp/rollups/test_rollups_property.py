"""Whatever happens, in whatever order: the rollups that grew with it are the rollups that a count of the rows gives."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from surveyapp import rollups
from surveyapp.backlog import mentions, merging, outcomes
from surveyapp.db import Database
from surveyapp.models import (
    Answer,
    Comment,
    Correction,
    Finding,
    Improvement,
    ImprovementCount,
    Mention,
    PeriodRollup,
    Response,
    Rollup,
)
from surveyapp.pipeline import correct
from surveyapp.pipeline.again import Again
from surveyapp.pipeline.erase import erase
from surveyapp.pipeline.hear import Hearing
from tests.support import make

SENTENCES = (
    "Please open earlier on Saturdays.",
    "More chairs in the waiting area.",
    "The queue at the desk was far too long.",
    "Lovely staff, thank you.",
    "Nothing.",
    "It would help if the website showed opening hours.",
    "The toilets were dirty and nobody cared.",
    "Der Kaffee war leider immer kalt und niemand hat sich entschuldigt.",
)
EVENTS = (
    "submit", "hear", "hear again", "correct kind", "correct sentiment", "take back", "vote", "move", "dismiss", "split",
    "merge", "unmerge", "done", "declined", "reopened", "erase",
)  # fmt: skip
TELLING_APART: tuple[dict[str, Any], ...] = (
    {
        "kind": "choice",
        "purpose": "segment",
        "settings": {"options": ["bus", "car"]},
        "texts": {"en": {"label": "How did you come?"}},
    },
    {"kind": "text", "purpose": "segment", "texts": {"en": {"label": "Age, as imported"}}},
)
DAYS = st.one_of(st.just(None), st.integers(0, 70))


class Life(RuleBasedStateMachine):
    """What customers, leads and the machine do with a few dozen responses; `happened` counts what took effect."""

    anew: ClassVar[list[Callable[[], Database]]]
    happened: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.database = self.anew[0]()
        self.hearing = Hearing(self.database, holder="test", size=3)

    @initialize()
    def found(self) -> None:
        """Set up a tree, a survey and a lead."""
        with self.database.write() as session:
            root = make.root(session)
            self.services = [make.service(session, parent=root).id for _ in range(2)]
            make.theme(session, "waiting", "queue", "wait")
            make.theme(session, "opening hours", "open", "opening hours")
            self.survey = make.survey(session, questions=(*make.QUESTIONS, *TELLING_APART)).id
            self.lead = make.person(session, "lead").id
        for seed in range(6):  # enough of a backlog that whatever comes next has something to act on
            self.submit(seed, day=seed, rating=3)
        self.hear()
        self.hear()
        self.merge(4)
        self.decide(1, "done")

    def _some(self, session: Any, table: Any, seed: int, *where: Any) -> Any:
        rows = session.scalars(select(table).where(*where).order_by(*table.__table__.primary_key)).all()
        return random.Random(seed).choice(rows) if rows else None

    @rule(seed=st.integers(0, 10**6), day=DAYS, rating=st.sampled_from([None, 1, 3, 5]))
    def somebody_answers(self, seed: int, day: int | None, rating: int | None) -> None:
        """A customer answers, or an import brings a late or undated row."""
        self.submit(seed, day, rating)

    def submit(self, seed: int, day: int | None, rating: int | None) -> None:
        """Store one response with up to two sentences in each comment."""
        draw = random.Random(seed)
        with self.database.write() as session:
            survey = session.get_one(make.Survey, self.survey)
            made = make.response(
                session, survey, at=session.get_one(make.Service, draw.choice(self.services)), rating=rating,
                day=rollups.keys.UNDATED if day is None else date(2026, 1, 1) + timedelta(days=day),
                experience=" ".join(draw.sample(SENTENCES, draw.randint(0, 2))),
                suggestion=" ".join(draw.sample(SENTENCES, draw.randint(0, 2))),
            )  # fmt: skip
            by_choice, by_words = survey.published.questions[-2:]
            if seed % 3:
                made.answers.append(Answer(question=by_choice, options=draw.sample(["bus", "car"], draw.randint(1, 2))))
            if seed % 2:
                made.answers.append(Answer(question=by_words, words=draw.choice(["25-34", "65 and “over”", "x" * 90])))
            self.happened["submit"] += 1

    @rule()
    def hear(self) -> None:
        """The machine hears a batch."""
        self.happened["hear"] += bool(self.hearing.hear_batch())

    @rule()
    def hear_again(self) -> None:
        """A new analyser reads everything once more."""
        Again(self.database, size=4).all()
        self.happened["hear again"] += 1

    @rule(seed=st.integers(0, 10**6), kind=st.sampled_from(["suggestion", "complaint", "praise", "nothing"]))
    def correct_kind(self, seed: int, kind: str) -> None:
        """A lead says what a sentence is."""
        with self.database.write() as session:
            if finding := self._some(session, Finding, seed):
                comment = session.get_one(Comment, finding.comment_id)
                sentences = finding.body.get("sentences") or [{"start": 0, "end": len(comment.text)}]
                chosen = random.Random(seed).choice(sentences)
                correct.say_kind(session, comment, chosen["start"], chosen["end"], kind, by=self.lead)
                self.happened["correct kind"] += 1

    @rule(seed=st.integers(0, 10**6), label=st.sampled_from(["negative", "neutral", "positive"]))
    def correct_sentiment(self, seed: int, label: str) -> None:
        """A lead says how a comment sounds, and to which themes it belongs."""
        with self.database.write() as session:
            if finding := self._some(session, Finding, seed):
                comment = session.get_one(Comment, finding.comment_id)
                correct.say_sentiment(session, comment, label, by=self.lead)
                correct.say_themes(session, comment, [1] if seed % 2 else [], by=self.lead)
                self.happened["correct sentiment"] += 1

    @rule(seed=st.integers(0, 10**6))
    def take_correction_back(self, seed: int) -> None:
        """A lead changes their mind."""
        with self.database.write() as session:
            if said := self._some(session, Correction, seed, Correction.undone_at.is_(None)):
                correct.undo(session, said, by=self.lead)
                self.happened["take back"] += 1

    @rule(seed=st.integers(0, 10**6), says=st.sampled_from(["yes", "no"]))
    def vote(self, seed: int, says: str) -> None:
        """A customer answers "is that right?"."""
        with self.database.write() as session:
            if mention := self._some(session, Mention, seed):
                correct.vote(session, mention, says)
                self.happened["vote"] += 1

    @rule(seed=st.integers(0, 10**6))
    def move(self, seed: int) -> None:
        """A lead files a mention elsewhere."""
        with self.database.write() as session:
            mention = self._some(session, Mention, seed)
            improvement = self._some(session, Improvement, seed // 2)
            if mention and improvement:
                mentions.move(session, [mention], improvement, by=self.lead)
                self.happened["move"] += 1

    @rule(seed=st.integers(0, 10**6))
    def dismiss(self, seed: int) -> None:
        """A lead says "not a suggestion"."""
        with self.database.write() as session:
            if mention := self._some(session, Mention, seed):
                mentions.dismiss(session, [mention], by=self.lead)
                self.happened["dismiss"] += 1

    @rule(seed=st.integers(0, 10**6))
    def split(self, seed: int) -> None:
        """A lead takes a mention out into an improvement of its own."""
        with self.database.write() as session:
            if mention := self._some(session, Mention, seed, Mention.state == "filed"):
                merging.split(session, [mention], "Split off", by=self.lead)
                self.happened["split"] += 1

    @rule(seed=st.integers(0, 10**6))
    def merge(self, seed: int) -> None:
        """A lead merges two improvements, where that makes sense."""
        with self.database.write() as session:
            source = self._some(session, Improvement, seed, Improvement.merged_into_id.is_(None))
            target = self._some(session, Improvement, seed // 2)
            if source and target and mentions.root_of(target) is not source:
                merging.merge(session, source, target, by=self.lead)
                self.happened["merge"] += 1

    @rule(seed=st.integers(0, 10**6))
    def unmerge(self, seed: int) -> None:
        """A lead takes a merge back."""
        with self.database.write() as session:
            if source := self._some(session, Improvement, seed, Improvement.merged_into_id.is_not(None)):
                merging.unmerge(session, source, by=self.lead)
                self.happened["unmerge"] += 1

    @rule(seed=st.integers(0, 10**6), how=st.sampled_from(["done", "declined"]))
    def decide(self, seed: int, how: str) -> None:
        """A lead finishes or declines an improvement."""
        with self.database.write() as session:
            undecided = (Improvement.state == "open", Improvement.merged_into_id.is_(None))
            improvement = self._some(session, Improvement, seed, *undecided)
            if improvement is None:
                return
            if how == "done":
                outcomes.done(session, improvement, what="We did it.", since=date(2026, 2, 1), by=self.lead)
                self.happened["done"] += 1
            else:
                outcomes.decline(session, improvement, reason="It costs too much.", by=self.lead)
                self.happened["declined"] += 1

    @rule(seed=st.integers(0, 10**6))
    def reopen(self, seed: int) -> None:
        """A lead opens again what was done or declined."""
        with self.database.write() as session:
            over = (Improvement.state != "open", Improvement.merged_into_id.is_(None))
            if improvement := self._some(session, Improvement, seed, *over):
                outcomes.reopen(session, improvement, reason="Still asked for.", by=self.lead)
                self.happened["reopened"] += 1

    @rule(seed=st.integers(0, 10**6))
    def erase(self, seed: int) -> None:
        """A customer erases what they wrote."""
        with self.database.write() as session:
            if response := self._some(session, Response, seed):
                erase(session, response)
                self.happened["erase"] += 1

    @invariant()
    def rollups_are_what_the_rows_say(self) -> None:
        """The promise of this file."""
        with self.database.read() as session:
            assert rollups.differences(session) == {}
            summed = select(Rollup.key, Rollup.service_id, func.sum(Rollup.n)).where(Rollup.fact == "mention")
            counts = session.execute(
                select(ImprovementCount.improvement_id, ImprovementCount.service_id, ImprovementCount.n)
            )
            expected = {
                (int(key), at): n for key, at, n in session.execute(summed.group_by(Rollup.key, Rollup.service_id))
            }
            assert {(i, at): n for i, at, n in counts} == expected

    def teardown(self) -> None:
        """Close the database, so that the next life begins with an empty one."""
        self.database.dispose()

    @invariant()
    def every_comment_heard_has_one_finding(self) -> None:
        """Nothing is heard and then forgotten."""
        with self.database.read() as session:
            heard = select(Comment.id).join(Comment.response).where(Response.state == "heard")
            assert set(session.scalars(heard)) == set(session.scalars(select(Finding.comment_id)))


def test_rollups_that_grew_are_rollups_counted(anew: Callable[[], Database], database_url: str) -> None:
    """Any sequence, on both databases; and each kind of thing did happen, or the test would say little."""
    Life.anew, Life.happened = [anew], Counter()
    examples = 16 if database_url.startswith("sqlite") else 10
    wanted = settings(
        max_examples=examples, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Life, settings=wanted)
    assert {name for name in EVENTS if not Life.happened[name]} == set()


def test_a_planted_fault_is_found(database: Database) -> None:
    """The check can fail: a rollup that somebody changed by hand is named."""
    with database.write() as session:
        made = make.response(session, make.survey(session), rating=5)
        service = made.service_id
    Hearing(database, holder="test").hear_batch()
    with database.write() as session:
        session.execute(Rollup.__table__.update().values(n=Rollup.n + 1).where(Rollup.fact == "rating"))
    with database.read() as session:
        found = rollups.differences(session)
    assert found == {rollups.Key("rating", service, make.DAY, "csat", "1-5:5"): 1}


@pytest.mark.usefixtures("database")
def test_a_rebuild_gives_the_same_rows(database: Database) -> None:
    """Throwing the rollups away and counting again changes nothing."""
    with database.write() as session:
        survey = make.survey(session)
        for day in (1, 2, 2):
            make.response(session, survey, day=date(2026, 5, day), rating=day, suggestion="More chairs, please.")
    Hearing(database, holder="test").hear_all()

    def rows() -> list[Any]:
        with database.read() as session:
            columns = (Rollup.fact, Rollup.service_id, Rollup.day, Rollup.purpose, Rollup.key, Rollup.month, Rollup.n)
            return session.execute(select(*columns).order_by(*columns)).all()

    before = rows()
    with database.write() as session:
        rollups.rebuild(session)
    assert before
    assert rows() == before


def test_a_segment_counts_its_own_customers_and_no_others(database: Database) -> None:
    """Two came by bus, one by car: each group's ratings, comments and mentions are counted once more by themselves."""
    with database.write() as session:
        survey = make.survey(session, questions=(*make.QUESTIONS, *TELLING_APART))
        came, age = survey.published.questions[-2:]
        for way, rating in (("bus", 5), ("bus", 2), ("car", 4), (None, 1)):
            made = make.response(session, survey, rating=rating, suggestion="More chairs, please.")
            if way:
                made.answers.append(Answer(question=came, options=[way]))
        made.answers.append(Answer(question=age, words="25-34"))
        lines = (came.line, age.line)
    Hearing(database, holder="test").hear_all()
    month = rollups.month_of(make.DAY)

    def counted(fact: str, segment: str) -> int:
        found = select(func.sum(PeriodRollup.n)).where(PeriodRollup.fact == fact, PeriodRollup.segment == segment)
        with database.read() as session:
            return session.scalar(found.where(PeriodRollup.grain == "month", PeriodRollup.period == month)) or 0

    assert [counted(fact, "") for fact in ("response", "rating", "comment", "mention")] == [4, 4, 4, 4]
    assert [counted(fact, f"{lines[0]}:bus") for fact in ("response", "rating", "comment", "mention")] == [2, 2, 2, 2]
    assert [counted(fact, f"{lines[0]}:car") for fact in ("response", "mention")] == [1, 1]
    assert counted("rating", f"{lines[1]}:25-34") == 1
    with database.write() as session:
        kept = session.scalars(select(Response).order_by(Response.id)).first()
        erase(session, kept)
    assert counted("rating", f"{lines[0]}:bus") == 2  # the anonymous tally remembers the group
    with database.write() as session:
        rollups.rebuild(session)
    assert counted("rating", f"{lines[0]}:bus") == 2
