"""Labels, rules, ways, what is different, the weight, looking again: the services behind a lead's morning."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import (
    again,
    apart,
    bulk,
    labels,
    listing,
    mentions,
    merging,
    outcomes,
    rules,
    saved,
    ways,
    weighing,
)
from surveyapp.db import Database, now
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import Act, Apart, Comment, Improvement, Mention, Outcome, Person, Promise, Service, Survey
from surveyapp.pipeline.hear import Hearing
from tests.support import make

TODAY = now().date()


@pytest.fixture
def lead(unit: Session) -> Person:
    """A lead of everything."""
    make.organisation(unit)
    return make.person(unit, "lead", name="Ada Lead")


def say(
    session: Session, improvement: Improvement, *, days: int = 0, at: Service | None = None, rating: int | None = None
) -> Comment:
    """A comment that asks for an improvement, so many days ago."""
    survey = session.scalars(select(Survey)).first() or make.survey(session)
    text = "More chairs."
    comment = make.response(
        session, survey, at=at, day=TODAY - timedelta(days=days), suggestion=text, state="heard"
    ).comments[0]
    comment.rating = rating
    mentions.add(session, comment, 0, len(text), improvement, kind="suggestion", by=None)
    return comment


def weigh(session: Session, improvement: Improvement) -> weighing.Weight:
    return weighing.of(Scope.everything(session), session, [improvement.id])[improvement.id]


def test_a_weight_is_the_sum_of_parts_that_can_be_said(unit: Session, lead: Person) -> None:
    """Comments, recent ones once more, poor ratings once more, branches, and a promise that is broken."""
    chairs = make.improvement(unit)
    north, south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    for days, place, rating in ((1, north, 25), (89, north, 26), (91, south, 0), (400, south, None)):
        say(unit, chairs, days=days, at=place, rating=rating)
    weight = weigh(unit, chairs)
    assert (weight.comments, weight.recent, weight.poor, weight.branches, weight.promise) == (4, 2, 2, 2, 0)
    assert weight.total == 4 + 2 + 2 + 2
    chairs.promises.append(Promise(improvement_id=chairs.id, due_on=TODAY + timedelta(days=20), sentence="Soon."))
    unit.flush()
    assert weigh(unit, chairs).promise == 0
    chairs.promises[0].due_on = TODAY + timedelta(days=14)
    unit.flush()
    assert weigh(unit, chairs).promise == weighing.DUE
    chairs.promises[0].due_on = TODAY - timedelta(days=1)
    unit.flush()
    assert weigh(unit, chairs).total == 10 + weighing.BROKEN
    outcomes.done(unit, chairs, what="Bought.", since=TODAY, by=lead.id)
    assert weigh(unit, chairs).promise == 0, "what is done waits for nobody"


def test_a_family_weighs_together_and_a_scope_weighs_its_own(unit: Session, lead: Person) -> None:
    """Merged improvements add up; another branch's comments are nobody's business."""
    north, south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    chairs, seats = make.improvement(unit), make.improvement(unit, "Seats")
    say(unit, chairs, at=north, rating=0)
    say(unit, seats, at=south, rating=0)
    merging.merge(unit, seats, chairs, by=lead.id)
    assert (weigh(unit, chairs).comments, weigh(unit, chairs).poor) == (2, 2)
    theirs = weighing.of(Scope((north.path,)), unit, [chairs.id])[chairs.id]
    assert (theirs.comments, theirs.recent, theirs.poor, theirs.branches) == (1, 1, 1, 1)


def test_the_list_is_sorted_by_weight(unit: Session, lead: Person) -> None:
    """Two recent comments weigh more than three old ones."""
    old, fresh = make.improvement(unit, "Old"), make.improvement(unit, "Fresh")
    for _each in range(3):
        say(unit, old, days=300)
    for _each in range(2):
        say(unit, fresh)
    found = listing.listed(Scope.everything(unit), unit, lead, listing.Filters())
    assert [(row.improvement.title, row.weight.total) for row in found.rows] == [("Fresh", 4), ("Old", 3)]


def test_labels_are_made_once_and_go_with_their_last_improvement(unit: Session, lead: Person) -> None:
    """White space does not make another label; what nothing carries is gone."""
    one, two = make.improvement(unit), make.improvement(unit, "Seats")
    label = labels.add(unit, [one, two], " quick  win ", by=lead.id)
    assert labels.add(unit, [one], "quick win", by=lead.id) is label
    assert [each.name for each in one.labels] == ["quick win"]
    found = listing.listed(Scope.everything(unit), unit, lead, listing.Filters(label=label.id, state="all"))
    assert found.total == 0, "nobody asked for them, and nobody wrote them"
    labels.remove(unit, one, label.id, by=lead.id)
    labels.remove(unit, one, label.id, by=lead.id)
    assert labels.everything(unit) == [label]
    labels.remove(unit, two, label.id, by=lead.id)
    unit.flush()
    assert labels.everything(unit) == []
    for name in ("", "  ", "x" * 41):
        with pytest.raises(Invalid):
            labels.add(unit, [one], name, by=lead.id)


def test_ways_are_a_short_list_with_at_most_one_chosen(unit: Session, lead: Person) -> None:
    """Choosing another takes the choice back from the first; choosing it again takes it back from all."""
    it = make.improvement(unit)
    buy, rent = (ways.propose(unit, it, text, by=lead.id) for text in ("Buy chairs", "Rent chairs"))
    ways.choose(unit, it, buy.id, by=lead.id)
    ways.choose(unit, it, rent.id, by=lead.id)
    assert [way.text for way in it.ways if way.chosen] == ["Rent chairs"]
    ways.choose(unit, it, rent.id, by=lead.id)
    assert not any(way.chosen for way in it.ways)
    for text in ("", "buy  CHAIRS"):
        with pytest.raises(Invalid):
            ways.propose(unit, it, text, by=lead.id)
    for number in range(ways.MOST - 2):
        ways.propose(unit, it, f"Way {number}", by=lead.id)
    with pytest.raises(Invalid, match="take one away"):
        ways.propose(unit, it, "One too many", by=lead.id)
    ways.drop(unit, it, buy.id, by=lead.id)
    with pytest.raises(Conflict):
        ways.choose(unit, it, buy.id, by=lead.id)


def test_rules_are_ranked_by_the_comments_behind_them(unit: Session, lead: Person) -> None:
    """With quotes; a decision is a new row, and what was decided before stays."""
    chairs, late = make.improvement(unit), make.improvement(unit, "Open later")
    rules.put(unit, late, "We close at six", by=lead.id)
    seats = rules.put(unit, chairs, "No chairs in corridors", by=lead.id)
    for _each in range(4):
        say(unit, chairs)
    say(unit, late)
    found = rules.ranked(Scope.everything(unit), unit, lead)
    assert [(each.rule.name, each.comments, len(each.quotes)) for each in found] == [
        ("No chairs in corridors", 4, 3), ("We close at six", 1, 1),
    ]  # fmt: skip
    rules.decide(unit, seats, "keep", "Fire safety.", by=lead.id)
    rules.decide(unit, seats, "bend", "Two are allowed by the door.", by=lead.id)
    assert [each.decision for each in seats.decisions] == ["keep", "bend"]
    for decision, why in (("burn", "Because."), ("drop", " ")):
        with pytest.raises(Invalid):
            rules.decide(unit, seats, decision, why, by=lead.id)


def test_a_rule_of_another_branch_is_not_there(unit: Session, lead: Person) -> None:
    """Neither in the list, nor to choose from, nor by its number."""
    north, south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    rule = rules.put(unit, make.improvement(unit, service=south), "No dogs", by=lead.id)
    other = make.person(unit, "lead", services=[north])
    scope = Scope.of(other, unit)
    assert rules.ranked(scope, unit, other) == []
    assert rules.names(scope, unit, other) == []
    with pytest.raises(NotFound):
        rules.fetch(scope, unit, other, rule.id)
    assert rules.fetch(Scope.of(lead, unit), unit, lead, rule.id) is rule


def test_saved_lists_keep_filters_only(unit: Session, lead: Person) -> None:
    """Pages and strangers' keys are left out; the same name replaces; others see what is shared, and cannot remove it."""
    other = make.person(unit, "lead")
    saved.save(unit, lead, "Mine", "page=4&state=done&evil=1&q=chairs%26x", shared=False)
    shared = saved.save(unit, lead, "Ours", "owner=0", shared=True)
    saved.save(unit, lead, "Mine", "state=declined", shared=False)
    assert saved.cleaned("page=4&state=done&evil=1&q=chairs%26x") == "state=done&q=chairs%26x"
    assert [(each.name, each.query) for each in saved.of(unit, lead)] == [
        ("Mine", "state=declined"),
        ("Ours", "owner=0"),
    ]
    assert [each.name for each in saved.of(unit, other)] == ["Ours"]
    with pytest.raises(NotFound):
        saved.remove(unit, other, shared.id)
    saved.remove(unit, lead, shared.id)
    unit.flush()
    assert saved.of(unit, other) == []


