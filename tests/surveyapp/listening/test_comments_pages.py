"""What a service lead sees and does among the comments: all of them, filtered; one of them, corrected and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from surveyapp.extensions import database
from surveyapp.models import Comment, Correction, Finding, Improvement, Mention, Response, Team, Theme
from surveyapp.pipeline.hear import Hearing
from tests.support import make
from tests.support.pages import Browser

WISH = "Please put more chairs in the waiting room."
PRAISE = "The staff at the desk were wonderful."
NOTHING = "Nothing to add"
GERMAN = "Die Wartezeit war viel zu lang und niemand hat uns geholfen."
MIXED = "The nurses were lovely. The waiting room was filthy and freezing."


def place(app: Flask) -> dict[str, int]:
    """Two branches with five comments between them, heard by the real analyser; their ids by text."""
    with database(app).write() as session:
        north, south = (make.service(session, name, make.root(session)) for name in ("North", "South"))
        make.theme(session, "Waiting room", "chairs", "waiting room")
        survey = make.survey(session)
        old = date(2025, 6, 1)
        make.response(session, survey, at=north, suggestion=WISH, rating=2, channel="qr")
        make.response(session, survey, at=north, experience=PRAISE, rating=5)
        make.response(session, survey, at=north, suggestion=NOTHING, rating=None, day=old)
        make.response(session, survey, at=south, experience=GERMAN, rating=1)
        make.response(session, survey, at=south, experience=MIXED, rating=3)
    Hearing(database(app), holder="test").hear_all()
    with database(app).read() as session:
        return {comment.text: comment.id for comment in session.scalars(select(Comment))}


@pytest.fixture
def comments(app: Flask) -> dict[str, int]:
    """The ids of the comments by their text."""
    return place(app)


@pytest.fixture
def page(app: Flask, comments: dict[str, int]) -> Browser:
    """A lead of everything, signed in."""
    return signed_in(app)


def signed_in(app: Flask, duty: str = "lead", **fields: Any) -> Browser:
    with database(app).write() as session:
        person = make.person(session, duty, **fields)
    browser = Browser(app)
    browser.sign_in(person)
    return browser


def read(app: Flask, table: type, *where: Any) -> list[Any]:
    """The rows of a table as they are stored now."""
    with database(app).read() as session:
        return list(session.scalars(select(table).where(*where)))


def test_an_empty_list_says_when_it_fills(app: Flask) -> None:
    """Nobody is left before a blank page."""
    with database(app).write() as session:
        make.organisation(session)
    assert "No comments yet" in signed_in(app).get("/comments")


def test_everything_is_there_praise_and_nothing_and_what_cannot_be_read(page: Browser) -> None:
    """The list hides nothing of what customers wrote, and says what the machine made of it."""
    found = page.get("/comments")
    assert sorted(found.said("blockquote")) == sorted([WISH, PRAISE, NOTHING, GERMAN, MIXED])
    assert "not scored: de" in found
    assert found.said("blockquote")[-1] == NOTHING  # the oldest stands last


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("kind=suggestion", {WISH}),
        ("kind=praise", {PRAISE, MIXED}),
        ("kind=nothing", {NOTHING}),
        ("sentiment=unread", {GERMAN}),
        ("sentiment=positive&kind=praise&rating=good", {PRAISE}),
        ("rating=good", {PRAISE}),
        ("rating=poor", {WISH, GERMAN}),
        ("channel=qr", {WISH}),
        ("until=2025-12-31", {NOTHING}),
        ("since=2026-01-01&kind=nothing", set()),
        ("q=filthy", {MIXED}),
        ("kind=nonsense&rating=x&page=-3&theme=x&service=", {WISH, PRAISE, NOTHING, GERMAN, MIXED}),
    ],
)
def test_filters(page: Browser, asked: str, expected: set[str]) -> None:
    """Each filter finds what it says; nonsense in an address is as if it were not there."""
    assert set(page.get(f"/comments?{asked}").said("blockquote")) == expected


def test_by_branch_and_by_theme(app: Flask, page: Browser) -> None:
    """Chosen in the form, as a lead would."""
    page.get("/comments")
    assert page.page is not None
    south = next(str(each["value"]) for each in page.page.all("#service option") if "South" in each.get_text())
    theme = next(str(each["value"]) for each in page.page.all("#theme option") if "Waiting room" in each.get_text())
    assert set(page.submit("form.filters", service=south).said("blockquote")) == {GERMAN, MIXED}
    assert set(page.submit("form.filters", service="", theme=theme).said("blockquote")) == {WISH, MIXED}


def test_a_team_finds_what_is_about_its_themes(app: Flask, page: Browser) -> None:
    """Comments reach the team whose theme they are about; without teams there is nothing to choose."""
    assert page.get("/comments").all("#team") == []
    with database(app).write() as session:
        waiting = session.scalars(select(Theme)).one()
        session.add_all([Team(name="Front of house", themes=[waiting]), Team(name="Nobody's")])
    found = page.get("/comments")
    assert found.said("#team option") == ["All", "Front of house"]
    team = next(str(each["value"]) for each in found.all("#team option") if each.get_text() == "Front of house")
    assert set(page.submit("form.filters", team=team).said("blockquote")) == {WISH, MIXED}


def test_a_date_that_is_none_is_explained(page: Browser) -> None:
    """It names what was typed and how a date is written."""
    assert "“31.5.2026” is no date. Write it like 2026-05-31." in page.get("/comments?since=31.5.2026", status=422)


def test_pages_follow_one_another_without_losing_the_filter(app: Flask) -> None:
    """Twenty-five a page; the filter stays in the links, and no comment stands on both."""
    with database(app).write() as session:
        survey = make.survey(session)
        for number in range(30):
            make.response(session, survey, experience=f"Visit number {number}.", channel="qr")
        make.response(session, survey, experience="Another channel.")
    page = signed_in(app)
    first = page.get("/comments?channel=qr").said("blockquote")
    second = page.follow("Next").said("blockquote")
    assert (len(first), len(second)) == (25, 5)
    assert not set(first) & set(second)
    assert "Another channel." not in second


def test_the_list_asks_as_often_for_many_as_for_few(app: Flask) -> None:
    """No question to the database a row."""
    with database(app).write() as session:
        survey = make.survey(session)
        make.theme(session, "Chairs", "chairs")
        for number in range(3):
            make.response(session, survey, suggestion=f"More chairs, number {number}.")
    Hearing(database(app), holder="test").hear_all()
    page = signed_in(app)
    few = asked(app, page)
    with database(app).write() as session:
        for number in range(20):
            make.response(session, session.get_one(type(survey), survey.id), suggestion=f"More chairs, again {number}.")
    Hearing(database(app), holder="test").hear_all()
    assert asked(app, page) == few


def asked(app: Flask, page: Browser) -> int:
    """How many statements one look at the list takes."""
    statements: list[str] = []
    engine = database(app).engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    page.get("/comments")
    event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def test_one_comment_says_why(page: Browser, comments: dict[str, int]) -> None:
    """Sentence by sentence: its kind, how sure, because of which words; and where it is filed."""
    found = page.get(f"/comments/{comments[WISH]}")
    assert "because of:" in found
    assert "suggestion" in found.said("main article .badge")[0]
    assert "more chairs in the waiting room" in found.text.lower()
    assert found.said("mark") == [WISH.rstrip(".")]


def test_to_open_a_comment_is_to_have_read_it(app: Flask, page: Browser, comments: dict[str, int]) -> None:
    """Its customer will be told that somebody has; a second look does not move the moment."""
    (before,) = read(app, Response, Response.comments.any(Comment.id == comments[PRAISE]))
    assert before.read_at is None
    page.get(f"/comments/{comments[PRAISE]}")
    (first,) = read(app, Response, Response.id == before.id)
    page.get(f"/comments/{comments[PRAISE]}")
    (second,) = read(app, Response, Response.id == before.id)
    assert first.read_at is not None
    assert second.read_at == first.read_at


def test_praise_is_made_a_mention_and_taken_back(app: Flask, page: Browser, comments: dict[str, int]) -> None:
    """A sentence that the machine took for praise becomes an improvement's mention by one press, and goes by one press."""
    comment = comments[PRAISE]
    page.get(f"/comments/{comment}")
    found = page.submit(f"/comments/{comment}/kind", press="kind", kind="suggestion")
    assert "Saved. No later analysis will change it back." in found
    assert "said by a person" in found
    assert [each.state for each in read(app, Mention, Mention.comment_id == comment)] == ["filed"]
    (correction,) = read(app, Correction, Correction.comment_id == comment)
    found = page.submit(f"/comments/{comment}/corrections/{correction.id}/undo")
    assert "Taken back." in found
    assert "said by a person" not in found
    assert [each.state for each in read(app, Mention, Mention.comment_id == comment)] == ["dismissed"]


