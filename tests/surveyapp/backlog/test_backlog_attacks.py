"""What should not be possible in the backlog, tried: on merged improvements, on others' comments, with forged and broken values."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.backlog import mentions, merging
from surveyapp.extensions import database
from surveyapp.models import Improvement, Mention, Person, Service
from tests.support import make
from tests.support.pages import Browser


def asked(session: Session, place: Service, improvement: Improvement, text: str = "More chairs please.") -> Mention:
    """A mention of an improvement by a customer of a place."""
    survey = make.survey(session)
    comment = make.response(session, survey, at=place, suggestion=text, state="heard").comments[0]
    return mentions.add(session, comment, 0, len(text), improvement, kind="suggestion", by=None)


def signed_in(app: Flask, person: Person) -> Browser:
    """A browser with somebody signed in."""
    browser = Browser(app)
    browser.sign_in(person)
    return browser


@pytest.fixture
def town(app: Flask) -> dict[str, Any]:
    """Two branches with a lead each, a lead of everything, and an improvement of the organisation that both ask for."""
    with database(app).write() as session:
        root = make.root(session)
        north, south = (make.service(session, name, root) for name in ("North", "South"))
        make.organisation(session)
        chairs = make.improvement(session, "More chairs")
        return {
            "north": north, "south": south, "chairs": chairs, "quiet": make.improvement(session, "A quiet room"),
            "asked north": asked(session, north, chairs), "asked south": asked(session, south, chairs, "Chairs!"),
            "lead": make.person(session, "lead"), "lead north": make.person(session, "lead", services=[north]),
        }  # fmt: skip


def state(app: Flask, improvement: Improvement) -> Improvement:
    """An improvement as it is stored now."""
    with database(app).read() as session:
        return session.get_one(Improvement, improvement.id)


@pytest.mark.parametrize(("act", "fields"), [
    ("done", {"done-what": "We did.", "done-since": "2026-01-01"}), ("decline", {"decline-reason": "No."}),
    ("promise", {"promise-due_on": "2999-01-01", "promise-sentence": "We will."}), ("target", {"target-due_on": "2999-01-01"}),
    ("owner", {"owner-owner": "0", "owner-handed_to": "0"}), ("remark", {"remark-text": "Hello."}),
])  # fmt: skip
def test_nothing_is_decided_about_a_merged_improvement(app, town, act: str, fields: dict[str, str]) -> None:
    """Its page is gone, but an old tab still holds its forms."""
    with database(app).write() as session:
        source, target = (session.get_one(Improvement, town[name].id) for name in ("chairs", "quiet"))
        merging.merge(session, source, target, by=None)
    browser = signed_in(app, town["lead"])
    browser.get(f"/backlog/{town['quiet'].id}")
    assert "merged into another" in browser.post(f"/backlog/{town['chairs'].id}/{act}", status=409, **fields)
    assert state(app, town["chairs"]).state == "open"


def test_brought_back_each_to_where_it_belongs(app, town) -> None:
    """Two that were set aside in a family of merged ones come back to their own, so that the family can come apart again."""
    with database(app).write() as session:
        chairs, quiet = (session.get_one(Improvement, town[name].id) for name in ("chairs", "quiet"))
        other = asked(session, session.get_one(Service, town["north"].id), quiet, "Somewhere quiet.")
        merging.merge(session, quiet, chairs, by=None)
        both = [session.get_one(Mention, town["asked north"].id), other]
        mentions.dismiss(session, both, by=town["lead"].id)
    browser = signed_in(app, town["lead"])
    browser.get(f"/backlog/{chairs.id}?aside=1")
    browser.post(f"/backlog/{chairs.id}/mentions", mention=[each.id for each in both], act="restore")
    with database(app).read() as session:
        placed = {each.id: (each.state, each.improvement_id) for each in session.scalars(select(Mention))}
    assert placed[other.id] == ("filed", quiet.id)
    assert placed[town["asked north"].id] == ("filed", chairs.id)


def test_what_a_colleague_moved_meanwhile_stays_there(app, town) -> None:
    """A tick on an old page does not drag a comment out of where somebody has just put it."""
    browser = signed_in(app, town["lead"])
    browser.get(f"/backlog/{town['chairs'].id}")
    with database(app).write() as session:
        mention = session.get_one(Mention, town["asked north"].id)
        mentions.move(session, [mention], session.get_one(Improvement, town["quiet"].id), by=None)
    fields = {"mention": [mention.id], "act": "dismiss"}
    assert "moved" in browser.post(f"/backlog/{town['chairs'].id}/mentions", status=409, **fields)
    with database(app).read() as session:
        assert session.get_one(Mention, mention.id).state == "filed"


def test_a_lead_of_a_branch_handles_only_its_own_comments(app, town) -> None:
    """Another branch's comment under the same improvement is a 404, in every act and on the page where one chooses."""
    browser, it = signed_in(app, town["lead north"]), town["chairs"].id
    assert "Chairs!" not in browser.get(f"/backlog/{it}")
    for act in ("dismiss", "split", "move", "choose", "restore"):
        browser.post(f"/backlog/{it}/mentions", status=404, mention=[town["asked south"].id], act=act, title="Mine")
    browser.get(f"/backlog/{it}/choose?mention={town['asked south'].id}", status=404)


