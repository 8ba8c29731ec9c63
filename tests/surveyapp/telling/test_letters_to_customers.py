"""Letters to customers: whom they reach, once each, what a crash leaves, and how somebody gets no more of them."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts import outbox
from surveyapp.accounts.scope import Scope
from surveyapp.db import Database, now
from surveyapp.errors import Conflict
from surveyapp.models import Contact, Improvement, Letter, Notice, Response, Unsubscribed
from surveyapp.pipeline.erase import erase
from surveyapp.telling import addresses, forgetting, letters
from tests.support import make
from tests.support.asked import KEYS, asked_for, code_of, done, promised
from tests.support.pages import Browser
from tests.support.postbox import postbox

LINKS = letters.Links(
    page=lambda response: f"https://heed.example/l/{response}", leave=lambda who: f"https://heed.example/u/{who}"
)
ADDRESS = "Grace.Hopper@Example.org"


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """Letters are worded inside the application."""
    with app.test_request_context("/"):
        yield


@pytest.fixture
def sundays(unit: Session) -> Improvement:
    """Something that is done, for which six people asked in every way that matters."""
    survey, improvement = make.survey(unit), make.improvement(unit, "Open on Sundays")
    asked_for(unit, survey, improvement, email="grace.hopper@example.org ")
    asked_for(unit, survey, improvement, email=ADDRESS)  # the same person
    asked_for(unit, survey, improvement, email="ada@example.org")
    asked_for(unit, survey, improvement)  # gave no address
    asked_for(unit, survey, improvement, email="no@example.org").contact.consent = False
    asked_for(unit, survey, make.improvement(unit, "Something else"), email="other@example.org")
    done(unit, improvement)
    unit.flush()
    return improvement


def preview(session: Session, improvement: Improvement) -> letters.Preview:
    found = letters.preview(Scope.everything(session), session, improvement, KEYS)
    assert found is not None
    return found


def send(session: Session, improvement: Improvement) -> int:
    seen = preview(session, improvement)
    by = make.person(session, "lead").id
    return letters.send(session, improvement, seen, seen.mark, links=LINKS, by=by)


def waiting(session: Session) -> list[str]:
    return [letter.to for letter in session.scalars(select(Letter).order_by(Letter.id))]


def test_whoever_asked_and_agreed_is_told_once(unit: Session, sundays: Improvement, context: None) -> None:
    assert [each.address for each in preview(unit, sundays).recipients] == [ADDRESS, "ada@example.org"]
    assert send(unit, sundays) == 2
    assert waiting(unit) == [ADDRESS, "ada@example.org"]
    again = preview(unit, sundays)
    assert (again.recipients, again.told) == ([], 2)
    assert send(unit, sundays) == 0


def test_another_state_is_told_of_again(unit: Session, context: None) -> None:
    improvement = make.improvement(unit, "Open on Sundays")
    asked_for(unit, make.survey(unit), improvement, email=ADDRESS)
    assert letters.preview(Scope.everything(unit), unit, improvement, KEYS) is None, "nothing became of it yet"
    promised(unit, improvement, date(2027, 1, 4))
    assert send(unit, improvement) == 1
    done(unit, improvement)
    assert send(unit, improvement) == 1
    first, second = unit.scalars(select(Letter).order_by(Letter.id))
    assert "We promise it for 4 January 2027." in first.body
    assert "It is done, in effect since 3 May 2026.\nOpen on Sundays from 10 to 4." in second.body


def test_a_letter_holds_none_of_the_customers_words_and_no_code(
    unit: Session, sundays: Improvement, context: None
) -> None:
    send(unit, sundays)
    codes = [code_of(each) for each in unit.scalars(select(Response))]
    for letter in unit.scalars(select(Letter)):
        assert "Please open" not in letter.body
        assert not any(code in letter.body for code in codes)


def test_what_was_not_looked_at_is_not_sent(unit: Session, sundays: Improvement, context: None) -> None:
    seen = preview(unit, sundays)
    asked_for(unit, unit.scalars(select(Response)).first().survey, sundays, email="late@example.org")
    with pytest.raises(Conflict, match="Look at the letter once more"):
        letters.send(unit, sundays, preview(unit, sundays), seen.mark, links=LINKS, by=1)
    assert waiting(unit) == []


def test_a_lead_writes_to_the_customers_of_their_own_branch_alone(unit: Session, context: None) -> None:
    improvement = make.improvement(unit, "Open on Sundays")
    north, south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    for branch, address in ((north, "n@example.org"), (south, "s@example.org")):
        asked_for(unit, make.survey(unit, branch), improvement, email=address)
    done(unit, improvement)
    seen = letters.preview(Scope((north.path,)), unit, improvement, KEYS)
    assert seen is not None
    assert [each.address for each in seen.recipients] == ["n@example.org"]


def test_whoever_wants_no_letters_gets_none_also_after_erasing(
    unit: Session, sundays: Improvement, context: None
) -> None:
    send(unit, sundays)
    person = addresses.person_of(KEYS, "ada@EXAMPLE.org")
    forgetting.unsubscribe(unit, person, today=make.DAY)
    forgetting.unsubscribe(unit, person, today=make.DAY)
    assert waiting(unit) == [ADDRESS], "what still waited is taken out"
    survey = unit.scalars(select(Response)).first().survey
    for response in list(unit.scalars(select(Response).join(Contact).where(Contact.email == "ada@example.org"))):
        erase(unit, response)
    other = done(unit, make.improvement(unit, "Longer hours"))
    asked_for(unit, survey, other, email=" Ada@example.org")
    seen = preview(unit, other)
    assert (seen.recipients, seen.unsubscribed) == ([], 1)


def test_erasing_takes_the_letter_along(unit: Session, sundays: Improvement, context: None) -> None:
    send(unit, sundays)
    sent = unit.scalars(select(Letter).where(Letter.to == "ada@example.org")).one()
    sent.state = "sent"
    for response in list(unit.scalars(select(Response))):
        erase(unit, response)
    unit.expire_all()
    assert [(each.to, each.body, each.subject, each.unsubscribe) for each in unit.scalars(select(Letter))] == [
        ("", "", "", "")
    ]
    told = unit.scalars(select(Notice)).all()
    assert len(told) == 2 and all(each.response_id is None and "@" not in each.person for each in told)


def test_a_person_is_claimed_before_the_letter_and_only_once(database: Database, app: Flask) -> None:
    """The near miss: without the row another lead at the same moment would write a second letter."""
    with database.write() as session:
        improvement = make.improvement(session)
        for _lead in range(2):
            session.add(Notice(improvement_id=improvement.id, state="done", person="p"))
            try:
                session.flush()
            except Exception as error:
                assert "unique" in str(error).lower()
                session.rollback()
                break
        else:
            pytest.fail("two claims of one person")


def test_a_crash_between_sends_none_twice_and_shows_what_hangs(
    app: Flask, database: Database, unit: Session, sundays: Improvement
) -> None:
    with app.test_request_context("/"):
        send(unit, sundays)
    robin = make.person(unit, "administrator")
    unit.commit()

    def die(*_letter: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outbox.send_waiting(database, die)
    with postbox() as box:
        assert outbox.run(database, box.settings) == {"sent": 1, "failed": 0}, (
            "the other one; the first is not sent again"
        )
        browser = Browser(app)
        browser.sign_in(robin)
        assert "nobody knows whether it arrived" not in browser.get("/admin/jobs"), "it may be on its way this minute"
        with database.write() as session:
            hangs = session.scalars(select(Letter).where(Letter.state == "handed over")).one()
            hangs.handed_over_at = now() - timedelta(hours=1)
        assert "nobody knows whether it arrived" in browser.get("/admin/jobs")
        browser.submit(f"/admin/jobs/letters/{hangs.id}/again")
        assert outbox.run(database, box.settings) == {"sent": 1, "failed": 0}
        assert [each.rcpt_tos[0] for each in box.got] == ["ada@example.org", ADDRESS]
        browser.post(f"/admin/jobs/letters/{hangs.id}/arrived", status=409)


def test_somebody_says_that_what_hangs_arrived(app: Flask, database: Database, unit: Session) -> None:
    letter = outbox.post(unit, to="ada@example.org", subject="One", body="x")
    letter.state, letter.handed_over_at = "handed over", now() - timedelta(hours=1)
    make.organisation(unit)
    robin = make.person(unit, "administrator")
    unit.commit()
    browser = Browser(app)
    browser.sign_in(robin)
    browser.get("/admin/jobs")
    browser.submit(f"/admin/jobs/letters/{letter.id}/arrived")
    with database.read() as session:
        assert session.get_one(Letter, letter.id).state == "sent"
    browser.post("/admin/jobs/letters/987/again", status=404)


def test_from_the_preview_to_the_mail_and_out_again(
    app: Flask, database: Database, unit: Session, sundays: Improvement
) -> None:
    """A lead looks and sends, the letter arrives with its one-click header, its link opens the page, and one POST ends it."""
    lead = make.person(unit, "lead")
    unit.commit()
    browser = Browser(app)
    browser.sign_in(lead)
    browser.get(f"/backlog/{sundays.id}")
    page = browser.follow("Look at the letter")
    assert "2 people get this letter" in page and "Open on Sundays from 10 to 4." in page
    assert "@" not in page.one("main").get_text(), "a lead needs to know how many, not who"
    assert "2 letters are on their way" in browser.submit(f"/backlog/{sundays.id}/tell")
    with postbox() as box:
        assert outbox.run(database, box.settings)["sent"] == 2
    letter = email.message_from_bytes(box.got[1].content)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    out = urlsplit(letter["List-Unsubscribe"].strip("<>")).path
    text = letter.get_payload(decode=True).decode()
    opens = urlsplit(re.search(r"http\S+/l/\S+", text)[0]).path
    assert "ada" not in out and "ada" not in opens
    phone = Browser(app)
    assert phone.get(opens).path.startswith("/r/")
    assert "What became of your answer" in phone.page
    phone.get(out)
    with database.read() as session:
        assert session.scalars(select(Unsubscribed)).all() == [], "looking at a link unsubscribes nobody"
    assert phone.client.post(out, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with database.read() as session:
        assert session.scalars(select(Unsubscribed.person)).all() == [addresses.person_of(KEYS, "ada@example.org")]


@pytest.mark.parametrize("link", ["/l/{}", "/unsubscribe/{}"])
def test_a_ticket_serves_its_own_purpose_alone(app: Flask, unit: Session, link: str) -> None:
    make.organisation(unit)
    unit.commit()
    key = app.config["SECRET_KEY"]
    other = addresses.leaving_ticket(key, "p") if link.startswith("/l") else addresses.page_ticket(key, 1)
    for token in ("made-up", other, addresses.page_ticket("another key", 1)):
        Browser(app).get(link.format(token), status=404)


def test_a_letters_link_leads_nowhere_once_the_answer_is_erased(app: Flask, unit: Session) -> None:
    response = asked_for(unit, make.survey(unit), make.improvement(unit), email=ADDRESS)
    unit.commit()
    link = f"/l/{addresses.page_ticket(app.config['SECRET_KEY'], response.id)}"
    Browser(app).get(link)
    erase(unit, response)
    unit.commit()
    Browser(app).get(link, status=404)


def test_two_leads_who_send_at_once_write_one_letter_a_person(app: Flask, unit: Session, sundays: Improvement) -> None:
    """Both have looked; the second is told, and nobody gets a second letter."""
    leads = [make.person(unit, "lead") for _lead in range(2)]
    unit.commit()
    desks = [Browser(app) for _lead in leads]
    for desk, lead in zip(desks, leads, strict=True):
        desk.sign_in(lead)
        desk.get(f"/backlog/{sundays.id}/tell")
    desks[0].submit(f"/backlog/{sundays.id}/tell")
    assert "Look at the letter once more" in desks[1].submit(f"/backlog/{sundays.id}/tell", status=409)
    assert waiting(unit) == [ADDRESS, "ada@example.org"]


def test_letters_are_taken_back_before_they_leave(app: Flask, unit: Session, sundays: Improvement) -> None:
    """What has been sent stays sent; the others can be told another time."""
    with app.test_request_context("/"):
        send(unit, sundays)
        unit.scalars(select(Letter).where(Letter.to == "ada@example.org")).one().state = "sent"
    lead = make.person(unit, "lead")
    unit.commit()
    desk = Browser(app)
    desk.sign_in(lead)
    assert "1 letter has not left yet." in desk.get(f"/backlog/{sundays.id}")
    page = desk.submit(f"/backlog/{sundays.id}/tell/back")
    assert "1 letter taken back." in page and "1 person who asked for this can be told." in page
    unit.expire_all()
    assert waiting(unit) == ["ada@example.org"]
