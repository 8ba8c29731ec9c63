"""Whatever a person does in the backlog can be taken back while nothing later depends on it, and all is as it was."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import inbox_sorting, labels, ledger, mentions, merging, outcomes, owning, rules, undo
from surveyapp.db import Database
from surveyapp.errors import Conflict, HeedError, NotFound
from surveyapp.models import (
    Act,
    Improvement,
    Mention,
    Merge,
    Organisation,
    Outcome,
    Person,
    Promise,
    Remark,
    Target,
    Undo,
)
from surveyapp.pipeline.erase import erase
from tests.support import make

DAY = date(2026, 6, 1)
Doing = Callable[..., Any]


class Scene:
    """Two improvements, a lead, a colleague, and three mentions under the first, which the machine filed."""

    def __init__(self, session: Session) -> None:
        self.chairs, self.early = session.scalars(select(Improvement).order_by(Improvement.id).limit(2)).all()
        self.mentions = list(session.scalars(select(Mention).order_by(Mention.id)))
        self.lead, self.ben = session.scalars(select(Person).order_by(Person.id).limit(2)).all()


def at_once(database: Database, read: Doing, first: Doing, second: Doing) -> None:
    """Let two people read, then act one after the other; SQLite lets the second in only when the first is done."""
    with database.session(write=not database.is_sqlite) as late:
        seen = read(late) if not database.is_sqlite else ()
        with database.write() as session:
            first(session, *read(session))
        if not database.is_sqlite:
            second(late, *seen)
            late.commit()
    if database.is_sqlite:
        with database.write() as session:
            second(session, *read(session))


@pytest.fixture
def scene(database: Database) -> Database:
    """A database with the scene, committed."""
    with database.write() as session:
        survey = make.survey(session)
        make.person(session, "lead", name="Ada")
        make.person(session, "lead", name="Ben")
        chairs = make.improvement(session, "Chairs, please")
        make.improvement(session, "Open earlier", created_by=1)
        for words in ("Chairs, please.", "More chairs!", "I want chairs."):
            comment = make.response(session, survey, suggestion=words, state="heard").comments[0]
            mentions.add(session, comment, 0, len(words), chairs, kind="suggestion", by=None)
            chairs.title_comment_id = chairs.title_comment_id or comment.id
    with database.write() as session:
        rollups.rebuild(session)  # the ratings, which the factory does not count
    return database


DOINGS: dict[str, Doing] = {
    "accept": lambda s, it: mentions.accept(s, it.mentions, by=it.lead.id),
    "move": lambda s, it: mentions.move(s, it.mentions[:2], it.early, by=it.lead.id),
    "dismiss": lambda s, it: mentions.dismiss(s, it.mentions, by=it.lead.id),
    "split": lambda s, it: merging.split(s, it.mentions[:1], "Benches", by=it.lead.id),
    "new": lambda s, it: inbox_sorting.found_on(s, it.mentions[0], "Chairs, please", by=it.lead.id),
    "merge": lambda s, it: merging.merge(s, it.chairs, it.early, by=it.lead.id),
    "own": lambda s, it: owning.own(s, it.chairs, it.lead, by=it.lead.id),
    "hand": lambda s, it: owning.hand_to(s, it.chairs, it.ben, by=it.lead.id),
    "rename": lambda s, it: owning.rename(s, it.chairs, "Seats", by=it.lead.id),
    "place": lambda s, it: owning.place(
        s, it.chairs, make.service(s, "Harbour", make.root(s)), make.theme(s, "comfort"), by=it.lead.id
    ),
    "label": lambda s, it: labels.add(s, [it.chairs], "quick win", by=it.lead.id),
    "rule": lambda s, it: rules.put(s, it.chairs, "Two chairs a table.", by=it.lead.id),
    "begin": lambda s, it: inbox_sorting.begin_on(s, it.lead, DAY, today=DAY),
    "remark": lambda s, it: owning.remark(s, it.chairs, "Ask the caretaker.", by=it.lead.id),
    "done": lambda s, it: outcomes.done(s, it.chairs, what="Chairs.", since=DAY, by=it.lead.id),
    "decline": lambda s, it: outcomes.decline(s, it.chairs, reason="No room.", by=it.lead.id),
}


def improvements(session: Session) -> list[Any]:
    """Everything about the two improvements that a person decides, and the day from which all is sorted."""
    fields = ("title", "title_comment_id", "service_id", "theme_id", "state", "owner_id", "handed_to_id", "in_effect_since", "merged_into_id", "created_by")  # fmt: skip
    found = session.scalars(select(Improvement).order_by(Improvement.id).limit(2))
    joined = ("labels", "rules")
    return [
        *(
            [getattr(each, name) for name in fields] + [[x.name for x in getattr(each, name)] for name in joined]
            for each in found
        ),
        session.scalars(select(Organisation.sort_from)).one(),
    ]


def filed(session: Session) -> list[Any]:
    """Where every mention is filed, by whom, and since when."""
    columns = (Mention.id, Mention.improvement_id, Mention.state, Mention.by, Mention.asked_again, Mention.sorted_at)
    return [tuple(row) for row in session.execute(select(*columns).order_by(Mention.id))]


def do(database: Database, doing: Doing) -> int:
    """Do something as the lead; return the number by which it can be taken back, 0 where it changed nothing."""
    with database.write() as session:
        it = Scene(session)
        with undo.recorded(session, "something", by=it.lead.id, improvement=it.chairs) as recording:
            doing(session, it)
        return recording.row.id if recording.row else 0


def take_back(database: Database, undo_id: int) -> None:
    """Take it back as the lead."""
    with database.write() as session:
        it = Scene(session)
        undo.take_back(session, undo.fetch(session, it.lead.id, undo_id), by=it.lead.id)


@pytest.mark.parametrize("name", list(DOINGS))
def test_taken_back_all_is_as_it_was(scene: Database, name: str) -> None:
    """Each act changes something, and its undo leaves improvements, mentions and numbers as they were before."""
    with scene.read() as session:
        before = improvements(session), filed(session), session.scalars(select(func.count()).select_from(Remark)).one()
    undo_id = do(scene, DOINGS[name])
    with scene.read() as session:
        between = improvements(session), filed(session), session.scalars(select(func.count()).select_from(Remark)).one()
        assert rollups.differences(session) == {}
    assert between != before
    take_back(scene, undo_id)
    with scene.read() as session:
        after = improvements(session), filed(session), session.scalars(select(func.count()).select_from(Remark)).one()
        assert rollups.differences(session) == {}
        assert session.scalars(select(Act.verb).order_by(Act.id.desc()).limit(1)).one() == "undo"
    assert after == before


@pytest.mark.parametrize(("first", "second"), [
    ("accept", "move"), ("own", "rename"), ("split", "own"), ("rename", "merge"), ("move", "dismiss"), ("decline", "remark"),
])  # fmt: skip
def test_one_after_the_other_backwards(scene: Database, first: str, second: str) -> None:
    """Two acts, taken back last first, leave nothing behind."""
    with scene.read() as session:
        before = improvements(session), filed(session)
    done = [do(scene, DOINGS[name]) for name in (first, second)]
    for undo_id in reversed(done):
        take_back(scene, undo_id)
    with scene.read() as session:
        assert (improvements(session), filed(session)) == before
        assert rollups.differences(session) == {}


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_acts_and_undoings_keeps_the_numbers_right(scene: Database, seed: int) -> None:
    """Acts and undoings as they come, of the last or of an earlier one; a refused one changes nothing."""
    draw, done, taken = random.Random(seed), [], 0
    for _turn in range(25):
        if done and draw.random() < 0.4:
            with contextlib.suppress(Conflict, NotFound):
                take_back(scene, done.pop(draw.randrange(len(done))))
                taken += 1
        else:
            with contextlib.suppress(HeedError):  # merged, or declined, already
                done.append(do(scene, DOINGS[draw.choice(sorted(DOINGS.keys() - {"place"}))]))
        with scene.read() as session:
            assert rollups.differences(session) == {}
    assert taken > 1


def test_a_promise_is_answered_by_one_more_row(scene: Database) -> None:
    """Customers may have read it: the ledger keeps it, and the date before holds again with its sentence."""
    first, second = date.today() + timedelta(days=30), date.today() + timedelta(days=60)  # noqa: DTZ011

    def promise(due: date, why: str) -> Doing:
        return lambda s, it: ledger.set_promise(
            s,
            it.chairs,
            due,
            sentence=f"Chairs by {due}.",
            reason=why,
            by=it.lead.id,
            today=date.today(),  # noqa: DTZ011
        )

    do(scene, promise(first, ""))
    take_back(scene, do(scene, promise(second, "Late.")))
    with scene.read() as session:
        rows = session.scalars(select(Promise).order_by(Promise.id)).all()
    assert [row.due_on for row in rows] == [first, second, first]
    assert rows[-1].sentence == rows[0].sentence
    assert rows[-1].reason == "Taken back: the date before holds again."


def test_a_target_set_by_mistake_is_withdrawn(scene: Database) -> None:
    """The first target of all is followed by a row without a date."""
    due = date.today() + timedelta(days=9)  # noqa: DTZ011
    take_back(
        scene,
        do(scene, lambda s, it: ledger.set_target(s, it.chairs, due, reason="", by=it.lead.id, today=date.today())),  # noqa: DTZ011
    )
    with scene.read() as session:
        assert session.scalars(select(Target.due_on).order_by(Target.id)).all() == [due, None]


def test_done_leaves_its_row_and_the_comments_since_are_not_asked_again(scene: Database) -> None:
    """What came while it was called done had not been asked again after all."""
    undo_id = do(
        scene, lambda s, it: outcomes.done(s, it.chairs, what="Chairs.", since=date(2026, 1, 1), by=it.lead.id)
    )
    with scene.write() as session:
        comment = make.response(session, make.survey(session), suggestion="Chairs again.", state="heard").comments[0]
        late = mentions.add(session, comment, 0, 12, Scene(session).chairs, kind="suggestion", by=None)
        assert late.asked_again
    take_back(scene, undo_id)
    with scene.read() as session:
        assert session.scalars(select(Outcome.state).order_by(Outcome.id)).all() == ["done", "open"]
        assert not session.scalars(select(Mention.asked_again).order_by(Mention.id.desc()).limit(1)).one()


def test_reopening_taken_back_says_the_reason_again(scene: Database) -> None:
    """It is declined as before, and customers read the same reason."""
    do(scene, DOINGS["decline"])
    take_back(scene, do(scene, lambda s, it: outcomes.reopen(s, it.chairs, reason="Oh.", by=it.lead.id)))
    with scene.read() as session:
        last = session.scalars(select(Outcome).order_by(Outcome.id.desc()).limit(1)).one()
        assert (last.state, last.words, Scene(session).chairs.state) == ("declined", "No room.", "declined")


def test_an_unmerge_taken_back_merges_again(scene: Database) -> None:
    """And the other way round since, it stays as it is: no circle."""
    do(scene, DOINGS["merge"])
    undo_id = do(scene, lambda s, it: merging.unmerge(s, it.chairs, by=it.lead.id))
    take_back(scene, undo_id)
    with scene.read() as session:
        assert Scene(session).chairs.merged_into_id == Scene(session).early.id
        assert session.scalars(select(Merge.undone_at)).all() == [None]
    again = do(scene, lambda s, it: merging.unmerge(s, it.chairs, by=it.lead.id))
    do(scene, lambda s, it: merging.merge(s, it.early, it.chairs, by=it.lead.id))
    with pytest.raises(Conflict, match="other way round"):
        take_back(scene, again)


LATER: list[tuple[str, Doing, str]] = [
    (
        "move",
        lambda s, it: mentions.move(s, it.mentions[1:2], it.chairs, by=it.ben.id),
        "sorted one of these comments again",
    ),
    ("own", lambda s, it: owning.own(s, it.chairs, it.ben, by=it.ben.id), "changed the improvement again"),
    ("done", lambda s, it: outcomes.reopen(s, it.chairs, reason="", by=it.ben.id), "later depends"),
    ("split", lambda s, it: owning.remark(s, made(s), "Oak.", by=it.ben.id), "worked with since"),
    ("split", lambda s, it: mentions.move(s, it.mentions[2:], made(s), by=it.ben.id), "worked with since"),
]


def made(session: Session) -> Improvement:
    """The newest improvement."""
    return session.scalars(select(Improvement).order_by(Improvement.id.desc()).limit(1)).one()


@pytest.mark.parametrize(("name", "later", "why"), LATER, ids=[f"{name}-{why}" for name, _later, why in LATER])
def test_what_something_later_depends_on_is_refused_kindly(scene: Database, name: str, later: Doing, why: str) -> None:
    """Nothing changes, and the sentence says why."""
    undo_id = do(scene, DOINGS[name])
    do(scene, later)
    with scene.read() as session:
        before = improvements(session), filed(session)
    with pytest.raises(Conflict, match=why):
        take_back(scene, undo_id)
    with scene.read() as session:
        assert (improvements(session), filed(session)) == before
        assert rollups.differences(session) == {}


def test_twice_is_refused(scene: Database) -> None:
    """The second press of the button changes nothing."""
    undo_id = do(scene, DOINGS["accept"])
    take_back(scene, undo_id)
    with pytest.raises(Conflict, match="already"):
        take_back(scene, undo_id)


def test_two_who_undo_at_once(scene: Database) -> None:
    """A double press in two windows: the second is told, and everything is counted once."""
    undo_id = do(scene, DOINGS["dismiss"])

    def second(session: Session, row: Undo) -> None:
        with pytest.raises(Conflict, match="already"):
            undo.take_back(session, row, by=row.by)

    at_once(
        scene,
        lambda session: (session.get_one(Undo, undo_id),),
        lambda s, row: undo.take_back(s, row, by=row.by),
        second,
    )
    with scene.read() as session:
        assert [row[2] for row in filed(session)] == ["filed"] * 3
        assert rollups.differences(session) == {}


def test_anothers_act_is_not_mine_to_take_back(scene: Database) -> None:
    """Ben cannot undo what Ada did."""
    undo_id = do(scene, DOINGS["accept"])
    with scene.read() as session, pytest.raises(NotFound):
        undo.fetch(session, Scene(session).ben.id, undo_id)


def test_an_erased_comment_stays_erased_and_the_others_come_back(scene: Database) -> None:
    """Of three comments that were set aside two come back; the third is gone for good."""
    undo_id = do(scene, DOINGS["dismiss"])
    with scene.write() as session:
        erase(session, Scene(session).mentions[1].comment.response)
    take_back(scene, undo_id)
    with scene.read() as session:
        assert [row[2] for row in filed(session)] == ["filed", "filed"]
        assert rollups.differences(session) == {}


def test_an_old_title_in_a_customers_words_goes_with_them(scene: Database) -> None:
    """The act that remembers an erased title is forgotten; the new title stays."""
    undo_id = do(scene, DOINGS["rename"])
    with scene.write() as session:
        erase(session, Scene(session).mentions[0].comment.response)
    with scene.read() as session:
        assert session.get(Undo, undo_id) is None
        assert Scene(session).chairs.title == "Seats"


def test_an_act_that_changed_nothing_offers_nothing(scene: Database) -> None:
    """The near miss: saving a form without a change leaves nothing to undo."""
    with scene.write() as session:
        it = Scene(session)
        with undo.recorded(session, "rename", by=it.lead.id) as recording:
            owning.rename(session, it.chairs, it.chairs.title, by=it.lead.id)
        assert recording.row is None


def test_an_act_that_fails_is_not_noted(scene: Database) -> None:
    """And the recorder listens no longer."""
    with scene.write() as session:
        it = Scene(session)
        with pytest.raises(Conflict), undo.recorded(session, "unmerge", by=it.lead.id):
            merging.unmerge(session, it.chairs, by=it.lead.id)
        owning.own(session, it.chairs, it.lead, by=it.lead.id)
        session.flush()
        assert undo.recent(session, it.lead.id) == []


def test_a_label_taken_off_its_last_improvement_comes_back(scene: Database) -> None:
    """And where somebody has put it on again meanwhile, it is not on it twice."""
    do(scene, DOINGS["label"])
    for meanwhile in (False, True):
        off = do(scene, lambda s, it: labels.remove(s, it.chairs, it.chairs.labels[0].id, by=it.lead.id))
        with scene.read() as session:
            assert labels.everything(session) == []
        if meanwhile:
            do(scene, DOINGS["label"])
        take_back(scene, off)
        with scene.read() as session:
            assert [
                each.name for each in session.scalars(select(Improvement).order_by(Improvement.id)).first().labels
            ] == ["quick win"]
