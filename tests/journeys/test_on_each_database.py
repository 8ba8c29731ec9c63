"""From a customer's words to the lead's backlog in a real browser, on each database."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask_security import hash_password
from playwright.sync_api import expect

from surveyapp import create_app
from surveyapp.extensions import database as database_of
from tests.conftest import SECRETS
from tests.journeys.conftest import Visitor
from tests.support import make
from tests.support.served import Served

pytestmark = pytest.mark.journey


def test_words_become_a_quoted_improvement(database_url: str, visitor: Visitor, tmp_path: Path) -> None:
    """A customer writes; seconds later a lead reads the quote, owns it and says it is done; the customer sees that."""
    app = create_app({**SECRETS, "DATABASE_URL": database_url, "INSTANCE": str(tmp_path)})
    with app.app_context(), database_of().write() as session:
        slug = make.survey(session).links[0].slug
        make.person(
            session, "lead", name="Ada", email="ada@example.org", password=hash_password("three unrelated words")
        )
    with app.app_context():
        database_of().dispose()
    served = Served(database_url, tmp_path / "served")
    try:
        customer = visitor(360, javascript=False)
        customer.goto(f"{served.url}/s/{slug}")
        customer.get_by_role("radio").nth(1).check()
        customer.get_by_label("What could we do better?").fill(
            "Lovely place. Please put up a bicycle stand by the door."
        )
        customer.get_by_role("button", name="Send").click()
        code = customer.locator("output").inner_text()
        lead = visitor()
        lead.goto(f"{served.url}/login")
        lead.fill("input[name=email]", "ada@example.org")
        lead.fill("input[name=password]", "three unrelated words")
        lead.press("input[name=password]", "Enter")
        lead.goto(f"{served.url}/backlog")
        for _try in range(40):
            if lead.locator("li.improvement").count():
                break
            lead.wait_for_timeout(500)
            lead.reload()
        lead.get_by_role("link", name=re.compile("bicycle stand")).click()
        expect(lead.locator("mark")).to_contain_text("put up a bicycle stand by the door")
        lead.get_by_text("Mark as done").click()
        lead.get_by_label("What was done").fill("There are ten stands now.")
        lead.get_by_role("button", name="Done", exact=True).click()
        expect(lead.locator(".facts").first).to_contain_text("Done")
        customer.goto(f"{served.url}/r/{code}")
        expect(customer.locator("main")).to_contain_text("There are ten stands now.")
    finally:
        served.stop()
