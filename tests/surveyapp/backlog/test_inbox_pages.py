"""The inbox as a lead sees and uses it, without JavaScript."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp import rollups
from surveyapp.backlog import mentions
from surveyapp.db import UNDATED, now
from surveyapp.extensions import database
from surveyapp.models import Improvement, InboxVisit, Mention, Organisation, Person, Service
from tests.support import make
from tests.support.pages import Browser

TODAY = date.today()  # noqa: DTZ011
CHAIRS, EARLY = "More chairs in the waiting room", "Open earlier on Saturdays"


@pytest.fixture
def lead(app: Flask) -> Person:
    """A lead of everything; two comments ask for chairs, one (from an unhappy customer) for earlier hours, one for nothing."""
    with database(app).write() as session:
        root = make.root(session)
        harbour = make.service(session, "Harbour", root)
        survey = make.survey(session, root)
        chairs, early = make.improvement(session, CHAIRS, created_by=None), make.improvement(session, EARLY)
        for words, rating, home in (
            ("Lovely staff. More chairs please, Mrs Appleby said so.", 4, chairs), ("Chairs!", 2, chairs), ("Open at eight.", 1, early),
        ):  # fmt: skip
            comment = make.response(
                session, survey, at=harbour, day=TODAY, rating=rating, suggestion=words, state="heard"
            ).comments[0]
            comment.rating = (rating - 1) * 25
            start = max(words.find("More chairs"), 0)
            made = mentions.add(session, comment, start, len(words), home, kind="suggestion", by=None)
            made.proposals = [
                {"improvement": home.id, "similarity": 0.91, "because": ["chair", "robinson"]},
                {"improvement": (early if home is chairs else chairs).id, "similarity": 0.55, "because": ["pleas"]},
            ]
        rollups.rebuild(session)
        return make.person(session, "lead", name="Ada Lead")


@pytest.fixture
def page(app: Flask, lead: Person) -> Browser:
    """A browser with the lead signed in, who lands in the inbox."""
    browser = Browser(app)
    assert browser.sign_in(lead).path == "/backlog/inbox"
    return browser


def ids(app: Flask, title: str = "") -> list[int]:
    """The mentions under an improvement, oldest first."""
    with database(app).read() as session:
        found = select(Mention.id).join(Mention.improvement).where(Improvement.title.like(f"{title}%"))
        return list(session.scalars(found.order_by(Mention.id)))


def id_of(app: Flask, title: str) -> int:
    """The improvement with this title."""
    with database(app).read() as session:
        return session.scalars(select(Improvement.id).where(Improvement.title == title)).one()


def agrees(app: Flask) -> bool:
    """Say whether the rollups are what the rows say."""
    with database(app).read() as session:
        return rollups.differences(session) == {}


def test_groups_by_weight_with_quote_rating_place_and_reason(page: Browser) -> None:
    """Two comments come before one; the quote is marked in its comment, and the reason names only this customer's words."""
    found = page.get("/backlog/inbox")
    assert found.said(".group h2") == [CHAIRS, EARLY]
    assert "Lovely staff. More chairs please, Mrs Appleby said so." in found.said("blockquote")
    assert "More chairs please, Mrs Appleby said so." in found.said("mark")
    assert "rated 2 of 5, poor" in found
    assert "Harbour" in found
    assert "Filed here: 91 % alike, because of chairs." in found
    assert "robinson" not in found.html.lower()
    assert "0 of 3 sorted today" in found


def test_accept_counts_the_day_and_can_be_undone(page: Browser, app: Flask, lead: Person) -> None:
    """Accepted is a person's choice; the progress grows; undo brings it back to wait."""
    (first, *_rest) = ids(app, CHAIRS)
    page.get("/backlog/inbox")
    after = page.submit(f"/backlog/inbox/mentions/{first}", press="act", act="accept")
    assert f"Accepted under “{CHAIRS}”" in after
    assert "1 of 3 sorted today" in after
    with database(app).read() as session:
        assert session.get_one(Mention, first).by == lead.id
    undone = page.submit("form[action^='/backlog/undo/']")
    assert undone.path == "/backlog/inbox"
    assert "Taken back: accepted 1." in undone
    assert "0 of 3 sorted today" in undone
    assert agrees(app)


