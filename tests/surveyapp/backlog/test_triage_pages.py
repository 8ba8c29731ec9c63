"""Triage as a lead sees it: the board, many at once, kept lists, rules, ways, what is similar, and looking again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.backlog import again, labels, mentions, outcomes, owning, rules
from surveyapp.db import now
from surveyapp.extensions import database
from surveyapp.models import Apart, Improvement, Mention, Outcome, Person, Rule, SavedFilter, Way
from tests.support import make
from tests.support.pages import Browser


@pytest.fixture
def lead(app: Flask) -> Person:
    """A lead, and three improvements of their own hand: chairs, with two comments, a bench and a sofa."""
    with database(app).write() as session:
        make.organisation(session)
        lead = make.person(session, "lead", name="Ada Lead")
        survey = make.survey(session)
        chairs, bench, _sofa = (
            owning.write_by_hand(session, title, make.root(session), by=lead.id)
            for title in ("Chairs", "A bench", "A sofa")
        )
        for text in ("More chairs.", "Chairs please."):
            comment = make.response(session, survey, suggestion=text, state="heard").comments[0]
            made = mentions.add(session, comment, 0, len(text), chairs, kind="suggestion", by=None)
        made.proposals = [{"improvement": bench.id, "similarity": 0.71, "because": ["sit"]}]
        return lead


@pytest.fixture
def page(app: Flask, lead: Person) -> Browser:
    browser = Browser(app)
    browser.sign_in(lead)
    return browser


def ids(app: Flask) -> dict[str, int]:
    with database(app).read() as session:
        return {each.title: each.id for each in session.scalars(select(Improvement))}


def test_a_weight_is_explained_in_words(page: Browser, app: Flask) -> None:
    """In the list and on the page: the sum, and each part of it."""
    assert "Weight 2" in page.get("/backlog")
    assert page.get(f"/backlog/{ids(app)['Chairs']}").said("details.weight li") == ["2 comments: 2"]


def test_many_at_once_and_back(page: Browser, app: Flask, lead: Person) -> None:
    """Own and label what is ticked; the list stays filtered; first the label is taken back, then the owner."""
    known = ids(app)
    both = [str(known["A bench"]), str(known["A sofa"])]
    page.get("/backlog?sort=title")
    after = page.submit("/backlog/ticked", act="own", improvement=both, owner=str(lead.id))
    assert "2 go to Ada Lead." in after
    assert after.response.request.query_string == b"sort=title"
    page.submit("/backlog/ticked", act="label", improvement=both, label="seats")
    assert page.get("/backlog").text.count("seats") >= 2
    with database(app).read() as session:
        label = labels.everything(session)[0].id
    assert page.get(f"/backlog?label={label}").said("li.improvement h2") == ["A bench", "A sofa"]
    for _each in range(2):
        page.get("/backlog/undo")
        page.submit("form[action^='/backlog/undo/']")
    with database(app).read() as session:
        assert labels.everything(session) == []
        assert {each.owner_id for each in session.scalars(select(Improvement))} == {None}


def test_declining_many_needs_a_reason(page: Browser, app: Flask) -> None:
    """Without one, nothing is declined, and the list says what to do."""
    known = ids(app)
    both = [str(known["A bench"]), str(known["A sofa"])]
    page.get("/backlog")
    assert "Give the reason" in page.submit("/backlog/ticked", act="decline", improvement=both)
    assert "2 are declined" in page.submit("/backlog/ticked", act="decline", improvement=both, reason="No room.")
    with database(app).read() as session:
        assert [each.words for each in session.scalars(select(Outcome))] == ["No room.", "No room."]


def test_nothing_ticked_and_unknown_acts_are_told(page: Browser) -> None:
    """Neither is an error page without a way back."""
    page.get("/backlog")
    assert "Tick at least one improvement first" in page.submit("/backlog/ticked", act="own")
    page.get("/backlog")
    page.post("/backlog/ticked", act="burn", status=422)


def test_merging_many_lets_the_heaviest_speak(page: Browser, app: Flask) -> None:
    """It is asked for most, so its title is what customers mean."""
    known = ids(app)
    page.get("/backlog")
    said = page.submit("/backlog/ticked", act="merge", improvement=[str(known["A sofa"]), str(known["Chairs"])])
    assert "“Chairs” speaks for all 2 now" in said
    assert said.said("li.improvement h2") == ["Chairs", "A bench"]


def test_the_board_has_a_column_for_each_step(page: Browser, app: Flask, lead: Person) -> None:
    """From nobody's to done; an improvement stands in one of them."""
    with database(app).write() as session:
        bench = session.get_one(Improvement, ids(app)["A bench"])
        owning.own(session, bench, session.get_one(Person, lead.id), by=lead.id)
        sofa = session.get_one(Improvement, ids(app)["A sofa"])
        outcomes.done(session, sofa, what="Bought.", since=now().date(), by=lead.id)
    found = page.get("/backlog/board")
    assert found.said("#column-new, #column-owned, #column-planned, #column-done, #column-declined") == [
        "Nobody’s yet 1", "Owned 1", "With a date 0", "Done 1", "Declined 0",
    ]  # fmt: skip
    assert found.said(".board h3") == ["Chairs", "A bench", "A sofa"]
    assert page.get("/backlog/board?q=bench").said(".board h3") == ["A bench"]


