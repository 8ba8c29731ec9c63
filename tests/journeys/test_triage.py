"""A lead triages in a real browser: a search with a typo, a list that is kept, several at once, the board, a rule."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Demo, Visitor, sign_in
from tests.journeys.test_sweep import faults

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("javascript", [True, False])
def test_a_lead_triages(demo: Demo, visitor: Visitor, javascript: bool) -> None:
    """Everything works without JavaScript, and no page on the way has an accessibility fault."""
    page = sign_in(visitor(javascript=javascript), demo, "Ada Lead")
    page.goto(f"{demo.url}/backlog")
    page.get_by_label("Search").first.fill("parkign")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Nothing has exactly “parkign”")).to_be_visible()
    page.get_by_label("State").select_option("declined")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("li.improvement h2").first).to_contain_text("parking")
    if javascript:
        assert faults(page) == []
    name = f"Parking {javascript}"
    page.get_by_text("Keep this list").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Keep this list").click()
    page.goto(f"{demo.url}/backlog")
    page.get_by_role("link", name=name).click()
    expect(page.locator("li.improvement h2").first).to_contain_text("parking")
    page.goto(f"{demo.url}/backlog?sort=title")
    for box in page.locator("input[name=improvement]").all()[:2]:
        box.check()
    page.locator("#ticked-label").fill(name)
    page.get_by_role("button", name="Put this label on").click()
    expect(page.get_by_text(f"2 are labelled “{name}”.")).to_be_visible()
    page.goto(f"{demo.url}/backlog/board")
    expect(page.get_by_role("heading", name=re.compile("^Declined"))).to_be_visible()
    page.locator(".board h3 a").first.click()
    fold = page.locator("details", has=page.locator("#add-rule"))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    page.get_by_label("Which rule of ours hurt?").fill(f"No exceptions ({javascript})")
    page.get_by_role("button", name="Name it").click()
    page.goto(f"{demo.url}/rules")
    rule = page.locator("article.rule").filter(has_text=f"No exceptions ({javascript})")
    rule.get_by_label("Why").fill("Nobody remembers.")
    rule.get_by_role("button", name="Drop it").click()
    expect(rule).to_contain_text("Dropped")
