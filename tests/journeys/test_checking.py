"""Check 20 by two keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Demo, Visitor, sign_in

pytestmark = pytest.mark.journey


def test_a_lead_checks_by_two_keys(demo: Demo, visitor: Visitor) -> None:
    """R and W answer, U takes the last one back."""
    page = sign_in(visitor(), demo, "Ada Lead")
    page.goto(f"{demo.url}/quality/check")
    expect(page.locator(".facts")).to_contain_text("0 of 20 checked")
    for done, key in enumerate("rwr", 1):
        page.wait_for_load_state()  # the script that hears keys comes with the page
        page.keyboard.press(key)
        expect(page.locator(".facts")).to_contain_text(f"{done} of 20 checked")
    page.wait_for_load_state()
    page.keyboard.press("u")
    expect(page.locator(".facts")).to_contain_text("2 of 20 checked")