def test_a_list_is_kept_shared_and_taken_away(page: Browser, app: Flask) -> None:
    """It is a link above the list, for everybody when shared."""
    page.get("/backlog?owner=0&sort=title&page=1")
    page.submit("/backlog/lists", name="Free to take", shared="1")
    assert page.follow("Free to take").response.request.query_string == b"owner=0&sort=title"
    with database(app).write() as session:
        other = make.person(session, "executive")
    guest = Browser(app)
    guest.sign_in(other)
    assert "Free to take" in guest.get("/backlog")
    page.get("/backlog")
    page.submit("form[action$='/remove']")
    with database(app).read() as session:
        assert session.scalars(select(SavedFilter)).all() == []


def test_a_rule_is_named_ranked_and_decided(page: Browser, app: Flask) -> None:
    """From the improvement to the page of rules, with the customers' words, and a decision that stays."""
    it = ids(app)["Chairs"]
    page.get(f"/backlog/{it}")
    page.submit(f"/backlog/{it}/rule", name="No chairs in corridors")
    found = page.get("/rules")
    assert found.said("article.rule h2") == ["No chairs in corridors"]
    assert len(found.all("blockquote")) == 2
    with database(app).read() as session:
        rule = session.scalars(select(Rule)).one().id
    decided = page.submit(f"/rules/{rule}/decide", decision="bend", why="Two by the door.", press="decision")
    assert decided.said("article.rule ul li strong") == ["Bent"]
    assert "Two by the door." in decided
    page.get(f"/backlog/{it}")
    page.submit(f"/backlog/{it}/unrule")
    assert "No rule has been named yet" in page.get("/rules")


def test_ways_are_proposed_and_chosen_on_the_page(page: Browser, app: Flask) -> None:
    """A choice is seen by everybody who opens the improvement."""
    it = ids(app)["Chairs"]
    page.get(f"/backlog/{it}")
    page.submit(f"/backlog/{it}/way", text="Buy twelve")
    assert "in the list already" in page.submit(f"/backlog/{it}/way", text="Buy twelve")
    assert "Chosen: Buy twelve" in page.submit(f"/backlog/{it}/choose-way")
    page.submit(f"/backlog/{it}/drop-way")
    with database(app).read() as session:
        assert session.scalars(select(Way)).all() == []


def test_what_is_similar_is_merged_by_one_click_or_called_different(page: Browser, app: Flask) -> None:
    """With how likely and why; called different, it is not proposed again, until that is taken back."""
    it = ids(app)["Chairs"]
    found = page.get(f"/backlog/{it}")
    assert "71 % likely, both say: sit" in found
    assert "A bench” is something else" in page.submit(f"/backlog/{it}/different")
    assert "Is this the same?" not in page.get(f"/backlog/{it}")
    page.get("/backlog/undo")
    page.submit("form[action^='/backlog/undo/']")
    with database(app).read() as session:
        assert session.scalars(select(Apart)).all() == []
    page.get(f"/backlog/{it}")
    assert "A bench" in page.submit(f"/backlog/{ids(app)['A bench']}/merge").said("aside .card li")[0]


def test_a_decline_that_customers_do_not_accept_comes_back(page: Browser, app: Flask, lead: Person) -> None:
    """On top of the list, and answered on its page: a new reason, and it leaves the list again."""
    with database(app).write() as session:
        it = session.get_one(Improvement, ids(app)["Chairs"])
        outcomes.decline(session, it, reason="No room.", by=lead.id)
        it.outcomes[0].at = now() - timedelta(days=100)
        survey = make.survey(session)
        for _each in range(again.LOOK_AGAIN):
            comment = make.response(session, survey, day=now().date(), suggestion="Chairs!", state="heard").comments[0]
            mentions.add(session, comment, 0, 7, it, kind="suggestion", by=None)
    found = page.get("/backlog")
    assert "Look again?" in found
    assert f"asked for {again.LOOK_AGAIN} more times" in found
    it_id = ids(app)["Chairs"]
    page.get(f"/backlog/{it_id}")
    assert "It stays declined" in page.submit(f"/backlog/{it_id}/keep-declined", reason="Still no room.")
    assert "Look again?" not in page.get("/backlog")
    assert "Still no room." in page.get(f"/backlog/{it_id}")


def test_an_executive_searches_titles_only_and_decides_nothing(app: Flask, lead: Person) -> None:
    """Comments hold personal data that is covered for them: a search must not tell that a name stands there."""
    with database(app).write() as session:
        rules.put(session, session.get_one(Improvement, ids(app)["Chairs"]), "No chairs", by=lead.id)
        executive = make.person(session, "executive")
        assert session.scalars(select(Mention)).first() is not None
    browser = Browser(app)
    browser.sign_in(executive)
    assert browser.get("/backlog?q=chairs&state=all").said("li.improvement h2") == ["Chairs"]
    assert "Nothing matches" in browser.get("/backlog?q=please&state=all")
    assert browser.get("/rules").all("main form") == []
    assert browser.get("/backlog").all("input[name=improvement]") == []