def test_move_by_the_alternative_and_by_search(page: Browser, app: Flask) -> None:
    """One press moves to what else the machine thought of; a search finds any other improvement."""
    first, second = ids(app, CHAIRS)
    page.get("/backlog/inbox")
    page.submit(f"/backlog/inbox/mentions/{first}", press="act", act=f"move:{id_of(app, EARLY)}")
    assert ids(app, EARLY) == [first, *ids(app, EARLY)[1:]]
    chooser = page.get(f"/backlog/inbox/mentions/{second}/move")
    assert chooser.title == "Where does it belong?"
    found = page.submit("form[role=search]", q="earlier")
    assert EARLY in found.said("h3")
    assert f"Moved to “{EARLY}”" in page.submit(
        f"/backlog/inbox/mentions/{second}", press="act", act=f"move:{id_of(app, EARLY)}"
    )
    assert ids(app, CHAIRS) == []
    assert agrees(app)


def test_a_new_improvement_from_a_comment(page: Browser, app: Flask) -> None:
    """It gets a title of its own; without one the page says what to do."""
    first = ids(app, CHAIRS)[0]
    page.get("/backlog/inbox")
    form = f"details form[action='/backlog/inbox/mentions/{first}']"
    assert "Give the new improvement a short title" in page.submit(form, title=" ")
    assert "“Ask Mrs Appleby” is an improvement of its own now." in page.submit(form, title="Ask Mrs Appleby")
    assert ids(app, "Ask Mrs") == [first]
    assert agrees(app)


def test_not_a_suggestion_leaves_the_counts(page: Browser, app: Flask) -> None:
    """It waits no longer; undo brings it back."""
    page.get("/backlog/inbox")
    (only,) = ids(app, EARLY)
    after = page.submit(f"/backlog/inbox/mentions/{only}", press="act", act="dismiss")
    assert after.said(".group h2") == [CHAIRS]
    assert agrees(app)
    assert EARLY in page.submit("form[action^='/backlog/undo/']").said(".group h2")


def test_a_group_is_skimmed_and_accepted_whole(page: Browser, app: Flask, lead: Person) -> None:
    """What came after the page was drawn is not accepted unseen: it waits."""
    chairs = id_of(app, CHAIRS)
    skimmed = page.get(f"/backlog/inbox/{chairs}")
    assert "2 comments wait" in skimmed
    with database(app).write() as session:
        survey = make.survey(session)
        comment = make.response(session, survey, day=TODAY, suggestion="Seats.", state="heard").comments[0]
        mentions.add(session, comment, 0, 6, session.get_one(Improvement, chairs), kind="suggestion", by=None)
    after = page.submit(f"/backlog/inbox/{chairs}", press="act", act="accept")
    assert "Accepted all 2" in after
    assert "1 comment waits" in after
    page.submit(f"/backlog/inbox/mentions/{ids(app, CHAIRS)[-1]}", press="act", act="accept")
    assert page.get(f"/backlog/inbox/{chairs}").path == "/backlog/inbox"


def test_own_it_from_the_inbox(page: Browser, app: Flask, lead: Person) -> None:
    """One press makes the lead the owner, and another takes that back."""
    page.get("/backlog/inbox")
    assert f"You own “{CHAIRS}”" in page.submit(
        "details form[action='/backlog/inbox/" + str(id_of(app, CHAIRS)) + "']", press="act", act="own"
    )
    assert "owned by Ada Lead" in page.get("/backlog/inbox")
    page.submit("form[action^='/backlog/undo/']")
    assert "owned by Ada Lead" not in page.get("/backlog/inbox")


def other(app: Flask, name: str = "Ben", **fields: object) -> Browser:
    """A browser with another lead signed in."""
    with database(app).write() as session:
        person = make.person(session, "lead", name=name, **fields)
    browser = Browser(app)
    browser.sign_in(person)
    return browser


@pytest.mark.parametrize("act", ["accept", "dismiss"])
def test_two_leads_at_once_lose_nothing_and_are_told(page: Browser, app: Flask, act: str) -> None:
    """Ben was quicker: what he did stands, and the page says where the comment is."""
    first = ids(app, CHAIRS)[0]
    page.get("/backlog/inbox")
    ben = other(app)
    ben.get("/backlog/inbox")
    ben.submit(f"/backlog/inbox/mentions/{first}", press="act", act=f"move:{id_of(app, EARLY)}")
    told = page.submit(f"/backlog/inbox/mentions/{first}", press="act", act=act)
    assert f"Ben has sorted this comment in the meantime: it is under “{EARLY}” now." in told
    assert first in ids(app, EARLY)
    with database(app).read() as session:
        assert session.get_one(Mention, first).state == "filed"


