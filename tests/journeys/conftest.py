"""A real browser, and a small demo served for it: the story of `surveyapp.demo` with fewer customers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

from surveyapp import create_app, migrations
from surveyapp.demo import fill
from surveyapp.demo.house import PASSWORD, email_of
from surveyapp.extensions import database
from tests.conftest import SECRETS
from tests.support.served import Served

CUSTOMERS = 1_500


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI try a journey that failed once more, and name it in the summary: a browser on a crowded machine may starve.

    On a person's machine it just fails, so that a page that loses a click is found and mended there.
    """
    for item in items:
        if os.environ.get("CI") and item.get_closest_marker("journey"):
            item.add_marker(pytest.mark.flaky(reruns=1))


class Demo:
    """The served demo: its address and the survey's."""

    def __init__(self, served: Served, slug: str, database_url: str) -> None:
        self.database_url = database_url
        self.served, self.url, self.survey = served, served.url, f"{served.url}/s/{slug}"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A filled demo on SQLite, served."""
    folder = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{folder / 'heed.sqlite'}"
    app = create_app({**SECRETS, "DATABASE_URL": url, "INSTANCE": str(folder), "ANALYSER": "none"})
    with app.app_context():
        migrations.upgrade(database())
        slug = fill.fill(database(), datetime.now(UTC).date(), total=CUSTOMERS)
        database().dispose()
    served = Served(url, folder, RATELIMIT_ENABLED=False)
    yield Demo(served, slug, url)
    served.stop()


Visitor = Callable[..., Page]


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Open a fresh browser window: `visitor(width, javascript=..., dark=...)` gives its page."""
    windows = []

    def enter(width: int = 1280, *, javascript: bool = True, dark: bool = False) -> Page:
        window = chromium.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            locale="en-GB",
        )
        windows.append(window)
        page = window.new_page()
        page.set_default_timeout(15_000)
        return page

    yield enter
    for window in windows:
        window.close()


def sign_in(page: Page, demo: Demo, name: str) -> Page:
    """Sign in as one of the demo's people."""
    page.goto(f"{demo.url}/login")
    page.fill("input[name=email]", email_of(name))
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/login" not in address)
    return page
