"""What a service lead sees and does in the backlog."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp import searching
from surveyapp.backlog import mentions
from surveyapp.extensions import database
from surveyapp.models import Improvement, Mention, Person, Promise
from tests.support import make
from tests.support.pages import Browser


@pytest.fixture
def lead(app: Flask) -> Person:
    """A lead of the whole organisation, with three mentions filed under two improvements."""
    with database(app).write() as session:
        root = make.root(session)
        branches = [make.service(session, name, root) for name in ("Harbour", "Market Square")]
        survey = make.survey(session)
        chairs = make.improvement(session, "More chairs in the waiting room")
        early = make.improvement(session, "Open earlier on Saturdays")
        make.improvement(session, "Founded on words that somebody moved away")
        asked = make.response(session, survey, at=branches[1], suggestion="Open at eight.", state="heard").comments[0]
        mentions.add(session, asked, 0, 14, early, kind="suggestion", by=None)
        for place, text in zip(
            (*branches, branches[0]),
            ("More chairs please.", "Nice staff. Chairs are too few.", "Add some chairs!"),
            strict=True,
        ):
            comment = make.response(session, survey, at=place, suggestion=text, state="heard").comments[0]
            start = text.index("Chairs") if "Chairs" in text else 0
            mentions.add(session, comment, start, len(text), chairs, kind="suggestion", by=None)
        return make.person(session, "lead", name="Ada Lead")


@pytest.fixture
def page(app: Flask, lead: Person) -> Browser:
    """A browser with the lead signed in."""
    browser = Browser(app)
    browser.sign_in(lead)
    return browser


def improvement_of(app: Flask, title: str) -> Improvement:
    """The improvement with this title, as it is stored now."""
    with database(app).read() as session:
        return session.scalars(select(Improvement).where(Improvement.title == title)).one()


def test_an_empty_backlog_teaches_the_next_step(app: Flask) -> None:
    """Nobody is left before a blank page."""
    with database(app).write() as session:
        person = make.person(session, "lead")
        make.organisation(session)
    browser = Browser(app)
    browser.sign_in(person)
    assert "No suggestions yet" in browser.get("/backlog")


def test_the_list_says_how_many_and_where(page: Browser) -> None:
    """Most asked for first, with its number and branches; what nobody asked for stays out of the way."""
    found = page.get("/backlog")
    assert found.said("li.improvement h2") == ["More chairs in the waiting room", "Open earlier on Saturdays"]
    assert "3 comments" in found
    assert "at 2 branches" in found


@pytest.mark.parametrize(("address", "expected"), [
    ("/backlog?q=chairs", True), ("/backlog?q=CHAIRS+few", True), ("/backlog?q=parking", False), ("/backlog?q=100%25", False),
    ("/backlog?state=done", False), ("/backlog?owner=0", True), ("/backlog?owner=999", False),
    ("/backlog?sort=nonsense&page=-4&theme=x", True),
])  # fmt: skip
def test_filters_and_search(page: Browser, address: str, expected: bool) -> None:
    """A search finds words of the title and of the quotes; nonsense in an address is as if it were not there."""
    assert ("More chairs" in page.get(address)) is expected


def test_quotes_are_marked_in_the_whole_comment(page: Browser, app: Flask) -> None:
    """The mention is highlighted, the rest of what the customer wrote stands around it."""
    found = page.get(f"/backlog/{improvement_of(app, 'More chairs in the waiting room').id}")
    assert "Nice staff. Chairs are too few." in found.said("blockquote")
    assert "Chairs are too few." in found.said("mark")
    assert "2 of 2" in found


def test_own_promise_change_and_keep(page: Browser, app: Flask, lead: Person) -> None:
    """The ledger keeps the first date and its reason; the promise is judged by the first date that customers read."""
    it = improvement_of(app, "More chairs in the waiting room")
    today = date.today()  # noqa: DTZ011
    page.get(f"/backlog/{it.id}")
    assert "Ada Lead owns this" in page.submit(f"/backlog/{it.id}/owner", **{"owner-owner": str(lead.id)})
    first, second = today + timedelta(days=30), today + timedelta(days=60)
    sentence = "Twelve more chairs."
    shown = page.submit(
        f"/backlog/{it.id}/promise", **{"promise-due_on": first.isoformat(), "promise-sentence": sentence}
    )
    assert "Promise it to customers?" in shown
    assert sentence in shown.said("main .card p")[0]  # as customers will read it, and nothing is promised yet
    page.submit(f"/backlog/{it.id}/promise")
    refused = page.submit(
        f"/backlog/{it.id}/promise", status=422, **{"promise-due_on": second.isoformat(), "promise-sentence": sentence}
    )
    assert "Say why the date changes" in refused
    changed = {
        "promise-due_on": second.isoformat(),
        "promise-sentence": sentence,
        "promise-reason": "The supplier is late.",
    }
    page.submit(f"/backlog/{it.id}/promise", **changed)
    after = page.submit(f"/backlog/{it.id}/promise")
    assert "The supplier is late." in after
    with database(app).read() as session:
        assert [row.due_on for row in session.scalars(select(Promise).order_by(Promise.id))] == [first, second]
    done = page.submit(f"/backlog/{it.id}/done", **{"done-what": "We bought chairs.", "done-since": today.isoformat()})
    assert "Promise: kept early" in done


def test_two_leads_at_once_lose_nothing(page: Browser, app: Flask, lead: Person) -> None:
    """Whoever saves on top of somebody else's change is told, and nothing of theirs is kept."""
    it = improvement_of(app, "More chairs in the waiting room")
    page.get(f"/backlog/{it.id}")
    with database(app).write() as session:
        session.get_one(Improvement, it.id).title = "Chairs for everybody"
    assert "Somebody else changed" in page.submit(
        f"/backlog/{it.id}/done", status=409, **{"done-what": "Done.", "done-since": "2026-01-01"}
    )
    assert improvement_of(app, "Chairs for everybody").state == "open"


