"""The loop closes: a customer asks, a lead promises, finishes and tells, the letter arrives, and the customer answers."""

from __future__ import annotations

import email
import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from surveyapp.accounts import outbox
from surveyapp.db import Database
from tests.journeys.conftest import Demo, Visitor, sign_in
from tests.journeys.test_journeys import until_read
from tests.support.postbox import postbox

pytestmark = pytest.mark.journey
ADDRESS = "grace@example.org"
WORDS = "Please put a sundial beside the herb garden."


def fine(page: Page) -> None:
    """No violation that axe knows of, text of 7:1, and nothing to scroll sideways for."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa", "best-practice"]}).response
    found["violations"] += Axe().run(page, options={"runOnly": ["color-contrast-enhanced"]}).response["violations"]
    faults = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]
    assert faults == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def ask(page: Page, demo: Demo) -> str:
    """Write a suggestion with an address, agree to both, and return the code."""
    page.goto(demo.survey)
    page.get_by_role("radio", name=re.compile(r"^4\s*,\s*good")).first.check()
    page.get_by_label("What could we do better?").fill(WORDS)
    page.get_by_label("You may quote my words, without my name.").check()
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("You may use this to reach me").check()
    page.get_by_role("button", name="Send").click()
    code = page.locator("output").inner_text()
    page.goto(f"{demo.url}/r/{code}")
    until_read(page, "We took this as your suggestion")
    return code


def find(page: Page, demo: Demo) -> str:
    """Find the comment as a lead does, and go on to its improvement; return that page's address."""
    page.goto(f"{demo.url}/comments?q=sundial")
    page.get_by_role("link", name=re.compile("Is that right")).first.click()
    page.locator("aside a[href^='/backlog/']").first.click()
    return page.url


def finish(page: Page) -> None:
    """Promise it, and mark it done."""
    page.get_by_text("Promise it to customers").click()
    page.get_by_label("Promised for").fill((date.today() + timedelta(days=20)).isoformat())  # noqa: DTZ011
    page.get_by_label("The sentence that customers read").fill("There will be a sundial.")
    page.get_by_role("button", name="See what customers will read").click()
    page.get_by_role("button", name="Promise it").click()
    page.get_by_text("Mark as done").click()
    page.get_by_label("What was done").fill("The sundial stands.")
    page.get_by_role("button", name="Done", exact=True).click()


def tell(page: Page) -> None:
    """Look at the letter and send it; write the public entry and approve it."""
    page.get_by_role("button", name=re.compile("Look at the letter")).click()
    expect(page.locator("main")).to_contain_text("1 person gets this letter.")
    expect(page.locator(".letter")).to_contain_text("The sundial stands.")
    page.get_by_role("button", name="Send 1 letter").click()
    page.locator("#you-said summary").click()
    page.get_by_label("You said", exact=True).fill("A sundial for the herb garden.")
    page.get_by_label("We did", exact=True).fill("It stands since this week.")
    page.get_by_label("In a customer’s own words").select_option(index=1)
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_role("button", name="Approve: show it to everybody").click()


def delivered(demo: Demo) -> tuple[str, str]:
    """Send what waits to a real mail server; return the paths of the letter's page and of its one-click header."""
    database = Database(demo.database_url)
    with postbox() as box:
        outbox.run(database, box.settings)
    database.dispose()
    (content,) = [each.content for each in box.got if each.rcpt_tos == [ADDRESS]]
    letter = email.message_from_bytes(content)
    text = letter.get_payload(decode=True).decode()
    page = re.search(r"http\S+/l/\S+", text)
    assert page is not None
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return urlsplit(page[0]).path, urlsplit(letter["List-Unsubscribe"].strip("<>")).path


def test_from_the_first_word_to_the_answer_and_out(demo: Demo, visitor: Visitor) -> None:
    """On a phone without JavaScript; the lead at a desk."""
    phone, desk = visitor(360, javascript=False), sign_in(visitor(), demo, "Ada Lead")
    code = ask(phone, demo)
    expect(phone.get_by_text("Received. Nobody has taken it on yet.")).to_be_visible()
    improvement = find(desk, demo)
    phone.reload()
    expect(phone.get_by_text("Received. Nobody has taken it on yet.")).to_have_count(0)
    finish(desk)
    tell(desk)
    opens, leaves = delivered(demo)
    phone.goto(demo.url + opens)
    assert phone.url == f"{demo.url}/r/{code}"
    expect(phone.locator("main")).to_contain_text("The sundial stands.")
    phone.locator("form[action$='/helped']").get_by_role("button", name="Yes").click()
    expect(phone.get_by_text("You told us that it helped.")).to_be_visible()
    phone.get_by_label("Something to add, or a question?").fill("Thank you! Which way is noon?")
    phone.get_by_role("button", name="Send").click()
    desk.goto(improvement)
    expect(desk.locator("aside")).to_contain_text("1 yes, 0 partly, 0 no")
    desk.goto(f"{demo.url}/telling")
    waits = desk.locator("li.quote", has_text="Which way is noon?")
    waits.get_by_role("link").click()
    desk.get_by_label("Your answer").fill("Towards the gate.")
    desk.get_by_role("button", name="Answer").click()
    phone.goto(f"{demo.url}/r/{code}")
    expect(phone.locator("#talk")).to_contain_text("Towards the gate.")
    phone.goto(demo.url + leaves)
    phone.get_by_role("button", name="No more letters").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("No more letters")
    phone.goto(f"{demo.url}/you-said")
    expect(phone.locator("main")).to_contain_text("A sundial for the herb garden.")
    expect(phone.locator("main")).to_contain_text("put a sundial beside the herb garden")
    assert phone.context.cookies() == []


@pytest.mark.parametrize("dark", [False, True])
def test_customers_pages_are_for_everybody(demo: Demo, visitor: Visitor, dark: bool) -> None:
    """At 360 px, by axe, in the light and in the dark, with text of 7:1."""
    page = visitor(360, dark=dark)
    code = ask(page, demo) if not dark else ""
    for path in [f"/r/{code}", "/you-said", "/you-said/embed"] if code else ["/r", "/you-said", "/you-said/embed"]:
        page.goto(demo.url + path)
        fine(page)
    page.goto(demo.survey)
    fine(page)