def test_what_is_no_suggestion_leaves_the_backlog(app: Flask, page: Browser, comments: dict[str, int]) -> None:
    """One press: the mention is set aside, and the list no longer has the comment among suggestions."""
    comment = comments[WISH]
    page.get(f"/comments/{comment}")
    page.submit(f"/comments/{comment}/kind", press="kind", kind="other")
    assert [each.state for each in read(app, Mention, Mention.comment_id == comment)] == ["dismissed"]
    assert page.get("/comments?kind=suggestion").said("blockquote") == []
    assert read(app, Improvement) != [], "what it founded stays, with its history"


def test_sentiment_and_themes_are_corrected(app: Flask, page: Browser, comments: dict[str, int]) -> None:
    """Each by a form of its own; what people say stands in the list and its filters at once."""
    comment = comments[NOTHING]
    page.get(f"/comments/{comment}")
    page.submit(f"/comments/{comment}/sentiment", press="label", label="positive")
    page.get(f"/comments/{comment}")
    assert page.page is not None
    (theme,) = page.page.all("input[name=theme]")
    found = page.submit(f"/comments/{comment}/themes", theme=str(theme["value"]))
    assert found.all("input[name=theme][checked]")
    assert NOTHING in page.get("/comments?sentiment=positive").said("blockquote")
    assert NOTHING in page.get(f"/comments?theme={theme['value']}").said("blockquote")


