"""What each of Heed's people comes for, from the first page to the last, in a real browser."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo, Visitor, sign_in

pytestmark = pytest.mark.journey


def until_read(page: Page, words: str) -> None:
    """Reload a page until the analyser has read what was sent a moment ago."""
    for _try in range(40):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    pytest.fail(f"never saw {words!r} on {page.url}")


def test_a_customer_on_a_phone_without_javascript(demo: Demo, visitor: Visitor) -> None:
    """Rate, write, send; come back with the code, say whether it was understood, and erase it."""
    page = visitor(360, javascript=False)
    page.goto(demo.survey)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("How was our service?").first).to_be_visible()
    page.get_by_role("radio", name=re.compile(r"^2\s*,\s*poor")).first.check()
    page.get_by_label("What could we do better?").fill("Staff were kind.\nPlease put a bench beside the bicycle stand.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    code = page.locator("output").inner_text()
    page.goto(f"{demo.url}/r")
    page.get_by_role("textbox").fill(code.lower().replace("-", " "))
    page.get_by_role("button").first.click()
    until_read(page, "We took this as your suggestion")
    expect(page.locator("q")).to_contain_text("put a bench beside the bicycle stand")
    page.get_by_role("button", name="No").click()
    expect(page.get_by_text("You told us that this is not right")).to_be_visible()
    page.get_by_role("link", name="Erase my answer").click()
    page.get_by_role("button", name="Erase it").click()
    answer = page.goto(f"{demo.url}/r/{code}")
    assert answer is not None
    assert answer.status == 404
    assert page.context.cookies() == []


def test_sending_again_and_going_back(demo: Demo, visitor: Visitor) -> None:
    """Reloading the thank-you page sends the same once more and gives the same code; Back and other answers are another answer."""
    page = visitor(360, javascript=False)
    page.goto(demo.survey)
    page.get_by_role("radio", name=re.compile(r"^5\s*,\s*very good")).first.check()
    page.get_by_role("button", name="Send").click()
    first = page.locator("output").inner_text()
    page.reload()
    assert page.locator("output").inner_text() == first
    expect(page.get_by_text("it counts once")).to_be_visible()
    page.go_back()
    page.get_by_role("radio", name=re.compile(r"^1\s*,\s*very poor")).first.check()
    page.get_by_role("button", name="Send").click()
    assert page.locator("output").inner_text() != first


def test_a_builder_builds_publishes_and_hands_out(demo: Demo, visitor: Visitor) -> None:
    """From the template to an address that a customer can open, and the first result."""
    page = sign_in(visitor(), demo, "Bela Builder")
    page.get_by_role("button", name="New survey").click()
    page.get_by_label("Title").fill("How is the new village?")
    page.get_by_role("radio", name=re.compile("Service and value")).check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Surveys").first.click()
    page.get_by_role("link", name="How is the new village?").first.click()
    page.locator("#publish").get_by_role("button", name="Publish").click()
    page.locator("#links").get_by_role("button", name="Make an address").click()
    address = page.locator("#links a[href^='/s/']").first
    expect(page.locator("#links img").first).to_have_js_property("complete", True)
    customer = visitor(360)
    customer.goto(demo.url + str(address.get_attribute("href")))
    customer.get_by_role("radio", name=re.compile(r"^4\s*,\s*good")).first.check()
    customer.get_by_role("button", name="Send").click()
    expect(customer.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.get_by_role("button", name="Results").first.click()
    expect(page.locator("main")).to_contain_text("1")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_lead_owns_promises_finishes_merges_and_takes_out(demo: Demo, visitor: Visitor, javascript: bool) -> None:
    """The whole of a lead's morning, with and without JavaScript."""
    page = sign_in(visitor(javascript=javascript), demo, "Ada Lead")
    page.goto(f"{demo.url}/backlog")
    page.get_by_role("button", name="Write one yourself").click()
    page.get_by_label("What should be better?").fill(f"A bench by the door ({javascript})")
    page.get_by_role("button", name="Put it in the backlog").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(f"A bench by the door ({javascript})")
    expect(page.locator(".facts").first).to_contain_text("owned by Ada Lead")
    mine = page.url
    page.get_by_text("Promise it to customers").click()
    page.get_by_label("Promised for").fill((date.today() + timedelta(days=20)).isoformat())  # noqa: DTZ011
    page.get_by_label("The sentence that customers read").fill("There will be a bench.")
    page.get_by_role("button", name="See what customers will read").click()
    page.get_by_role("button", name="Promise it").click()
    expect(page.locator(".ledger")).to_contain_text("There will be a bench.")
    page.get_by_role("button", name=re.compile("Merge with another")).click()
    page.get_by_label("Search all improvements").fill("parking")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name=re.compile("Merge into this")).first.click()
    expect(page.locator("aside")).to_contain_text(f"A bench by the door ({javascript})")
    page.get_by_role("button", name=f"Take out A bench by the door ({javascript})").click()
    expect(title).to_have_text(f"A bench by the door ({javascript})")
    assert page.url == mine
    page.get_by_text("Mark as done").click()
    page.get_by_label("What was done").fill("The bench stands.")
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.locator(".facts").first).to_contain_text("kept early")


def test_a_lead_filters_and_corrects(demo: Demo, visitor: Visitor) -> None:
    """Search, open a comment, say that a sentence is something else, take it back."""
    page = sign_in(visitor(), demo, "Ada Lead")
    page.goto(f"{demo.url}/comments?kind=suggestion")
    page.get_by_role("link", name=re.compile("Why")).first.click()
    page.get_by_role("button", name=re.compile("^praise")).first.click()
    expect(page.locator("main")).to_contain_text("said by a person")
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(page.get_by_text("Taken back.")).to_be_visible()


def test_an_executive_reads_the_page_without_asking(demo: Demo, visitor: Visitor) -> None:
    """Three sentences, three pictures that are really there, the reasons behind them, and the figures to take away."""
    page = sign_in(visitor(), demo, "Erin Executive")
    expect(page.locator(".headline p")).to_have_count(3)
    for picture in page.locator("img.chart").all():
        picture.scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 300", arg=picture.element_handle())
        assert len(str(picture.get_attribute("alt"))) > 40
    page.get_by_text("How do we know?").first.click()
    expect(page.get_by_text("Good are the top two of five").first).to_be_visible()
    page.get_by_text("The figures").nth(1).click()
    with page.expect_download() as saved:
        page.get_by_role("link", name=re.compile("As CSV.*Were")).click()
    assert saved.value.suggested_filename.startswith("answered-")
