"""Every page, on a phone and at a desk, in the light and in the dark: no axe violation, no sideways scrolling, targets to hit."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import Demo, Visitor, sign_in

pytestmark = pytest.mark.journey

PAGES = {
    "": ["/login", "/reset", "/r", "SURVEY", "/nowhere", "/you-said", "/you-said/embed", "/expect"],
    "Ada Lead": [
        "/backlog/inbox",
        "/backlog/undo",
        "SKIM",
        "MOVE",
        "/backlog",
        "/backlog?q=zzz",
        "/backlog/board",
        "/backlog/promises",
        "/told",
        "/recognition",
        "/recognition?view=waiting",
        "/digest",
        "/briefing",
        "/backlog/unowned",
        "/backlog/leave",
        "/rules",
        "/backlog/new",
        "IMPROVEMENT",
        "CHOOSE",
        "/comments",
        "COMMENT",
        "/telling",
        "/trends",
        "/standards",
        "/standards/1",
        "/standards/actions",
        "/standards/new",
        "/standards/1/change",
        "DEVIATION",
        "/quality",
        "/quality/check",
        "/sessions",
    ],
    "Bela Builder": ["/surveys", "/surveys/new", "/surveys/1", "/surveys/1/results", "/surveys/1/preview"],
    "Erin Executive": ["/trends?span=12", "/backlog", "/quality"],
    "Robin Administrator": [
        "/admin",
        "/admin/services",
        "/admin/people",
        "/admin/teams",
        "/admin/themes",
        "/admin/settings",
        "/admin/jobs",
        "/admin/audit",
        "/admin/webhooks",
        "/admin/webhooks/1",
        "/admin/webhooks/2",
        "/admin/programs",
    ],
    "Ben Colleague": ["/backlog", "/standards", "/standards/1"],
}
TARGETS = "button, [role=button], input:not([type=hidden]), select, textarea, summary, label:has(input)"


def path_of(page: Page, demo: Demo, name: str) -> str:
    """The address behind a name in capitals, found by following the first link of its list."""
    if name == "SURVEY":
        return demo.survey
    lists = {
        "IMPROVEMENT": ("/backlog", "li.improvement h2 a"),
        "CHOOSE": ("/backlog", "li.improvement h2 a"),
        "DEVIATION": ("/standards/actions", "a[href*=deviations]"),
        "COMMENT": ("/comments", "li.quote a"),
        "SKIM": ("/backlog/inbox", ".group h2 a"),
        "MOVE": ("/backlog/inbox", "li.mention a[aria-keyshortcuts=m]"),
    }
    if name not in lists:
        return demo.url + name
    start, link = lists[name]
    page.goto(demo.url + start)
    found = demo.url + str(page.locator(link).first.get_attribute("href"))
    if name == "SKIM":
        return found.replace("/backlog/", "/backlog/inbox/")
    return f"{found}/choose" if name == "CHOOSE" else found


def faults(page: Page) -> list[str]:
    """What is wrong with the page at hand."""
    found = [
        f"axe: {each['id']}: {each['nodes'][0]['html'][:160]}"
        for each in Axe().run(page).response["violations"]
    ]  # fmt: skip
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if width > room:
        found.append(f"scrolls sideways: {width} px in {room}")
    return found + small_targets(page)


def small_targets(page: Page) -> list[str]:
    """Controls under 44 px in height, or in width, that somebody should hit with a thumb; a control in a label counts as the label."""
    return [
        f"target {box}"
        for box in page.eval_on_selector_all(
            TARGETS,
            """found => found.filter(each => each.offsetParent && !each.closest('.trap'))
                .filter(each => !(each.matches('input') && each.closest('label')))
                .map(each => [each.getBoundingClientRect(), each.outerHTML.slice(0, 120)])
                .filter(([box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
                .map(([box, html]) => `${box.width.toFixed(0)}x${box.height.toFixed(0)} ${html}`)""",
        )
    ]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
@pytest.mark.parametrize("name", list(PAGES), ids=lambda name: name or "public")
def test_every_page(demo: Demo, visitor: Visitor, name: str, width: int, dark: bool) -> None:
    """Nothing is wrong with any page that this person may open."""
    page = visitor(width, dark=dark)
    if name:
        sign_in(page, demo, name)
    wrong = {}
    for path in PAGES[name]:
        page.goto(path_of(page, demo, path))
        if found := faults(page):
            wrong[path] = found
    assert wrong == {}


def test_the_survey_at_320_px_and_400_percent(demo: Demo, visitor: Visitor) -> None:
    """A customer who needs large type reads everything without scrolling sideways."""
    page = visitor(320)
    page.goto(demo.survey)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_planted_faults_are_found(demo: Demo, visitor: Visitor) -> None:
    """The sweep can fail: an image without words, a tiny button and a page too wide are each named."""
    page = visitor(360)
    page.goto(f"{demo.url}/login")
    assert faults(page) == []
    page.evaluate("""() => {
        document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="data:,"><button id="tiny">x</button><div id="wide"></div>');
        const tiny = document.getElementById('tiny');
        tiny.style.cssText = 'min-height:0;height:13px;width:13px;padding:0';
        document.getElementById('wide').style.cssText = 'width:900px;height:1px';
    }""")
    found = " ".join(faults(page))
    assert "image-alt" in found
    assert "scrolls sideways" in found
    assert "target 13x13" in found