def test_a_lead_of_a_branch_retitles_but_does_not_take_it_from_the_others(app, town) -> None:
    """What belongs to the whole organisation keeps its place when a branch gives it a better title."""
    browser, it = signed_in(app, town["lead north"]), town["chairs"].id
    browser.get(f"/backlog/{it}")
    saved = browser.submit(f"/backlog/{it}/place", **{"place-title": "Chairs for everybody who waits"})
    assert saved.title == "Chairs for everybody who waits"
    browser.post(f"/backlog/{it}/place", status=422, **{"place-title": "Mine", "place-service": str(town["north"].id)})
    assert state(app, town["chairs"]).service_id == town["chairs"].service_id


def test_a_branch_finds_what_it_asked_for_however_often_that_was_merged(app, town) -> None:
    """North asked for the first; the first went into a second, and that into a third."""
    with database(app).write() as session:
        chairs, quiet = (session.get_one(Improvement, town[name].id) for name in ("chairs", "quiet"))
        top = make.improvement(session, "A better waiting room")
        merging.merge(session, chairs, quiet, by=None)
        merging.merge(session, quiet, top, by=None)
    browser = signed_in(app, town["lead north"])
    assert browser.get("/backlog").said("li.improvement h2") == ["A better waiting room"]
    assert browser.get(f"/backlog/{town['chairs'].id}").title == "A better waiting room"


@pytest.mark.parametrize("duties", [("colleague",), ("colleague", "builder")])
def test_a_colleague_sees_what_was_handed_to_them_whatever_else_they_do(app, town, duties: tuple[str, ...]) -> None:
    """A builder who is a colleague too does not see the backlog."""
    with database(app).write() as session:
        person = make.person(session, *duties)
        session.get_one(Improvement, town["quiet"].id).handed_to_id = person.id
    browser = signed_in(app, person)
    assert browser.get("/backlog").said("li.improvement h2") == ["A quiet room"]
    browser.get(f"/backlog/{town['chairs'].id}", status=404)
    browser.post(f"/backlog/{town['quiet'].id}/mentions", status=403, mention=[town["asked north"].id], act="dismiss")
    browser.get(f"/backlog/{town['quiet'].id}/choose", status=403)


