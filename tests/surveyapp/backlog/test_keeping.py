"""Keeping to one's word: hints, promises due, reminders, owners, leave and linked work."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import leaving, linked, listing, mentions, promising, reminding
from surveyapp.backlog.ledger import judge
from surveyapp.db import now
from surveyapp.errors import Invalid, NotFound
from surveyapp.extensions import database
from surveyapp.models import Improvement, Leave, Letter, Person, Promise
from tests.support import make
from tests.support.pages import Browser

TODAY = date(2026, 5, 20)


def promise(session: Session, due_on: date | None, *, owner: Person | None = None, **fields: object) -> Improvement:
    """An improvement with one promise."""
    made = make.improvement(session, "More chairs", owner_id=owner.id if owner else None, **fields)
    made.promises.append(Promise(due_on=due_on, sentence="Twelve chairs."))
    session.flush()
    return made


def finished(session: Session, days: int, **fields: object) -> Improvement:
    """An improvement that was done so many days after its first mention."""
    made = make.improvement(session, state="done", in_effect_since=make.DAY + timedelta(days=days), **fields)
    survey = make.survey(session)
    comment = make.response(session, survey, suggestion="More chairs.", state="heard").comments[0]
    mentions.add(session, comment, 0, 12, made, kind="suggestion", by=None)
    return made


D = TODAY
JUDGED = [
    # dates promised, state, in effect since, the word
    ([D + timedelta(15)], "open", None, "upcoming"),
    ([D + timedelta(14)], "open", None, "due"),
    ([D], "open", None, "due"),
    ([D - timedelta(1)], "open", None, "broken"),
    ([D - timedelta(1), D + timedelta(30)], "open", None, "broken"),  # moving it does not mend it
    ([D + timedelta(5), D + timedelta(30)], "open", None, "due"),  # customers read the first date
    ([D + timedelta(30), None], "open", None, "withdrawn"),
    ([D - timedelta(1), None], "open", None, "broken"),
    ([D], "done", D, "kept"),
    ([D], "done", D - timedelta(7), "kept"),
    ([D], "done", D - timedelta(8), "kept early"),
    ([D], "done", D + timedelta(1), "late"),
    ([D, D + timedelta(10)], "done", D + timedelta(5), "late"),
    ([D + timedelta(30)], "declined", None, "broken"),
]


@pytest.mark.parametrize(("dates", "state", "since", "word"), JUDGED)
def test_a_promise_is_judged_by_the_first_date_that_customers_read(
    dates: list[date | None], state: str, since: date | None, word: str
) -> None:
    """Row by row."""
    stands = judge([Promise(due_on=each) for each in dates], state, since, TODAY)
    assert stands is not None
    assert stands.word == word
    assert stands.first == dates[0]


def test_nothing_promised_is_not_judged() -> None:
    """Nor is a withdrawal of nothing."""
    assert judge([], "open", None, TODAY) is None
    assert judge([Promise(due_on=None)], "open", None, TODAY) is None


class TestHints:
    """What is said before a date is given."""

    def test_things_of_the_same_theme_come_first(self, unit: Session) -> None:
        """Five of the theme; another theme does not count; the median of them."""
        waiting, food = (make.theme(unit, name) for name in ("waiting", "food"))
        for days in (10, 20, 41, 50, 90):
            finished(unit, days, theme_id=waiting.id)
        finished(unit, 400, theme_id=food.id)
        it = make.improvement(unit, theme_id=waiting.id)
        assert promising.hint(unit, it, TODAY) == promising.Hint(41, 5, "theme")

    def test_else_the_same_place_else_all_else_nothing(self, unit: Session) -> None:
        """Four are too few to say anything."""
        north = make.service(unit, "North", make.root(unit))
        it = make.improvement(unit, service=north)
        for days in (1, 2, 3, 4):
            finished(unit, days, service=north)
        assert promising.hint(unit, it, TODAY).days is None
        finished(unit, 30)
        assert promising.hint(unit, it, TODAY) == promising.Hint(3, 5, "all")
        finished(unit, 5, service=north)
        assert promising.hint(unit, it, TODAY) == promising.Hint(3, 5, "place")

    def test_the_owners_last_ten(self, unit: Session) -> None:
        """Kept and kept early count as kept; what is not over counts for nothing."""
        ada = make.person(unit, "lead")
        for late in (0, 0, -20, 3):
            promise(
                unit, D - timedelta(30), owner=ada, state="done", in_effect_since=D - timedelta(30) + timedelta(late)
            )
        promise(unit, D - timedelta(3), owner=ada)
        it = promise(unit, D + timedelta(30), owner=ada)
        found = promising.hint(unit, it, TODAY)
        assert (found.kept, found.of) == (3, 5)


class TestReminders:
    """Letters before a promise breaks."""

    def remind(self, session: Session, day: date) -> list[tuple[str, str]]:
        """Remind, and return who got which letter."""
        before = {each.id for each in session.scalars(select(Letter))}
        reminding.promises(session, "https://heed.example", day)
        session.flush()
        return [(each.to, each.subject) for each in session.scalars(select(Letter)) if each.id not in before]

    def test_once_a_stage_to_owner_and_colleague(self, unit: Session) -> None:
        """A fortnight before, three days before, and when it has broken."""
        ada, ben = make.person(unit, "lead"), make.person(unit, "colleague")
        promise(unit, D, owner=ada, handed_to_id=ben.id)
        assert self.remind(unit, D - timedelta(15)) == []
        both = [(each.email, "Promised to customers for 20 May 2026") for each in (ada, ben)]
        assert self.remind(unit, D - timedelta(14)) == both
        assert self.remind(unit, D - timedelta(10)) == []
        assert self.remind(unit, D - timedelta(3)) == both
        assert self.remind(unit, D) == []
        assert {subject for _to, subject in self.remind(unit, D + timedelta(1))} == {
            "A promise to customers has broken: 20 May 2026"
        }
        assert self.remind(unit, D + timedelta(9)) == []

    def test_done_withdrawn_or_ownerless_reminds_nobody(self, unit: Session) -> None:
        """There is nothing to keep, or nobody to write to."""
        ada = make.person(unit, "lead")
        promise(unit, D, owner=ada, state="done", in_effect_since=D)
        promise(unit, D)
        withdrawn = promise(unit, D, owner=ada)
        withdrawn.promises.append(Promise(due_on=None, reason="No money."))
        assert self.remind(unit, D - timedelta(1)) == []

    def test_a_stand_in_is_written_to(self, unit: Session) -> None:
        """While the owner is away."""
        ada, cleo = make.person(unit, "lead"), make.person(unit, "lead")
        promise(unit, D, owner=ada)
        unit.add(Leave(person_id=ada.id, stand_in_id=cleo.id, since=D - timedelta(3), until=D))
        unit.flush()
        assert [to for to, _subject in self.remind(unit, D - timedelta(2))] == [cleo.email]

    def test_what_lies_without_an_owner_once_a_week(self, unit: Session) -> None:
        """Only what customers ask for, for longer than the standard allows, and only to who sees it."""
        make.organisation(unit, owner_days=14)
        ada = make.person(unit, "lead", services=[make.root(unit)])
        make.person(unit, "colleague")
        old = finished(unit, 1)
        old.state, old.in_effect_since, old.created_at = "open", None, now() - timedelta(days=15)
        fresh = finished(unit, 1)
        fresh.state, fresh.in_effect_since = "open", None
        make.improvement(unit, "Nobody asks", created_at=now() - timedelta(days=99))
        unit.flush()
        assert reminding.unowned(unit, "https://heed.example", D) == 1
        assert reminding.unowned(unit, "https://heed.example", D) == 0
        assert reminding.unowned(unit, "https://heed.example", D + timedelta(7)) == 1
        assert {(each.to, each.subject) for each in unit.scalars(select(Letter))} == {
            (ada.email, "1 improvements have had no owner for more than 14 days")
        }


class TestLeave:
    """Being away."""

    def test_what_is_theirs_shows_with_the_stand_in_and_comes_back(self, unit: Session) -> None:
        """From the first day to the last, and not after."""
        north, south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
        ada, cleo = (make.person(unit, "lead", services=[place]) for place in (north, south))
        it = make.improvement(unit, service=north, owner_id=ada.id)
        leaving.take(unit, ada, cleo, D, D + timedelta(3), today=D)
        assert leaving.held(unit, ada) == 1
        assert leaving.covered(unit, cleo, D + timedelta(3)) == [cleo.id, ada.id]
        assert leaving.covered(unit, cleo, D + timedelta(4)) == [cleo.id]
        with pytest.raises(NotFound):  # the leave is not today's
            listing.fetch(Scope.of(cleo, unit), unit, cleo, it.id)
        away = leaving.ahead(unit, ada, D)[0]
        away.since, away.until = date.today() - timedelta(1), date.today() + timedelta(1)  # noqa: DTZ011
        unit.flush()
        assert listing.fetch(Scope.of(cleo, unit), unit, cleo, it.id) is it

    @pytest.mark.parametrize(
        ("since", "until", "who", "says"),
        [
            (3, 1, "cleo", "before the first"), (-9, -2, "cleo", "gone"), (0, 1, "ada", "who is there"),
            (0, 1, "ben", "cannot own"), (0, 1, "nobody", "who is there"), (0, 1, "dora", "away then too"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused(self, unit: Session, since: int, until: int, who: str, says: str) -> None:
        """And says what would be right."""
        people = {name: make.person(unit, "lead") for name in ("ada", "cleo", "dora")}
        people["ben"] = make.person(unit, "colleague")
        leaving.take(unit, people["dora"], people["cleo"], D, D + timedelta(9), today=D)
        with pytest.raises(Invalid, match=says):
            leaving.take(unit, people["ada"], people.get(who), D + timedelta(since), D + timedelta(until), today=D)

    def test_coming_back_early(self, unit: Session) -> None:
        """A leave that has begun ends yesterday; one that has not never was."""
        ada, cleo = make.person(unit, "lead"), make.person(unit, "lead")
        begun = leaving.take(unit, ada, cleo, D, D + timedelta(9), today=D)
        leaving.end(unit, begun, by=ada.id, today=D + timedelta(2))
        assert begun.until == D + timedelta(1)
        later = leaving.take(unit, ada, cleo, D + timedelta(20), D + timedelta(25), today=D)
        leaving.end(unit, later, by=ada.id, today=D + timedelta(2))
        unit.flush()
        assert leaving.ahead(unit, ada, D + timedelta(2)) == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org/1", "https://", "tracker/12", "https://a b.org", ""]
)
def test_only_web_addresses_are_linked(unit: Session, url: str) -> None:
    """A link is something that a browser opens without harm."""
    it = make.improvement(unit)
    with pytest.raises(Invalid):
        linked.link(unit, it, url, by=None)
    linked.link(unit, it, " https://tracker.example.org/12 ", by=None)
    with pytest.raises(Invalid, match="already"):
        linked.link(unit, it, "https://tracker.example.org/12", by=None)


class TestPages:
    """As a lead uses them."""

    @pytest.fixture
    def lead(self, app: Flask) -> Browser:
        """A lead of everything, and a colleague who could stand in."""
        with database(app).write() as session:
            make.organisation(session)
            ada = make.person(session, "lead", name="Ada Lead")
            make.person(session, "lead", name="Cleo Lead")
            day = date.today()  # noqa: DTZ011
            promise(session, day - timedelta(3), owner=ada)
            promise(session, day + timedelta(3), owner=ada)
            promise(session, day + timedelta(60), owner=ada)
            promise(session, day, owner=ada, state="done", in_effect_since=day)
        browser = Browser(app)
        browser.sign_in(ada)
        return browser

    def test_promises_by_what_is_to_be_done_about_them(self, lead: Browser) -> None:
        """Broken, due, upcoming; and counts with what they are out of."""
        page = lead.get("/backlog/promises")
        assert page.said("section h2") == ["Broken, and still open", "Due within a fortnight", "Upcoming"]
        assert len(page.said("section li")) == 3
        assert "1 of 2 kept" in " ".join(page.said(".stat"))

    def test_leave_is_entered_and_taken_back(self, app: Flask, lead: Browser) -> None:
        """And says what goes where."""
        with database(app).read() as session:
            cleo = session.scalars(select(Person.id).where(Person.name == "Cleo Lead")).one()
        day = date.today()  # noqa: DTZ011
        lead.get("/backlog/leave")
        wrong = {"since": day.isoformat(), "until": (day - timedelta(1)).isoformat(), "stand_in": str(cleo)}
        assert "Swap them" in lead.submit(status=422, **wrong)
        page = lead.submit(**wrong | {"until": (day + timedelta(7)).isoformat()})
        assert "3 of your things show with Cleo Lead as well" in page
        assert "Cleo Lead stands in" in page
        assert "yours alone again" in lead.submit("main form[action$='/end']")

    def test_what_nobody_owns_is_taken_on(self, app: Flask, lead: Browser) -> None:
        """From the list."""
        with database(app).write() as session:
            lying = finished(session, 1)
            lying.state, lying.in_effect_since, lying.created_at = "open", None, now() - timedelta(days=40)
            lying.title = "Fix the lift"
        assert lead.get("/backlog/unowned").said("li h2") == ["Fix the lift"]
        assert "“Fix the lift” is yours now" in lead.submit("main li form")
        assert "Everything has an owner" in lead.get("/backlog/unowned")

    def test_work_elsewhere_is_linked(self, app: Flask, lead: Browser) -> None:
        """And taken away again."""
        with database(app).read() as session:
            it = session.scalars(select(Improvement.id)).first()
        lead.get(f"/backlog/{it}")
        page = lead.submit(f"/backlog/{it}/link", url="https://tracker.example.org/12")
        assert page.tree.select_one("a[href='https://tracker.example.org/12']") is not None
        assert "The link is gone" in lead.submit("main form[action$='/remove']")