def test_what_is_asked_for_after_a_decline_comes_back_by_itself(unit: Session, lead: Person) -> None:
    """From the threshold on, not before; declining once more, with a reason, starts the count anew."""
    parking = make.improvement(unit, "More parking")
    outcomes.decline(unit, parking, reason="No room.", by=lead.id)
    parking.outcomes[0].at = now() - timedelta(days=200)
    for _each in range(2):
        say(unit, parking, days=300)
    for _each in range(again.LOOK_AGAIN - 1):
        say(unit, parking, days=5)
    everything = Scope.everything(unit)
    assert again.look_again(everything, unit, lead) == []
    say(unit, parking, days=4)
    (asked,) = again.look_again(everything, unit, lead)
    assert (asked.improvement, asked.n) == (parking, again.LOOK_AGAIN)
    assert asked.declined_on == (now() - timedelta(days=200)).date()
    with pytest.raises(Invalid):
        outcomes.keep_declined(unit, parking, reason=" ", by=lead.id)
    outcomes.keep_declined(unit, parking, reason="Still no room.", by=lead.id)
    unit.flush()
    assert again.look_again(everything, unit, lead) == []
    assert [each.words for each in parking.outcomes] == ["No room.", "Still no room."]
    outcomes.reopen(unit, parking, reason="A field is for sale.", by=lead.id)
    with pytest.raises(Conflict):
        outcomes.keep_declined(unit, parking, reason="No.", by=lead.id)


