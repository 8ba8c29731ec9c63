"""In a browser: a standard is declared and agreed to, a month misses it, somebody acts, and customers read how it stood."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from surveyapp.backlog.days import today
from surveyapp.db import Database
from surveyapp.standards import judging
from tests.journeys.conftest import Demo, Visitor, sign_in

pytestmark = pytest.mark.journey


def judge(demo: Demo) -> None:
    """Let the clock come round."""
    database = Database(demo.database_url)
    with database.write() as session:
        judging.judge(session, today(session))
    database.dispose()


def test_from_a_sentence_to_what_customers_read(demo: Demo, visitor: Visitor) -> None:
    ada = sign_in(visitor(), demo, "Ada Lead")
    ada.goto(f"{demo.url}/standards")
    ada.get_by_role("button", name="Declare a standard").click()
    ada.locator("#service").select_option(label="\u2003\u2003Aldersby Pool and Gym")
    ada.get_by_label("The standard, in a sentence").fill("At Aldersby everybody leaves happy.")
    ada.get_by_label("It looks like this").fill("You hold the door for the next one.")
    ada.get_by_label("Not like that").fill("You look at your shoes.")
    ada.get_by_label("Level", exact=True).fill("99")
    ada.locator("#from_month").select_option(index=0)
    ada.get_by_label("Tell customers on the public page").check()
    ada.get_by_role("button", name="Declare it").click()
    expect(ada.locator("h1")).to_have_text("At Aldersby everybody leaves happy.")
    expect(ada.locator("#main")).to_contain_text("No month has been judged yet")
    page = ada.url

    ben = sign_in(visitor(360), demo, "Ben Colleague")
    ben.goto(page)
    ben.get_by_role("button", name="I have read it and agree").press("Enter")
    expect(ben.locator("#main")).to_contain_text("You have agreed.")

    judge(demo)
    ada.goto(f"{demo.url}/backlog/inbox")
    ada.get_by_role("link", name="asks for a corrective action").or_(
        ada.get_by_role("link", name="ask for a corrective action")
    ).click()
    ada.get_by_role("button", name="At Aldersby everybody leaves happy").first.click()
    ada.get_by_label("What will be done").fill("Ask ten customers a day what was amiss.")
    ada.get_by_label("Who does it").select_option(label="Ben Colleague")
    ada.get_by_label("By when").fill("2099-01-31")
    ada.get_by_role("button", name="Enter it").click()
    expect(ada.locator("#main")).to_contain_text("Ben Colleague is told")

    ben.goto(f"{demo.url}/standards/actions")
    ben.get_by_role("button", name="Done Ask ten customers").click()
    expect(ben.locator("section", has=ben.get_by_role("heading", name="Done"))).to_contain_text("Ask ten customers")

    stranger = visitor(360, javascript=False)
    stranger.goto(f"{demo.url}/expect")
    stranger.get_by_role("link", name="Dales").click()
    stranger.get_by_role("link", name="Aldersby").click()
    expect(stranger.locator("main")).to_contain_text("At Aldersby everybody leaves happy.")
    expect(stranger.locator("main")).to_contain_text("we missed it.")