def test_a_group_that_somebody_sorted_meanwhile(page: Browser, app: Flask) -> None:
    """The second acceptance of the whole is told that nothing was left."""
    chairs = id_of(app, CHAIRS)
    page.get(f"/backlog/inbox/{chairs}")
    ben = other(app)
    ben.get(f"/backlog/inbox/{chairs}")
    ben.submit(f"/backlog/inbox/{chairs}", press="act", act="accept")
    assert "Somebody has sorted this group" in page.submit(f"/backlog/inbox/{chairs}", press="act", act="accept")


def test_ben_is_on_this_one(page: Browser, app: Flask) -> None:
    """Whoever has a group open is named to the others, not to themselves, and nobody is locked out."""
    chairs = id_of(app, CHAIRS)
    ben = other(app)
    ben.get(f"/backlog/inbox/{chairs}")
    assert "Ben is on this one" in page.get("/backlog/inbox")
    assert "Ben is on this one" not in ben.get("/backlog/inbox")
    assert "Ben is on this one" in page.post(f"/backlog/inbox/{chairs}/here").html
    assert "Ada Lead is on this one" in ben.get(f"/backlog/inbox/{chairs}")
    with database(app).write() as session:
        for visit in session.scalars(select(InboxVisit)):
            visit.open_at = now() - timedelta(minutes=5)
    assert "Ben is on this one" not in page.get("/backlog/inbox")


def test_what_is_new_since_i_last_looked(page: Browser, app: Flask, lead: Person) -> None:
    """Only what came after the last visit is new; a first visit has nothing to compare with."""
    assert "New since you last looked" not in page.get("/backlog/inbox")
    with database(app).write() as session:
        session.get_one(InboxVisit, lead.id).seen_at = now() - timedelta(hours=3)
        for mention in session.scalars(select(Mention).where(Mention.id != max(ids(app)))):
            mention.filed_at = now() - timedelta(hours=5)
    found = page.get("/backlog/inbox?new=1")
    assert found.said(".group h2") == [EARLY]
    assert "New since you last looked (1)" in found


def test_sort_from_a_day_and_what_is_older_is_history(page: Browser, app: Flask) -> None:
    """Old comments leave the inbox, not the backlog; what has no day counts from when it came."""
    with database(app).write() as session:
        old, undated = session.scalars(select(Mention).order_by(Mention.id).limit(2)).all()
        old.day, old.comment.day = TODAY - timedelta(days=400), TODAY - timedelta(days=400)
        undated.day, undated.comment.day = UNDATED, UNDATED
        session.scalars(select(Organisation)).one().sort_from = TODAY - timedelta(days=500)
        rollups.rebuild(session)
    page.get("/backlog/inbox")
    after = page.submit("/backlog/inbox/from", day=(TODAY - timedelta(days=30)).isoformat())
    assert "Saved. What is older stays in the backlog" in after
    assert "1 older ones are history" in after
    assert len(after.all("li.mention")) == 2
    assert CHAIRS in page.get("/backlog")
    page.get("/backlog/inbox")
    assert "Choose today or an earlier day" in page.submit(
        "/backlog/inbox/from", day=(TODAY + timedelta(days=2)).isoformat()
    )


