"""The pages of webhooks, and the button on an improvement."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from surveyapp import create_app
from surveyapp.hooks import sending
from surveyapp.models import Act, HookDelivery, HookEndpoint, WorkLink
from tests.support import make
from tests.support.pages import Browser
from tests.support.receiver import answer, receiver

URL = "https://tracker.example.org/hooks/heed"


@pytest.fixture
def app(settings):
    made = create_app(settings | {"HOOKS_ALLOW": ["127.0.0.1/32"]})
    yield made
    made.extensions["heed_database"].dispose()


@pytest.fixture
def browser(app, unit):
    make.organisation(unit)
    grace = make.person(unit, "administrator", name="Grace Hopper")
    unit.commit()
    made = Browser(app)
    made.sign_in(grace)
    return made


def add(browser, **fields):
    browser.get("/admin/webhooks")
    return browser.submit("/admin/webhooks", **{"name": "Tracker", "url": URL, "events": ["improvement.done"]} | fields)


def one(unit, kind):
    """The one row of a kind as it stands now, let go of, so that no transaction holds the pages up."""
    unit.rollback()
    found = unit.scalars(select(kind)).one()
    unit.expunge(found)
    unit.rollback()
    return found


def test_the_page_teaches_the_first_step(browser):
    page = browser.get("/admin/webhooks")
    assert "No webhook yet" in page and "An improvement was opened" in page
    assert "Webhooks" in page.said("nav.tabs a")


def test_a_webhook_is_added_and_its_secret_shown_once(browser, unit):
    page = add(browser)
    made = one(unit, HookEndpoint)
    assert page.said("code.secret") == [made.secret] and re.fullmatch(r"whsec_[\w+/=]{44}", made.secret)
    assert (made.name, made.url, made.events, made.words) == ("Tracker", URL, ["improvement.done"], False)
    for path in ("/admin/webhooks", f"/admin/webhooks/{made.id}", "/admin/audit"):
        assert made.secret not in browser.get(path).html
    assert unit.scalars(select(Act).where(Act.thing == "hook_endpoint")).one().verb == "added"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Write a name"),
        ({"url": ""}, "Write the address"),
        ({"url": "tracker"}, "Give a whole web address"),
        ({"url": "https://10.0.0.1/"}, "not on the public internet"),
        ({"url": "https://[::1]/"}, "HEED_HOOKS_ALLOW"),
        ({"url": "https://2130706433/"}, "Write it out"),
        ({"url": "https://me:pw@tracker.example.org/"}, "Leave name and password out"),
        ({"events": None}, "Tick at least one"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(browser, unit, fields, said):
    page = browser.get("/admin/webhooks")
    page = browser.submit(
        "/admin/webhooks", status=422, **{"name": "T", "url": URL, "events": ["improvement.done"]} | fields
    )
    assert said in page
    assert list(unit.scalars(select(HookEndpoint))) == []


def test_a_webhook_is_changed_and_refused_alike(browser, unit):
    add(browser)
    path = f"/admin/webhooks/{one(unit, HookEndpoint).id}"
    browser.get(path)
    browser.submit(path, name="Board", events=["mention.new", "promise.broken"], words="y")
    made = one(unit, HookEndpoint)
    assert (made.name, made.events, made.words) == ("Board", ["mention.new", "promise.broken"], True)
    assert "not on the public internet" in browser.submit(path, status=422, url="https://192.168.0.1/")
    assert one(unit, HookEndpoint).url == URL


def test_a_new_secret_is_shown_once_and_the_old_one_lasts_a_day(browser, unit):
    add(browser)
    before = one(unit, HookEndpoint).secret
    page = browser.submit(f"/admin/webhooks/{one(unit, HookEndpoint).id}/secret")
    made = one(unit, HookEndpoint)
    assert page.said("code.secret") == [made.secret] and made.old_secret == before != made.secret
    assert "The old one signs beside it until" in page


def press(browser, unit, verb):
    hook = one(unit, HookEndpoint).id
    browser.get("/admin/webhooks" if verb == "restore" else f"/admin/webhooks/{hook}")
    return browser.submit(f"/admin/webhooks/{hook}/{verb}")


def test_it_is_tried_paused_resumed_removed_and_brought_back(browser, unit, app):
    with receiver() as there:
        add(browser, url=there.url)
        assert "goes out within a minute" in press(browser, unit, "test")
        sending.run(app.extensions["heed_database"], app.config)
        assert there.bodies[0]["type"] == "test"
    hook = one(unit, HookEndpoint).id
    page = browser.get(f"/admin/webhooks/{hook}")
    assert "delivered" in page.said("td .badge") and "204" in page
    assert "Paused" in press(browser, unit, "pause") and one(unit, HookEndpoint).paused_for == "person"
    assert "Running" in press(browser, unit, "resume") and one(unit, HookEndpoint).paused_for == ""
    assert "Removed" in press(browser, unit, "remove") and one(unit, HookEndpoint).removed_at is not None
    assert "It is back" in press(browser, unit, "restore") and one(unit, HookEndpoint).removed_at is None


def test_a_paused_one_is_not_tried(browser, unit):
    add(browser)
    hook = one(unit, HookEndpoint).id
    browser.get(f"/admin/webhooks/{hook}")
    stale = browser.page
    press(browser, unit, "pause")
    assert not browser.page.all(f"form[action='/admin/webhooks/{hook}/test']")
    browser.page = stale
    assert "resume it first" in browser.submit(f"/admin/webhooks/{hook}/test")


def test_the_log_is_filtered_and_sends_again(browser, unit, app):
    with receiver(answer(500)) as there:
        add(browser, url=there.url, events=["improvement.opened"])
        with app.extensions["heed_database"].write() as session:
            for n in range(32):
                make.improvement(session, f"Chairs {n}")
        sending.run(app.extensions["heed_database"], app.config)
    row = unit.scalars(select(HookDelivery).order_by(HookDelivery.id)).first()
    unit.expunge(row)
    path = f"/admin/webhooks/{row.endpoint_id}"
    unit.rollback()
    page = browser.get(path)
    assert "Page 1 of 2" in page and "failing since" in page
    assert "it has trouble of its own" in browser.follow("Next")
    assert "Nothing here" in browser.get(f"{path}?state=given+up")
    browser.get(f"{path}?state=rubbish&page=x")
    assert "on its way already" in browser.post(f"{path}/deliveries/{row.id}/again", status=409)
    with app.extensions["heed_database"].write() as session:
        session.get(HookDelivery, row.id).state = "given up"
    browser.get(f"{path}?state=given+up")
    assert "with the same id" in browser.submit(f"{path}/deliveries/{row.id}/again")
    unit.rollback()
    assert unit.get(HookDelivery, row.id).state == "waiting"


def test_another_endpoints_delivery_is_not_found(browser, unit):
    add(browser)
    first = one(unit, HookEndpoint).id
    other = HookEndpoint(name="Other", url=URL, secret="whsec_AAAA")
    delivery = HookDelivery(endpoint=other, event="test", thing="hook_endpoint", thing_id=1, state="delivered")
    unit.add_all([other, delivery])
    unit.commit()
    browser.get(f"/admin/webhooks/{first}")
    browser.post(f"/admin/webhooks/{first}/deliveries/{delivery.id}/again", status=404)
    browser.get("/admin/webhooks/987654", status=404)


def test_a_lead_opens_an_issue_with_one_button(app, unit):
    make.organisation(unit)
    ada, chairs = make.person(unit, "lead", name="Ada"), make.improvement(unit, "More chairs")
    unit.commit()
    unit.expunge_all()
    browser = Browser(app)
    browser.sign_in(ada)
    assert not browser.get(f"/backlog/{chairs.id}").all("form[action$='/issue']")  # nobody to ask
    with receiver(answer(201, b'{"url": "https://tracker.example.org/12"}')) as there:
        with app.extensions["heed_database"].write() as session:
            session.add(HookEndpoint(name="Jira", url=there.url, events=["improvement.linked"], secret="whsec_AAAA"))
        browser.get(f"/backlog/{chairs.id}")
        page = browser.submit(f"/backlog/{chairs.id}/issue")
        assert "An issue has been asked for" in page
        assert "asked for already" in browser.submit(f"/backlog/{chairs.id}/issue", status=409)
        sending.run(app.extensions["heed_database"], app.config)
    assert "tracker.example.org/12" in browser.get(f"/backlog/{chairs.id}")
    assert one(unit, WorkLink).by is None
    assert [body["data"]["title"] for body in there.bodies] == ["More chairs"]
    unit.rollback()
    browser.post(f"/backlog/{chairs.id}/issue", hook="987654", status=404)


def test_what_went_wrong_stands_on_the_improvement(app, unit):
    make.organisation(unit)
    ada, chairs = make.person(unit, "lead", name="Ada"), make.improvement(unit, "More chairs")
    unit.commit()
    unit.expunge_all()
    browser = Browser(app)
    browser.sign_in(ada)
    with receiver(answer(200, b"thanks")) as there:
        with app.extensions["heed_database"].write() as session:
            session.add(HookEndpoint(name="Jira", url=there.url, events=["improvement.linked"], secret="whsec_AAAA"))
        browser.get(f"/backlog/{chairs.id}")
        browser.submit(f"/backlog/{chairs.id}/issue")
        sending.run(app.extensions["heed_database"], app.config)
    page = browser.get(f"/backlog/{chairs.id}")
    assert "No issue was opened" in page and page.all(f"form[action='/backlog/{chairs.id}/issue']")


@pytest.mark.parametrize(("why", "named"), [("failing", True), ("gone", True), ("person", False), ("", False)])
def test_the_overview_names_a_webhook_that_the_server_paused(browser, unit, why, named):
    unit.add(HookEndpoint(name="Chat", url=URL, secret="whsec_AAAA", paused_for=why))
    unit.commit()
    page = browser.get("/admin")
    assert ("“Chat” is paused" in page) == named
    if named:
        assert browser.follow("See its log").title == "Chat"