def test_decline_needs_a_reason_and_can_be_taken_back(page: Browser, app: Flask) -> None:
    """Customers read the reason; a mistake is put right by opening it again."""
    it = improvement_of(app, "More chairs in the waiting room")
    page.get(f"/backlog/{it.id}")
    assert "Give the reason" in page.submit(f"/backlog/{it.id}/decline", status=422)
    assert "Declined" in page.submit(f"/backlog/{it.id}/decline", **{"decline-reason": "No room for more."})
    assert "Opened again" in page.submit(f"/backlog/{it.id}/reopen", **{"reopen-reason": "We found room."})


def test_merge_and_take_out(page: Browser, app: Flask) -> None:
    """A merged improvement leads to the one that speaks for it, and comes out with its comments."""
    chairs, early = (
        improvement_of(app, "More chairs in the waiting room"),
        improvement_of(app, "Open earlier on Saturdays"),
    )
    page.get(f"/backlog/{chairs.id}/choose?q=earlier")
    merged = page.submit(f"/backlog/{chairs.id}/merge")
    assert merged.title == "Open earlier on Saturdays"
    assert "4 comments ask for this" in merged
    assert page.get(f"/backlog/{chairs.id}").path == f"/backlog/{early.id}"
    out = page.submit(f"/backlog/{chairs.id}/unmerge")
    assert out.title == "More chairs in the waiting room"
    assert "3 comments ask for this" in out


def test_split_set_aside_and_bring_back(page: Browser, app: Flask) -> None:
    """Ticked comments found a new improvement; one that is no suggestion leaves the count and can come back."""
    it = improvement_of(app, "More chairs in the waiting room")
    with database(app).read() as session:
        ids = list(session.scalars(select(Mention.id).where(Mention.improvement_id == it.id).order_by(Mention.id)))
    page.get(f"/backlog/{it.id}")
    split = page.post(f"/backlog/{it.id}/mentions", mention=[ids[0]], act="split", title="Benches")
    assert split.title == "Benches"
    page.get(f"/backlog/{it.id}")
    assert "1 comment asks for this" in page.post(
        f"/backlog/{it.id}/mentions", mention=[ids[1]], act="dismiss", title=""
    )
    page.follow("Set aside as not a suggestion")
    assert "2 comments ask for this" in page.post(f"/backlog/{it.id}/mentions", mention=[ids[1]], act="restore")


def test_a_colleague_sees_only_what_was_handed_to_them(app: Flask, lead: Person) -> None:
    """They see the quotes, set a target and say it is done; they cannot promise, and nothing else is there for them."""
    with database(app).write() as session:
        colleague = make.person(session, "colleague", name="Ben")
        it = session.scalars(select(Improvement).where(Improvement.title.like("More chairs%"))).one()
        it.handed_to_id = colleague.id
        other = session.scalars(select(Improvement.id).where(Improvement.id != it.id)).first()
    browser = Browser(app)
    browser.sign_in(colleague)
    assert "Add some chairs!" in browser.get(f"/backlog/{it.id}")
    due = date.today() + timedelta(days=9)  # noqa: DTZ011
    assert "The target is in the ledger" in browser.submit(
        f"/backlog/{it.id}/target", **{"target-due_on": due.isoformat()}
    )
    browser.post(f"/backlog/{it.id}/promise", status=403, **{"promise-due_on": due.isoformat()})
    browser.get(f"/backlog/{other}", status=404)


def test_a_lead_of_another_branch_finds_nothing(app: Flask, lead: Person) -> None:
    """An improvement of the whole organisation shows only as far as one's own branches asked for it."""
    with database(app).write() as session:
        elsewhere = make.service(session, "Far Island", make.root(session))
        stranger = make.person(session, "lead", services=[elsewhere])
        it = session.scalars(select(Improvement.id).where(Improvement.title.like("More chairs%"))).one()
        mention = session.scalars(select(Mention.id)).first()
    browser = Browser(app)
    browser.sign_in(stranger)
    assert "No suggestions yet" in browser.get("/backlog")
    browser.get(f"/backlog/{it}", status=404)
    browser.post(f"/backlog/{it}/mentions", status=404, mention=[mention], act="dismiss")


def test_written_by_hand(page: Browser) -> None:
    """A lead adds what no survey has heard yet; it belongs to them."""
    page.get("/backlog/new")
    made = page.submit(title="A ramp at the back door")
    assert made.title == "A ramp at the back door"
    assert "owned by Ada Lead" in made


def test_a_search_forgives_typos_and_says_so(page: Browser, app: Flask) -> None:
    """Titles and quotes, with the best match first."""
    with database(app).write() as session:
        searching.learn(session, ["More chairs in the waiting room", "Open at eight"])
    found = page.get("/backlog?q=chiars")
    assert found.said("li.improvement h2") == ["More chairs in the waiting room"]
    assert "Nothing has exactly “chiars”" in found
    assert "Nothing matches these filters" in page.get("/backlog?q=umbrellas")
