"""A customer who comes back: has a person read it, did it help, and a word to and fro."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog import mentions
from surveyapp.errors import Conflict
from surveyapp.models import Improvement, Mention, Person, Reply, Response, Verdict
from surveyapp.pipeline.erase import erase
from surveyapp.telling import replies, verdicts
from tests.support import make
from tests.support.asked import asked_for, code_of, done
from tests.support.pages import Browser


@pytest.fixture
def sundays(unit: Session) -> Improvement:
    return make.improvement(unit, "Open on Sundays")


@pytest.fixture
def asked(unit: Session, sundays: Improvement) -> Response:
    """Somebody who asked for it, with a code."""
    return asked_for(unit, make.survey(unit), sundays)


@pytest.fixture
def ada(unit: Session) -> Person:
    return make.person(unit, "lead", name="Ada Lead")


@pytest.fixture
def phone(app: Flask) -> Browser:
    return Browser(app)


def test_read_means_that_a_person_opened_it(
    app: Flask, unit: Session, phone: Browser, asked: Response, ada: Person
) -> None:
    unit.commit()
    code, comment = code_of(asked), asked.comments[0].id
    staff = Browser(app)
    staff.sign_in(ada)
    staff.get("/comments")
    assert "Received. Nobody has taken it on yet." in phone.get(f"/r/{code}"), (
        "a list in which it goes by is not reading"
    )
    staff.get(f"/comments/{comment}")
    assert "Read by a person. Nobody has taken it on yet." in phone.get(f"/r/{code}")


def test_sorting_it_is_reading_it_too(
    unit: Session, phone: Browser, asked: Response, sundays: Improvement, ada: Person
) -> None:

    mentions.move(unit, unit.scalars(select(Mention)).all(), sundays, by=ada.id)
    unit.commit()
    assert "Read by a person" in phone.get(f"/r/{code_of(asked)}")


def test_did_it_help_is_asked_when_it_is_done_and_can_be_changed(
    app: Flask, unit: Session, asked: Response, sundays: Improvement, ada: Person
) -> None:
    unit.commit()
    phone, code = Browser(app), code_of(asked)
    assert "Did it help you?" not in phone.get(f"/r/{code}")
    done(unit, sundays)
    unit.commit()
    assert "Did it help you?" in phone.get(f"/r/{code}")
    mention = phone.page.all("[name=mention]")[0]["value"]
    phone.post(f"/r/{code}/helped", mention=mention, says="no")
    assert "You told us that it did not help." in phone.page
    phone.post(f"/r/{code}/helped", mention=mention, says="partly")
    assert "You told us that it helped in part." in phone.page
    phone.post(f"/r/{code}/helped", mention=mention, says="perhaps", status=422)
    staff = Browser(app)
    staff.sign_in(ada)
    assert "Did it help? 0 yes, 1 partly, 0 no." in staff.get(f"/backlog/{sundays.id}")
    with app.extensions["heed_database"].read() as session:
        assert session.scalar(select(func.count()).select_from(Verdict)) == 1
        assert not rollups.differences(session)


def test_a_verdict_on_what_is_not_done_is_refused(unit: Session, phone: Browser, asked: Response) -> None:
    unit.commit()
    mention = phone.get(f"/r/{code_of(asked)}").all("[name=mention]")[0]["value"]
    phone.post(f"/r/{code_of(asked)}/helped", mention=mention, says="yes", status=409)
    phone.post(f"/r/{code_of(asked)}/helped", mention="987654", says="yes", status=404)


def test_erasing_leaves_the_verdicts_counted(unit: Session, asked: Response, sundays: Improvement) -> None:
    done(unit, sundays)

    mention = unit.scalars(select(Mention)).one()
    verdicts.say(unit, asked, mention, "yes", today=date(2026, 6, 1))
    erase(unit, asked)
    unit.flush()
    assert unit.scalars(select(Verdict)).all() == []
    assert verdicts.said(unit, [sundays.id]) == verdicts.Said(yes=1, partly=0, no=0)
    assert not rollups.differences(unit)
    rollups.rebuild(unit)
    assert verdicts.said(unit, [sundays.id]).n == 1


def test_a_word_to_and_fro(app: Flask, unit: Session, asked: Response, ada: Person, sundays: Improvement) -> None:
    unit.commit()
    phone, code = Browser(app), code_of(asked)
    phone.get(f"/r/{code}")
    page = phone.submit(f"/r/{code}/reply", text="Also <b>Saturdays</b>?\r\nMy card is 4111 1111 1111 1111.")
    assert "Also <b>Saturdays</b>? My card is [card number removed]." in page
    assert "It is our turn" in page and not page.all("textarea")
    staff = Browser(app)
    staff.sign_in(ada)
    assert "Also <b>Saturdays</b>?" in staff.get("/telling")
    assert "Also <b>Saturdays</b>?" in staff.get(f"/backlog/{sundays.id}")
    staff.get(f"/comments/{asked.comments[0].id}")
    page = staff.submit(f"/comments/{asked.comments[0].id}/reply", text="From July on.")
    assert "From July on." in page and "Nobody waits for an answer" in staff.get("/telling")
    page = phone.get(f"/r/{code}")
    assert "Harbour Libraries answered" in page and "From July on." in page
    assert "Ada Lead" not in page, "the organisation answers"
    assert phone.page.all("textarea"), "and it is the customer's turn"


def test_what_cannot_be_kept_comes_back_with_what_was_typed(unit: Session, phone: Browser, asked: Response) -> None:
    unit.commit()
    code = code_of(asked)
    phone.get(f"/r/{code}")
    page = phone.submit(f"/r/{code}/reply", text="x" * 1001, status=422)
    assert "shorten it by 1." in page and page.one("textarea").get_text().strip() == "x" * 1001
    assert "Write something first." in phone.submit(f"/r/{code}/reply", text=" ", status=422)
    phone.submit(f"/r/{code}/reply", text="One line.")
    page = phone.post(f"/r/{code}/reply", text="A second, too early.", status=409)
    assert "A second, too early." in page, "nothing typed is lost"


def test_a_conversation_ends(unit: Session, asked: Response, ada: Person) -> None:
    for number in range(replies.MOST):
        replies.write(unit, asked, f"Line {number}", by=ada.id if number % 2 else None)
    for by in (None, ada.id):
        with pytest.raises(Conflict):
            replies.write(unit, asked, "One more", by=by)


def test_erasing_takes_the_conversation_along(unit: Session, asked: Response) -> None:
    replies.write(unit, asked, "Also on Saturdays?")
    erase(unit, asked)
    assert unit.scalars(select(Reply)).all() == []


def test_who_is_no_lead_reads_no_personal_data(
    app: Flask, unit: Session, asked: Response, sundays: Improvement
) -> None:
    erin = make.person(unit, "executive")
    replies.write(unit, asked, "Write to grace@example.org about it.")
    unit.commit()
    staff = Browser(app)
    staff.sign_in(erin)
    page = staff.get(f"/backlog/{sundays.id}")
    assert "Write to [e-mail] about it." in page
    assert not page.all(f"form[action='/comments/{asked.comments[0].id}/reply']")


def test_a_consent_to_be_quoted_is_taken_back(unit: Session, phone: Browser, sundays: Improvement) -> None:
    made = asked_for(unit, make.survey(unit), sundays, quotable=True)
    unit.commit()
    code = code_of(made)
    assert "You ticked that we may quote" in phone.get(f"/r/{code}")
    assert "You ticked" not in phone.submit(f"/r/{code}/quote")