def test_done_says_whom_it_serves(unit: Session, lead: Person) -> None:
    """The nodes stand with the outcome, and the act names their numbers."""
    it, north = make.improvement(unit), make.service(unit, "North", make.root(unit))
    outcomes.done(unit, it, what="Chairs.", since=TODAY, by=lead.id, serves=[north])
    unit.flush()
    unit.expire_all()
    assert [each.name for each in unit.scalars(select(Outcome)).one().services] == ["North"]
    assert unit.scalars(select(Act).where(Act.verb == "done")).one().fields["serves"] == [north.id]


def test_bulk_acts_do_all_or_nothing(unit: Session, lead: Person) -> None:
    """One that cannot be declined stops the others; another's number is not found."""
    north, south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    one, two, foreign = (make.improvement(unit, f"It {place.name}", service=place) for place in (north, north, south))
    other = make.person(unit, "lead", services=[north])
    scope = Scope.of(other, unit)
    with pytest.raises(NotFound):
        bulk.fetch(scope, unit, other, [one.id, foreign.id])
    for none in ([], list(range(1, bulk.MOST + 2))):
        with pytest.raises(Invalid):
            bulk.fetch(scope, unit, other, none)
    chosen = bulk.fetch(scope, unit, other, [two.id, one.id, one.id])
    assert [each.id for each in chosen] == [one.id, two.id]
    bulk.own(unit, chosen, other, by=other.id)
    bulk.label(unit, chosen, "north", by=other.id)
    bulk.merge(unit, chosen, one, by=other.id)
    assert two.merged_into is one
    with pytest.raises(Conflict):
        bulk.fetch(scope, unit, other, [one.id, two.id])
    with pytest.raises(Invalid):
        bulk.merge(unit, [one], one, by=other.id)


def test_what_was_called_different_is_not_proposed_again(database: Database) -> None:
    """Neither for what is filed nor for what comes: a split teaches it as well as a lead's word."""
    wish = "Please put more chairs in the waiting room."
    with database.write() as session:
        survey = make.survey(session)
        make.response(session, survey, suggestion=wish)
        lead = make.person(session, "lead").id
    hearing = Hearing(database, holder="a")
    hearing.hear_all()
    with database.write() as session:
        first = session.scalars(select(Improvement)).one()
        split = merging.split(session, list(session.scalars(select(Mention))), "Chairs upstairs", by=lead)
        pair = session.scalars(select(Apart)).one()
        assert (pair.one_id, pair.other_id) == tuple(sorted((first.id, split.id)))
        assert apart.keep(session, first, split, by=lead) is pair
        assert apart.of(session, [first.id]) == {split.id}
        kept = split.id, first.id
        make.response(session, session.scalars(select(Survey)).one(), suggestion=wish)
    for listener in (hearing, Hearing(database, holder="b")):
        listener.hear_all()
        with database.write() as session:
            newest = session.scalars(select(Mention).order_by(Mention.id.desc())).first()
            assert newest is not None
            assert newest.improvement_id == kept[0]
            assert kept[1] not in {each["improvement"] for each in newest.proposals}
            make.response(session, session.scalars(select(Survey)).one(), suggestion=wish)


def test_one_is_not_different_from_itself(unit: Session, lead: Person) -> None:
    """The near miss."""
    it = make.improvement(unit)
    with pytest.raises(Invalid):
        apart.keep(unit, it, it, by=lead.id)