def test_an_unread_language_is_said_so_and_may_be_filed_by_hand(
    app: Flask, page: Browser, comments: dict[str, int]
) -> None:
    """It is counted, not guessed; a lead who can read it files it."""
    comment = comments[GERMAN]
    assert "cannot read (de)" in page.get(f"/comments/{comment}")
    page.submit(f"/comments/{comment}/kind", press="kind", kind="suggestion")
    (mention,) = read(app, Mention, Mention.comment_id == comment)
    assert (mention.state, mention.start, mention.end) == ("filed", 0, len(GERMAN))


@pytest.mark.parametrize(
    ("path", "fields", "expected"),
    [
        ("kind", {"kind": "wish", "start": "0", "end": "5"}, "A sentence is one of"),
        ("kind", {"kind": "praise", "start": "0", "end": "5000"}, "These words are not in the comment"),
        ("kind", {"kind": "praise", "start": "x", "end": "y"}, "These words are not in the comment"),
        ("sentiment", {"label": "furious"}, "Sentiment is negative, neutral or positive"),
    ],
)
def test_a_forged_correction_changes_nothing(
    app: Flask, page: Browser, path: str, fields: dict[str, str], expected: str
) -> None:
    """It is explained, and nothing is stored."""
    (wish,) = read(app, Comment, Comment.text == WISH)
    page.get(f"/comments/{wish.id}")
    assert expected in page.post(f"/comments/{wish.id}/{path}", status=422, **fields)
    assert read(app, Correction) == []


def test_a_correction_is_taken_back_once(app: Flask, page: Browser, comments: dict[str, int]) -> None:
    """The second press, from a page left open, says that it is done; one of another comment is not there."""
    one, other = comments[WISH], comments[MIXED]
    page.get(f"/comments/{one}")
    (before,) = read(app, Finding, Finding.comment_id == one)
    said = "positive" if before.label == "negative" else "negative"
    page.submit(f"/comments/{one}/sentiment", press="label", label=said)
    (correction,) = read(app, Correction)
    page.post(f"/comments/{other}/corrections/{correction.id}/undo", status=404)
    page.get(f"/comments/{one}")
    page.post(f"/comments/{one}/corrections/{correction.id}/undo")
    page.get(f"/comments/{one}")
    assert "taken back already" in page.post(f"/comments/{one}/corrections/{correction.id}/undo", status=404)
    assert read(app, Finding, Finding.comment_id == one)[0].label == before.label


def test_a_lead_of_one_branch_has_that_branch(app: Flask, comments: dict[str, int]) -> None:
    """Another branch's comments are neither listed nor opened."""
    with database(app).read() as session:
        north = session.get_one(Comment, comments[WISH]).service
    page = signed_in(app, services=[north])
    assert set(page.get("/comments").said("blockquote")) == {WISH, PRAISE, NOTHING}
    page.get(f"/comments/{comments[MIXED]}", status=404)


@pytest.mark.parametrize("duty", ["colleague", "executive", "builder"])
def test_who_has_no_need_reads_no_comments(app: Flask, comments: dict[str, int], duty: str) -> None:
    """Only leads and administrators do."""
    page = signed_in(app, duty)
    page.get("/comments", status=403)
    page.get(f"/comments/{comments[WISH]}", status=403)