def test_the_first_import_is_offered_a_beginning(page: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """When much waits and the oldest of it is old, the page proposes a day."""
    monkeypatch.setattr("surveyapp.backlog.inbox_views.MANY", 2)
    with database(app).write() as session:
        session.scalars(select(Mention).limit(1)).one().day = TODAY - timedelta(days=400)
    found = page.get("/backlog/inbox")
    assert "becomes history" in found
    assert found.one("input[name=day]")["value"] == TODAY.replace(day=1).isoformat()


def test_a_lead_of_one_branch(app: Flask, lead: Person) -> None:
    """They sort their own branch's comments, change no day for everybody, and never see an improvement of another's branch."""
    with database(app).write() as session:
        harbour = session.scalars(select(Service).where(Service.name == "Harbour")).one()
        south = make.service(session, "South", make.root(session))
        session.scalars(select(Organisation)).one().sort_from = TODAY
        session.scalars(select(Improvement).where(Improvement.title == EARLY)).one().service = south
    browser = other(app, "Cara", services=[harbour])
    found = browser.get("/backlog/inbox")
    assert "An improvement of another branch" in found
    assert EARLY not in found
    (only,) = ids(app, EARLY)
    browser.post(f"/backlog/inbox/mentions/{only}", status=404, act="accept", was=id_of(app, EARLY))
    browser.post("/backlog/inbox/from", day=TODAY.isoformat())
    assert "is set by whoever leads the whole organisation" in browser.page


def test_nonsense_is_told_and_changes_nothing(page: Browser, app: Flask) -> None:
    """A forged act, an endless number, an address of another site to go back to."""
    first, chairs = ids(app, CHAIRS)[0], id_of(app, CHAIRS)
    page.get("/backlog/inbox")
    for forged in ({"act": "burn"}, {"act": "move:"}, {"act": "move:x"}, {"act": "move:" + "9" * 30}):
        told = page.post(f"/backlog/inbox/mentions/{first}", was=chairs, back="https://evil.example/", **forged)
        assert "Choose what to do with this comment" in told
        assert told.path == "/backlog/inbox"
    page.post(f"/backlog/inbox/mentions/{first}", status=404, was=chairs, act="move:987654")
    with database(app).read() as session:
        assert session.get_one(Mention, first).by is None
    page.get("/backlog/inbox")
    assert "Accepted all 2" in page.post(f"/backlog/inbox/{chairs}", act="accept", up_to="9" * 40)


def test_what_i_did_lists_my_acts_and_only_mine(page: Browser, app: Flask) -> None:
    """Each with its button; what was taken back says so."""
    page.get("/backlog/inbox")
    page.submit(f"/backlog/inbox/mentions/{ids(app, CHAIRS)[0]}", press="act", act="accept")
    listed = page.get("/backlog/undo")
    assert "Accepted 1" in listed
    assert "taken back" in page.submit("form[action^='/backlog/undo/']")
    assert "Nothing yet" in other(app).get("/backlog/undo")


def test_an_act_that_cannot_be_undone_says_why(page: Browser, app: Flask) -> None:
    """Ben moved the comment on: Ada's undo is refused kindly, and nothing changes."""
    first, early = ids(app, CHAIRS)[0], id_of(app, EARLY)
    page.get("/backlog/inbox")
    page.submit(f"/backlog/inbox/mentions/{first}", press="act", act="accept")
    with database(app).write() as session:
        mentions.move(session, [session.get_one(Mention, first)], session.get_one(Improvement, early), by=None)
    assert "something later depends on it" in page.submit("form[action^='/backlog/undo/']")
    assert first in ids(app, EARLY)


ACTS: dict[str, tuple[dict[str, str], str]] = {
    "owner": ({"owner-owner": "1"}, "changed who owns it"),
    "done": ({"done-what": "Done.", "done-since": "2026-01-01"}, "marked as done"),
    "decline": ({"decline-reason": "No."}, "declined"),
    "remark": ({"remark-text": "Ask."}, "wrote a note"),
}


@pytest.mark.parametrize("path", list(ACTS))
def test_acts_on_the_improvements_page_offer_undo(page: Browser, app: Flask, path: str) -> None:
    """After each act the flash has a button; pressing it takes the act back and stays on the page."""
    it, (fields, says) = id_of(app, CHAIRS), ACTS[path]
    page.get(f"/backlog/{it}")
    page.submit(f"/backlog/{it}/{path}", **fields)
    undone = page.submit("form[action^='/backlog/undo/']")
    assert undone.path == f"/backlog/{it}"
    assert f"Taken back: {says}." in undone


def test_an_empty_inbox_says_what_comes_next(app: Flask) -> None:
    """Before the first comment, and when everything is sorted."""
    with database(app).write() as session:
        make.organisation(session)
        person = make.person(session, "lead")
    browser = Browser(app)
    assert "Nothing to sort" in browser.sign_in(person)


def test_inbox_zero(page: Browser, app: Flask) -> None:
    """The last comment sorted, the page says so."""
    for mention in ids(app):
        page.get("/backlog/inbox")
        page.submit(f"/backlog/inbox/mentions/{mention}", press="act", act="accept")
    assert "All sorted" in page.get("/backlog/inbox")
    assert "3 of 3 sorted today" in page.page
