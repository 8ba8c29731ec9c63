"""In a browser: from a chart to a question, from the question to its answer, from a figure to what is behind it and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Demo, Visitor, sign_in

pytestmark = pytest.mark.journey


def test_an_executive_asks_and_the_lead_answers_under_the_chart(demo: Demo, visitor: Visitor) -> None:
    erin = sign_in(visitor(360), demo, "Erin Executive")
    erin.goto(f"{demo.url}/trends?span=12")
    chart = erin.locator("#where")
    chart.get_by_text("Ask about this").click()
    chart.get_by_label("Your question").fill("What do we do about the changing rooms?")
    chart.get_by_role("button", name="Send it with this view").click()
    expect(erin.locator("#where .asked")).to_contain_text("What do we do about the changing rooms?")
    ada = sign_in(visitor(), demo, "Ada Lead")
    ada.goto(f"{demo.url}/trends")
    asked = ada.locator("#where .asked").filter(has_text="changing rooms?")
    asked.get_by_label("Your answer").fill("New cubicles in March.")
    asked.get_by_role("button", name="Answer").click()
    expect(ada.locator("#where .asked").first).to_contain_text("New cubicles in March.")
    erin.reload()
    expect(erin.locator("#where .asked").first).to_contain_text("New cubicles in March.")


def test_from_a_figure_to_what_is_behind_it_and_back(demo: Demo, visitor: Visitor) -> None:
    ada = sign_in(visitor(), demo, "Ada Lead")
    ada.goto(f"{demo.url}/trends?more=1")
    themes = ada.locator("#themes")
    themes.get_by_text("The figures").click()
    themes.locator("tbody th a").first.click()
    expect(ada.locator("h1")).to_have_text("Comments")
    ada.get_by_role("link", name="Back to the chart").click()
    expect(ada.locator("#themes")).to_be_visible()
