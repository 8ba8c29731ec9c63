"""Searching the comments page, as a lead uses it."""

from __future__ import annotations

import pytest
from flask import Flask

from surveyapp import searching
from surveyapp.extensions import database
from tests.support import make
from tests.support.pages import Browser

HERE, THERE = "The parking machine was broken.", "Doctor Quillfeather was wonderful."


@pytest.fixture
def page(app: Flask) -> Browser:
    """A lead of the north, where somebody wrote HERE; in the south somebody wrote THERE."""
    with database(app).write() as session:
        north, south = (make.service(session, name, make.root(session)) for name in ("North", "South"))
        survey = make.survey(session)
        for place, words in ((north, HERE), (south, THERE)):
            make.response(session, survey, at=place, experience=words, state="heard")
        searching.learn(session, [HERE, THERE])
        lead = make.person(session, "lead", services=[north])
    browser = Browser(app)
    browser.sign_in(lead)
    return browser


def test_words_are_found_and_typos_forgiven(page: Browser) -> None:
    """What is not spelt exactly so is shown as such."""
    assert page.get("/comments?q=parking+machines").said("blockquote") == [HERE]
    assert "spelt like it" not in page.get("/comments?q=broken")
    similar = page.get("/comments?q=parkign")
    assert similar.said("blockquote") == [HERE]
    assert "Nothing has exactly “parkign”" in similar


@pytest.mark.parametrize("typed", ["Quillfeather", "Quilfeather", "wonderfull", "zzzz"])
def test_a_word_of_another_branch_is_as_if_nobody_had_written_it(page: Browser, typed: str) -> None:
    """Neither the words nor a hint that they exist, exactly typed or nearly: the answer is that of a word that nobody wrote."""
    answer = page.get(f"/comments?q={typed}")
    assert "Nothing matches these filters" in answer
    assert answer.text.replace(typed, "") == page.get("/comments?q=zzzzzz").text


def test_a_word_that_is_none_finds_nothing(page: Browser) -> None:
    """Signs without a letter are no search for everything."""
    assert "Nothing matches these filters" in page.get("/comments?q=%21%3F")


def test_filters_hold_while_typos_are_forgiven(page: Browser) -> None:
    """The second attempt asks no less than the first."""
    assert "Nothing matches these filters" in page.get("/comments?q=parkign&until=2020-01-01")
    assert page.get("/comments?q=parkign&since=2020-01-01").said("blockquote") == [HERE]
