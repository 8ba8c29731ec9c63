"""A customer comes back with their code."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.answering import codes
from surveyapp.models import Comment, Improvement, Mention, Outcome, Promise
from tests.support import make
from tests.support.pages import Browser

CODE = codes.make({"1": "k"}, "id", "answers")
WORDS = "Lovely staff. Please open on Sundays."


@pytest.fixture
def heard(app: Flask) -> int:
    """A response that was heard, with its suggestion filed; returns the mention's id."""
    with app.extensions["heed_database"].write() as unit:
        made = make.response(unit, make.survey(unit), suggestion=WORDS, state="heard", code_hash=codes.hashed(CODE))
        return file(unit, made.comments[0])


def file(unit: Session, comment: Comment) -> int:
    """File the last sentence of a comment."""
    mention = Mention(
        comment=comment, start=14, end=len(WORDS), kind="suggestion", improvement=make.improvement(unit, "Secret title"),
        service_id=comment.service_id, day=comment.day, purpose="suggestion",
    )  # fmt: skip
    unit.add(mention)
    unit.flush()
    return mention.id


@pytest.fixture
def phone(app: Flask) -> Browser:
    return Browser(app)


def becomes(app: Flask, **changes: object) -> None:
    """Let something become of the improvement."""
    with app.extensions["heed_database"].write() as unit:
        improvement = unit.scalars(select(Improvement)).first()
        assert improvement is not None
        for name, value in changes.items():
            if isinstance(value, (Promise, Outcome)):
                getattr(improvement, name).append(value)
            else:
                setattr(improvement, name, value)


def test_a_code_typed_in_any_way_shows_what_was_written_and_understood(phone: Browser, heard: int) -> None:
    phone.get("/r")
    page = phone.submit(code=f" {CODE[:8].lower()} {CODE[8:]}")
    assert page.path == f"/r/{codes.grouped(CODE)}"
    assert page.said("blockquote") == [WORDS]
    assert page.said("mark") == ["Please open on Sundays."]
    assert "4, good" in page
    assert "Is that right?" in page
    assert "Received." in page
    assert "Secret title" not in page, "a title may quote another customer"


def test_nothing_of_it_is_kept_or_sent_on(phone: Browser, heard: int) -> None:
    headers = phone.get(f"/r/{CODE}").response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_what_became_of_it_follows_the_improvement(app: Flask, phone: Browser, heard: int) -> None:
    with app.extensions["heed_database"].write() as unit:
        owner = make.person(unit, "lead").id
    becomes(app, owner_id=owner)
    assert "Being looked at" in phone.get(f"/r/{CODE}")
    becomes(app, promises=Promise(due_on=date(2026, 5, 4), sentence="We open on Sundays.", reason="secret"))
    page = phone.get(f"/r/{CODE}")
    assert "Promised for 4 May 2026. We open on Sundays." in page
    assert "secret" not in page
    becomes(
        app, state="done", in_effect_since=date(2026, 5, 3), outcomes=Outcome(state="done", words="Open from 10 to 4.")
    )
    assert "Done, since 3 May 2026. Open from 10 to 4." in phone.get(f"/r/{CODE}")
    becomes(app, state="declined", outcomes=Outcome(state="declined", words="The lease forbids it."))
    assert "Not possible. The reason: The lease forbids it." in phone.get(f"/r/{CODE}")


def test_a_merged_improvement_tells_what_became_of_the_other(app: Flask, phone: Browser, heard: int) -> None:
    with app.extensions["heed_database"].write() as unit:
        other = make.improvement(unit, "Another", state="done", in_effect_since=date(2026, 6, 1))
    becomes(app, merged_into_id=other.id)
    assert "Done, since 1 June 2026." in phone.get(f"/r/{CODE}")


def test_a_customer_says_whether_we_understood(app: Flask, phone: Browser, heard: int) -> None:
    phone.get(f"/r/{CODE}")
    page = phone.submit(f"/r/{codes.grouped(CODE)}/says", press="says")
    assert "You told us that this is right" in page
    phone.post(f"/r/{CODE}/says", mention=str(heard), says="no")
    with app.extensions["heed_database"].read() as unit:
        mention = unit.get_one(Mention, heard)
        assert (mention.customer_says, mention.state) == ("no", "dismissed")
    phone.post(f"/r/{CODE}/says", mention=str(heard), says="yes")
    with app.extensions["heed_database"].read() as unit:
        assert unit.get_one(Mention, heard).state == "filed"


def test_a_customers_no_does_not_move_what_a_lead_placed(app: Flask, phone: Browser, heard: int) -> None:
    with app.extensions["heed_database"].write() as unit:
        unit.get_one(Mention, heard).by = make.person(unit, "lead").id
    phone.post(f"/r/{CODE}/says", mention=str(heard), says="no")
    with app.extensions["heed_database"].read() as unit:
        mention = unit.get_one(Mention, heard)
        assert (mention.customer_says, mention.state) == ("no", "filed")


@pytest.mark.parametrize(("mention", "says", "status"), [("999", "yes", 404), ("x", "yes", 404), (None, "maybe", 422)])
def test_odd_votes_change_nothing(phone: Browser, heard: int, mention: str | None, says: str, status: int) -> None:
    phone.post(f"/r/{CODE}/says", mention=mention or str(heard), says=says, status=status)
    assert "Is that right?" in phone.get(f"/r/{CODE}")


def test_a_sentence_of_somebody_else_is_not_there(app: Flask, phone: Browser, heard: int) -> None:
    with app.extensions["heed_database"].write() as unit:
        other = make.response(unit, make.survey(unit), suggestion=WORDS, code_hash=codes.hashed("another"))
        theirs = file(unit, other.comments[0])
    phone.post(f"/r/{CODE}/says", mention=str(theirs), says="no", status=404)


def test_what_waits_to_be_read_says_so(app: Flask, phone: Browser) -> None:
    with app.extensions["heed_database"].write() as unit:
        make.response(unit, make.survey(unit), suggestion="Hm.", code_hash=codes.hashed(CODE))
    assert "We have not read this yet" in phone.get(f"/r/{CODE}")


@pytest.mark.parametrize("typed", ["", "x", "2222-3333-4444-7777", "%00", "' OR 1=1 --", "9" * 5000])
def test_a_code_that_is_none_says_what_to_do(phone: Browser, heard: int, typed: str) -> None:
    phone.get("/r")
    page = phone.submit(code=typed, status=404)
    assert "Check every letter and digit" in page
    if typed:
        phone.get(f"/r/{typed}", status=404)
