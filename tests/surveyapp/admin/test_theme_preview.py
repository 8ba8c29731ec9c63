"""What a theme would catch, shown while its words are edited, and what no theme catches, offered and never imposed."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.admin import catching
from surveyapp.models import Act, Finding, Theme
from tests.support import make
from tests.support.pages import Browser


def heard(session: Session, text: str, **fields: object) -> None:
    """A comment that has been read."""
    survey = make.survey(session)
    survey.confidential = bool(fields.pop("confidential", False))
    comment = make.response(session, survey, suggestion=text, state="heard", **fields).comments[0]
    body = {"sentences": [], "personal": [{"start": 0, "end": 5, "type": "name"}] if text.startswith("Maria") else []}
    session.add(Finding(comment_id=comment.id, analyser="test", body=body))
    session.flush()


@pytest.fixture
def samovars(unit: Session) -> Theme:
    made = make.theme(unit, "Samovars", "samovar")
    make.theme(unit, "Kumquats", "kumquat")
    for text in ("The samovar was cold.", "A ripe kumquat.", "We missed the zither.", "Maria said: no samovar today."):
        heard(unit, text)
    return made


@pytest.fixture
def browser(app: Flask, unit: Session, samovars: Theme) -> Browser:
    make.organisation(unit)
    person = make.person(unit, "administrator")
    unit.commit()
    made = Browser(app)
    made.sign_in(person)
    return made


def test_counts_and_quotes_say_what_the_words_catch(unit: Session, samovars: Theme) -> None:
    found = catching.preview(unit, samovars, name="Samovars", words=["samovar", "zither"], examples=[])
    assert (found.of, found.caught, found.more, found.fewer) == (4, 3, 1, 0)
    assert {quote.words for quote in found.quotes} == {("samovar",), ("zither",)}
    assert "[name] said: no samovar today." in [quote.text for quote in found.quotes]


def test_what_would_be_lost_is_shown(unit: Session, samovars: Theme) -> None:
    found = catching.preview(unit, samovars, name="Samovars", words=["zither"], examples=[])
    assert (found.caught, found.more, found.fewer) == (1, 1, 2)
    assert "The samovar was cold." in found.lost


def test_a_theme_out_of_use_caught_nothing_before(unit: Session, samovars: Theme) -> None:
    samovars.active = False
    found = catching.preview(unit, samovars, name="Samovars", words=["samovar"], examples=[])
    assert (found.caught, found.more, found.fewer) == (2, 2, 0)


def test_confidential_surveys_are_left_out(unit: Session, samovars: Theme) -> None:
    heard(unit, "The samovar at the staff door.", confidential=True)
    assert len(catching.last_comments(unit)) == 4


def test_only_the_last_comments_are_looked_at(unit: Session, samovars: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching, "LAST", 2)
    assert catching.preview(unit, samovars, name="Samovars", words=["samovar"], examples=[]).of == 2


def test_the_form_shows_it_without_a_script_and_keeps_nothing(browser: Browser, unit: Session, samovars: Theme) -> None:
    page = browser.get(f"/admin/themes/{samovars.id}")
    assert "2 of the last 4 comments" in page
    asked = page.one("button[formaction]")["formaction"]
    page = browser.post(str(asked), name="Samovars", words="samovar\nzither", active="y")
    assert "3 of the last 4 comments" in page
    assert "1 more and 0 fewer" in page
    assert page.one("textarea[name=words]").get_text().split() == ["samovar", "zither"]
    unit.expire_all()
    assert unit.get_one(Theme, samovars.id).words == ["samovar"]
    assert unit.scalars(select(Act).where(Act.verb == "changed")).all() == []


def test_a_name_that_says_nothing_or_is_taken_is_told(browser: Browser, samovars: Theme) -> None:
    for name in ("!!!", "Kumquats"):
        page = browser.post(f"/admin/themes/{samovars.id}/preview", name=name, words="samovar")
        assert "Give it a name of its own" in page
    browser.get("/admin/themes")
    assert "at least one word" in browser.submit("/admin/themes", status=422, name="?!")


def test_no_comment_yet_says_what_will_be_here(app: Flask, unit: Session) -> None:
    theme, person = make.theme(unit, "Samovars", "samovar"), make.person(unit, "administrator")
    unit.commit()
    browser = Browser(app)
    browser.sign_in(person)
    assert "No comment has been read yet" in browser.get(f"/admin/themes/{theme.id}")
    assert "Mentioned often" not in browser.get("/admin/themes")


def test_what_no_theme_catches_is_offered_and_taken_up_by_one_press(browser: Browser, unit: Session) -> None:
    for place in ("hall", "yard", "garden", "lobby", "attic"):
        heard(unit, f"The lighting in the {place}.")
    unit.commit()
    page = browser.get("/admin/themes")
    assert "Mentioned often, and in no theme" in page
    assert "lighting" in [each.lower() for each in page.said("article h3")]
    assert sorted(unit.scalars(select(Theme.name)), reverse=True) == ["Samovars", "Kumquats"]
    unit.commit()
    browser.post("/admin/themes", name="lighting")
    assert "5 of the last 9 comments" in browser.page


def test_the_list_says_how_many_each_theme_catches(browser: Browser) -> None:
    page = browser.get("/admin/themes")
    assert page.said("tbody td:first-child span") == ["catches 2", "catches 1"]
    assert "No theme catches 1 of them" in page
