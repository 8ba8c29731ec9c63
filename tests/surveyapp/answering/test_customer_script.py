"""The optional script, in a real browser: answers wait on the device while the server is away, and go again by themselves."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from werkzeug.serving import make_server

from surveyapp import create_app
from surveyapp.models import Response
from tests.conftest import SECRETS
from tests.support import make

pytestmark = pytest.mark.journey


@pytest.fixture
def address(migrated_sqlite: Path, tmp_path: Path) -> Iterator[tuple[str, object]]:
    """A survey served on a free port: its address, and the app."""
    file = shutil.copy(migrated_sqlite, tmp_path / "heed.sqlite")
    app = create_app(
        SECRETS | {"INSTANCE": str(tmp_path), "DATABASE_URL": f"sqlite:///{file}", "RATELIMIT_ENABLED": False, "ANALYSER": "none"}
    )  # fmt: skip
    with app.extensions["heed_database"].write() as unit:
        slug = make.survey(unit).links[0].slug
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/s/{slug}", app
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["heed_database"].dispose()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone of 360 px."""
    window = chromium.new_context(viewport={"width": 360, "height": 740})
    yield window.new_page()
    window.close()


def away(route) -> None:
    """Let nothing that is sent arrive."""
    route.abort() if route.request.method == "POST" else route.continue_()


def responses(app) -> int:
    with app.extensions["heed_database"].read() as unit:
        return len(unit.scalars(select(Response)).all())


KEPT = "Object.keys(localStorage).length"


def test_answers_wait_while_the_network_is_away_and_go_again(page, address) -> None:
    url, app = address
    page.goto(url)
    page.check("[value='4']")
    page.route("**/s/*", away)
    page.click("text=Send")
    page.wait_for_selector("[data-status]:has-text('Not sent yet')")
    assert page.evaluate(KEPT) == 1
    page.unroute("**/s/*")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("output")
    assert page.evaluate(KEPT) == 0
    assert responses(app) == 1


def test_answers_left_behind_go_with_the_next_visit_and_their_code_is_shown(page, address) -> None:
    url, app = address
    page.goto(url)
    page.check("[value='2']")
    page.route("**/s/*", away)
    page.click("text=Send")
    page.wait_for_selector("[data-status]:has-text('Not sent yet')")
    page.unroute("**/s/*")
    page.goto(url)
    page.wait_for_selector("[data-status]:has-text('Their code is')")
    assert (page.evaluate(KEPT), responses(app)) == (0, 1)


def test_what_waited_for_more_than_a_day_is_dropped(page, address) -> None:
    url, app = address
    page.goto(url)
    page.evaluate(
        "localStorage.setItem('heed:old', JSON.stringify({action: location.pathname, pairs: [['ticket', 'x']], at: Date.now() - 9e7}))"
    )
    page.reload()
    page.wait_for_load_state("networkidle")
    assert (page.evaluate(KEPT), responses(app)) == (0, 0)


def test_a_phone_has_targets_of_44_pixels_and_nothing_to_scroll_sideways(page, address) -> None:
    page.goto(address[0])
    boxes = page.evaluate(
        "[...document.querySelectorAll('label:not(.above), button, textarea')].filter(tag => !tag.closest('.trap'))"
        ".map(tag => tag.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert len(boxes) == 8
    assert min(min(box) for box in boxes) >= 44
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
