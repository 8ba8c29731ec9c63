"""A lead empties the inbox: by keyboard alone, by thumb alone, and beside a colleague."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo, Visitor, sign_in

pytestmark = pytest.mark.journey


def in_a_full_inbox(page: Page, demo: Demo) -> Page:
    """Sign in as the lead, and let everything wait that was ever said: the small demo's last weeks are few."""
    sign_in(page, demo, "Ada Lead")
    page.get_by_text("Sorting what was said since").click()
    page.get_by_label("Sort from").fill("2020-01-01")
    page.get_by_role("button", name="Sort from this day").click()
    expect(page.get_by_text("Sorting what was said since 1 January 2020")).to_be_visible()
    page.goto(f"{demo.url}/backlog/inbox")
    return page


def sorted_today(page: Page) -> int:
    """How far the day's sorting has come, as the page says it."""
    return int(re.findall(r"\d+", page.locator("#day").inner_text())[0])


def press(page: Page, key: str, expected: str) -> None:
    """Press a key once the page listens (after an act it settles first); wait for what the page says then."""
    expect(page.locator("html.has-keys:not([data-keys-wait])")).to_have_count(1)
    page.keyboard.press(key)
    expect(page.locator("main .notice").first).to_contain_text(re.compile(expected))


def to_a_comment(page: Page) -> None:
    """Go on with j until the cursor stands on a comment, past the heads of groups."""
    for _try in range(30):
        if page.evaluate("(document.activeElement.dataset.item || '').startsWith('m')"):
            return
        page.keyboard.press("j")
    pytest.fail("no comment to stand on")


def test_twenty_comments_by_keyboard_alone(demo: Demo, visitor: Visitor) -> None:
    """Accept, set aside, move by a number, make new, undo: the mouse is never touched, and the cursor is never lost."""
    page = in_a_full_inbox(visitor(), demo)
    page.add_init_script("addEventListener('pointerdown', () => { sessionStorage.mouse = 'used'; }, true)")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    begun = sorted_today(page)
    for turn in range(20):
        to_a_comment(page)
        at = page.evaluate("document.activeElement.dataset.item")
        if turn % 4 == 3:
            press(page, "s", "Not a suggestion")
        elif turn % 4 == 2 and page.evaluate("!!document.activeElement.querySelector('[aria-keyshortcuts=\"1\"]')"):
            press(page, "1", "Moved to")
        else:
            press(page, "Enter", "Accepted under")
        expect(page.locator(f"[data-item={at}]")).to_have_count(0)
        expect(page.locator("#day")).to_contain_text(re.compile(rf"^{begun + turn + 1} of"))
        expect(page.locator("[data-item]:focus")).to_have_count(1)
    press(page, "u", "Taken back: set 1 aside")
    assert sorted_today(page) == begun + 19
    to_a_comment(page)
    page.keyboard.press("n")
    page.keyboard.type("A title of my own, with j and k and u")
    press(page, "Enter", "is an improvement of its own now")
    assert sorted_today(page) == begun + 20
    assert page.evaluate("sessionStorage.mouse") is None


def test_a_group_skimmed_and_accepted_by_key(demo: Demo, visitor: Visitor) -> None:
    """Enter on a group's head opens it; one comment that does not belong is taken out; "a" accepts the rest; "u" brings it back."""
    page = in_a_full_inbox(visitor(), demo)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("comments wait")
    waiting = page.locator("li.mention").count()
    assert waiting > 3
    page.keyboard.press("j")
    to_a_comment(page)
    press(page, "s", "Not a suggestion")
    expect(page.locator("li.mention")).to_have_count(waiting - 1)
    press(page, "a", f"Accepted all {waiting - 1}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    press(page, "u", f"Taken back: accepted {waiting - 1}")
    press(page, "u", "Taken back: set 1 aside")


def test_move_by_searching_with_keys(demo: Demo, visitor: Visitor) -> None:
    """m, a word, Enter, Enter; and the sorting goes on where it was."""
    page = sign_in(visitor(), demo, "Ada Lead")
    page.keyboard.press("j")
    to_a_comment(page)
    page.keyboard.press("m")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where does it belong?")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("parking")
    page.keyboard.press("Enter")
    expect(page.locator("h2", has_text="Found")).to_be_visible()
    expect(page.locator("li.improvement:focus")).to_have_count(1)
    press(page, "Enter", "Moved to")
    expect(page.locator("[data-item]:focus")).to_have_count(1)


def test_keys_stay_out_of_the_way(demo: Demo, visitor: Visitor) -> None:
    """Typing types, modifiers are the browser's, "?" lists the keys, and they can be turned off."""
    page = sign_in(visitor(), demo, "Ada Lead")
    page.goto(f"{demo.url}/backlog")
    page.locator("#q").fill("")
    page.locator("#q").type("jumping jacks?")
    assert page.locator("#q").input_value() == "jumping jacks?"
    expect(page.locator("#keys")).not_to_be_visible()
    page.goto(f"{demo.url}/backlog")
    page.keyboard.press("Control+j")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_label("Use these keys in this browser").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('li.improvement')") is False
    page.evaluate("localStorage.clear()")
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('li.improvement')")


@pytest.mark.parametrize(("key", "opens"), [("o", "owner"), ("p", "promise"), ("d", "done"), ("x", "decline")])
def test_keys_on_the_list_and_on_the_improvements_page(demo: Demo, visitor: Visitor, key: str, opens: str) -> None:
    """From the list a key opens the improvement with its form; on its page it opens the form itself."""
    page = sign_in(visitor(), demo, "Ada Lead")
    page.goto(f"{demo.url}/backlog")
    page.keyboard.press("j")
    page.keyboard.press(key)
    page.wait_for_url(f"**/backlog/*open={opens}")
    form = page.locator(f"details[open] form[action$='/{opens}']")
    expect(form).to_be_visible()
    page.goto(page.url.split("?")[0])
    expect(form).not_to_be_visible()
    page.keyboard.press(key)
    expect(form).to_be_visible()
    expect(form.locator(":focus")).to_have_count(1)


def test_by_thumb_without_javascript(demo: Demo, visitor: Visitor) -> None:
    """On a phone every act is a button of 44 px, and nothing needs a script."""
    page = sign_in(visitor(360, javascript=False), demo, "Ada Lead")
    begun = sorted_today(page)
    page.get_by_role("button", name=re.compile("^(Accept|Keep as new)")).last.click()
    expect(page.locator("#day")).to_contain_text(re.compile(rf"^{begun + 1} of"))
    page.locator(".undoable").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back: accepted 1.")).to_be_visible()
    assert sorted_today(page) == begun


def test_two_leads_see_each_other(demo: Demo, visitor: Visitor) -> None:
    """Whoever stands on a group is named on the other's page."""
    ada, robin = sign_in(visitor(), demo, "Ada Lead"), sign_in(visitor(), demo, "Robin Administrator")
    robin.goto(f"{demo.url}/backlog/inbox")
    with robin.expect_response("**/here"):
        robin.keyboard.press("j")
    ada.reload()
    expect(ada.locator(".who").first).to_have_text("Robin Administrator is on this one")
