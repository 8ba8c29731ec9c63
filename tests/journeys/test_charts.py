"""Every chart as Chromium draws it: no word lies on another, at a desk and on a phone, whatever fonts the reader has."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from surveyapp.trends import registry
from tests.journeys.conftest import Demo, Visitor, sign_in

pytestmark = pytest.mark.journey

OTHER_FONTS = (
    "<style>* { font-family: monospace !important; font-size: 40px !important; letter-spacing: 9px !important }</style>"
)
BOXES = """() => [...document.querySelectorAll('svg g[id^="text_"]')].filter(each => each.querySelector('use, path'))
    .map(each => [each.id, each.getBoundingClientRect()]).map(([id, box]) => [id, box.left, box.top, box.right, box.bottom])"""


def overlaps(page: Page, svg: str) -> list[tuple[str, str]]:
    """Every pair of words on one height in a picture that lie on each other, or all but touch, as the browser draws them."""
    page.set_content(OTHER_FONTS + svg[svg.index("<svg") :])
    boxes = page.evaluate(BOXES)
    assert boxes, "a picture without a word"
    return [
        (one[0], other[0])
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > -2 and min(one[4], other[4]) - max(one[2], other[2]) > 1
    ]


@pytest.mark.parametrize("narrow", ["", "&narrow=1"], ids=["desk", "phone"])
@pytest.mark.parametrize("frame", ["span=24", "span=12&grain=week", "span=120&grain=quarter"])
def test_no_word_lies_on_another(demo: Demo, visitor: Visitor, frame: str, narrow: str) -> None:
    """In any of the charts; fonts do not matter, as letters are outlines."""
    page = visitor(1280)
    sign_in(page, demo, "Ada Lead")
    found = {}
    for name in registry.CHARTS:
        svg = page.request.get(f"{demo.url}/trends/{name}.svg?{frame}{narrow}").text()
        assert "<text" not in svg, "letters that would depend on the reader's fonts"
        if pairs := overlaps(page, svg):
            found[name] = pairs
    assert found == {}


def test_words_on_each_other_are_found(visitor: Visitor) -> None:
    """The check can fail: two words at one place."""
    word = '<g id="text_{}"><path d="M{} 10 h40 v12 h-40 z"/></g>'
    apart, on_it = (word.format(1, 10) + word.format(2, x) for x in (60, 30))
    page = visitor(1280)
    assert overlaps(page, f'<svg xmlns="http://www.w3.org/2000/svg">{apart}</svg>') == []
    assert overlaps(page, f'<svg xmlns="http://www.w3.org/2000/svg">{on_it}</svg>') == [("text_1", "text_2")]
