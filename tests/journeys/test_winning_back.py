"""An unhappy customer is won back, and urgent words reach a named person and stay on top until somebody acts."""

from __future__ import annotations

import email
import re

import pytest
from playwright.sync_api import Page, expect

from surveyapp.accounts import outbox
from surveyapp.db import Database
from surveyapp.recovery import urgent
from tests.journeys.conftest import Demo, Visitor, sign_in
from tests.journeys.test_journeys import until_read
from tests.support.postbox import postbox

pytestmark = pytest.mark.journey
COMPLAINT = "The changing rooms were filthy and the staff were rude to my father. I will never come back."
URGENT = "A member of staff hit my son in the changing room yesterday."


def complain(page: Page, demo: Demo, words: str, *, address: str = "") -> str:
    """Rate the service very poor, say why, leave an address if there is one, and return the code once it was heard."""
    page.goto(demo.survey)
    page.get_by_role("radio", name=re.compile(r"^1\s*,\s*very poor")).first.check()
    page.get_by_label("Tell us about your experience").fill(words)
    if address:
        page.get_by_label("E-mail address").fill(address)
        page.get_by_label("You may use this to reach me").check()
    page.get_by_role("button", name="Send").click()
    code = page.locator("output").inner_text()
    page.goto(f"{demo.url}/r/{code}")
    until_read(page, words[:20])
    return code


def found(page: Page, demo: Demo, words: str) -> None:
    """Open the follow-up of these words; the background analyser may need a moment to open it."""
    for _try in range(40):
        page.goto(f"{demo.url}/follow-ups?view=unassigned")
        card = page.locator("li.follow-up", has_text=words[:40])
        if card.count():
            card.first.get_by_role("link").first.click()
            return
        page.wait_for_timeout(250)
    raise AssertionError("no follow-up was opened")


def test_a_customer_is_won_back(demo: Demo, visitor: Visitor) -> None:
    """The lead owns it, rings, gives something from the list and closes it; the customer says with one tap how that went."""
    phone, desk = visitor(360, javascript=False), sign_in(visitor(), demo, "Ada Lead")
    code = complain(phone, demo, COMPLAINT, address="otto@example.org")
    found(desk, demo, COMPLAINT)
    where = desk.url
    expect(desk.locator("main")).to_contain_text("otto@example.org")
    desk.get_by_label("Whose is it?").select_option(label="Ada Lead")
    desk.get_by_role("button", name="Save").click()
    desk.locator("form[action$='/attempt'] select").first.select_option(index=1)
    desk.locator("form[action$='/attempt'] textarea").fill("He was glad that somebody rang.")
    desk.get_by_role("button", name="Put it in the log").click()
    expect(desk.locator("main")).to_contain_text("He was glad that somebody rang.")
    desk.locator("form[action$='/give'] input[inputmode=decimal]").fill("5.00")
    desk.get_by_role("button", name="I gave this").click()
    desk.get_by_role("button", name="Close", exact=True).click()
    expect(desk.locator("main")).to_contain_text("Open it again")
    phone.goto(f"{demo.url}/r/{code}")
    phone.locator("#content").get_by_role("button", name="Yes").click()
    expect(phone.locator("#content")).to_contain_text("You said: Yes.")
    desk.goto(where)
    expect(desk.locator("main")).to_contain_text(re.compile("content|Yes", re.IGNORECASE))
    assert phone.context.cookies() == []


def test_urgent_words_reach_somebody_and_stay_on_top(demo: Demo, visitor: Visitor) -> None:
    """Without an address too: a letter to the administrators without the words, the banner on every page of a lead until they act."""
    phone, desk = visitor(360, javascript=False), sign_in(visitor(), demo, "Ada Lead")
    complain(phone, demo, URGENT)
    found(desk, demo, URGENT)
    where = desk.url
    database = Database(demo.database_url)
    with postbox() as box:
        urgent.run(database, {"PUBLIC_URL": demo.url})
        outbox.run(database, box.settings)
    database.dispose()
    letters = [email.message_from_bytes(each.content) for each in box.got]
    told = [each for each in letters if where.removeprefix(demo.url) in each.get_payload(decode=True).decode()]
    assert [each["To"] for each in told] == ["robin@tamberry.example"]
    assert "hit my son" not in told[0].get_payload(decode=True).decode()
    number = where.rsplit("/", 1)[-1]
    for path in ("/comments", "/backlog", "/follow-ups"):
        desk.goto(demo.url + path)
        expect(desk.locator(f".urgent a[href$='/follow-ups/{number}']")).to_be_visible()
    desk.goto(where)
    desk.locator("form[action$='/acknowledge'] textarea").fill("I have rung the manager and the police.")
    desk.get_by_role("button", name="I have read it and act").click()
    desk.goto(f"{demo.url}/comments")
    expect(desk.locator(f".urgent a[href$='/follow-ups/{number}']")).to_have_count(0)