def test_an_executive_reads_and_does_nothing(app, town) -> None:
    """Every act is refused, and none is offered."""
    with database(app).write() as session:
        person = make.person(session, "executive")
    browser, it = signed_in(app, person), town["chairs"].id
    assert browser.get(f"/backlog/{it}").all("main form[method=post]") == []
    for act in (
        "done",
        "decline",
        "promise",
        "target",
        "owner",
        "place",
        "remark",
        "reopen",
        "merge",
        "unmerge",
        "mentions",
    ):
        browser.post(f"/backlog/{it}/{act}", status=403)


def test_no_act_without_a_token(app, town) -> None:
    """Another site's form is refused, and changes nothing."""
    browser, it = signed_in(app, town["lead"]), town["chairs"].id
    for act in ("done", "decline", "promise", "target", "owner", "place", "remark", "merge", "unmerge", "mentions"):
        fields = {"decline-reason": "Forged.", "mention": str(town["asked north"].id), "act": "dismiss"}
        assert browser.client.post(f"/backlog/{it}/{act}", data=fields).status_code == 400, act
    assert browser.client.post("/trends/notes", data={"day": "2026-01-01", "text": "Forged."}).status_code == 400
    assert state(app, town["chairs"]).state == "open"


HUGE, NUL = "9" * 25, "\0"
BROKEN_ADDRESSES = (
    "/backlog?theme={x}", "/backlog?owner={x}", "/backlog?service={x}", "/backlog?page={x}", "/backlog?q={x}",
    "/backlog/{it}?page={x}", "/backlog/{it}/choose?q={x}", "/backlog/{it}/choose?mention={x}",
    "/comments?theme={x}", "/comments?service={x}", "/comments?page={x}", "/comments?q={x}", "/comments?since={x}",
    "/comments?kind={x}&sentiment={x}&channel={x}&rating={x}", "/trends?service={x}&span={x}&purpose={x}",
)  # fmt: skip


@pytest.mark.parametrize(
    "value", [HUGE, "-" + HUGE, "-1", "%00", "%F0%9F%92%A9", "%25_%5C", "%C4%B0", "0001-01-01", "9999-12-31"]
)
def test_no_address_breaks_a_page(app, town, value: str) -> None:
    """A page, or a message that says what is wrong; never a fault of ours."""
    browser = signed_in(app, town["lead"])
    for path in BROKEN_ADDRESSES:
        answer = browser.client.get(path.format(x=value, it=town["chairs"].id))
        assert answer.status_code in {200, 404, 422}, (path, answer.status_code)


@pytest.mark.parametrize(("path", "fields"), [
    ("place", {"place-title": f"Chairs{NUL}"}), ("remark", {"remark-text": NUL * 3}), ("decline", {"decline-reason": f"No{NUL}"}),
    ("merge", {"target": HUGE}), ("mentions", {"mention": [HUGE], "act": "dismiss"}), ("owner", {"owner-owner": HUGE}),
    ("mentions", {"mention": ["x", "-1"], "act": "move", "target": "-1"}), ("done", {"done-since": "year one", "done-what": "x"}),
    ("done", {"done-since": "0001-01-01", "done-what": "x"}), ("done", {"done-since": "9999-12-31", "done-what": "x"}),
    ("target", {"target-due_on": "9999-99-99"}), ("promise", {"promise-due_on": "0001-01-01", "promise-sentence": "We will."}),
])  # fmt: skip
def test_no_value_breaks_an_act(app, town, path: str, fields: dict[str, Any]) -> None:
    """A message, and nothing half done."""
    browser, it = signed_in(app, town["lead"]), town["chairs"].id
    page = browser.get(f"/backlog/{it}")
    place = {"place-service": str(town["chairs"].service_id), "place-theme": "0"} if path == "place" else {}
    token = page.tree.select_one("input[name=csrf_token]")["value"]
    answer = browser.client.post(f"/backlog/{it}/{path}", data={"csrf_token": token} | place | fields)
    assert answer.status_code in {404, 422}, answer.get_data(as_text=True)[:400]
    after = state(app, town["chairs"])
    assert (after.title, after.state, after.owner_id) == ("More chairs", "open", None)
