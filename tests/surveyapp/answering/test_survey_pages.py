"""A customer answers: what they see, what is stored, and that nothing they typed is lost."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from surveyapp.answering import ticket
from surveyapp.extensions import database
from surveyapp.models import Answer, Comment, Response, Survey
from tests.support import make
from tests.support.pages import Browser, Page

SETTINGS = (
    "SECRET_KEY", "CODE_KEYS", "SECURITY_PASSWORD_SALT", "SECURITY_TOTP_SECRETS", "DATABASE_URL", "INSTANCE", "ANALYSER",
)  # fmt: skip


@pytest.fixture
def slug(app: Flask) -> str:
    """The address of a survey with a rating and two comments."""
    with app.extensions["heed_database"].write() as session:
        return make.survey(session).links[0].slug


@pytest.fixture
def phone(app: Flask) -> Browser:
    """A customer's phone, with JavaScript off."""
    return Browser(app)


def field(page: Page, words: str) -> str:
    """The name of the field under a question."""
    label = next(tag for tag in page.all("legend, label.above") if words in tag.get_text())
    return (
        str(label["for"]) if label.name == "label" else str(label.find_parent("fieldset").select_one("input")["name"])
    )


def answer(browser: Browser, *, status: int = 200, **extra: object) -> Page:
    """Fill in the page at hand and send it."""
    assert browser.page is not None
    page = browser.page
    given = {
        field(page, "How was our service"): "2",
        field(page, "your experience"): "Queued for an hour.",
        field(page, "do better"): "Open a second desk, please.",
    }
    return browser.submit("form[data-survey]", status=status, **given | extra)


def stored(app: Flask) -> list[Response]:
    """Every response there is."""
    with app.extensions["heed_database"].read() as session:
        return list(session.scalars(select(Response).order_by(Response.id)))


def test_a_customer_rates_writes_and_gets_a_code(app: Flask, phone: Browser, slug: str) -> None:
    phone.get(f"/s/{slug}")
    thanks = answer(phone)
    assert thanks.title == "Thank you"
    code = thanks.one("output").get_text()
    assert len(code.replace("-", "")) == 16
    assert thanks.one(".code a").get_text() == f"http://localhost/r/{code}"
    (response,) = stored(app)
    assert (response.state, response.channel) == ("pending", "web")
    assert response.code_hash and code not in response.code_hash
    with app.extensions["heed_database"].read() as session:
        assert [answer.value for answer in session.scalars(select(Answer))] == [2]
        words = {comment.purpose: comment for comment in session.scalars(select(Comment))}
        assert words["suggestion"].text == "Open a second desk, please."
        assert words["experience"].rating == 25, "the second of five points is a quarter of the way up"


def test_the_page_names_who_asks_who_reads_and_how_long(phone: Browser, slug: str) -> None:
    page = phone.get(f"/s/{slug}")
    foot = " ".join(page.said("footer"))
    assert "Harbour Libraries" in foot
    assert "read by the people who run this service" in foot
    assert "kept for 24 months" in foot
    assert "We keep nothing we do not need." in foot


def test_the_page_is_light_sets_no_cookie_and_is_not_kept(app: Flask, phone: Browser, slug: str) -> None:
    page = phone.get(f"/s/{slug}")
    assert "Set-Cookie" not in page.response.headers
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    files = [tag.get("href") or tag.get("src") for tag in page.all("link[rel=stylesheet], script[src], img")]
    assert len(files) <= 2, f"a page, a stylesheet and a script: {files}"
    weight = len(gzip.compress(page.html.encode()))
    for name in files:
        body = (Path(app.static_folder or "") / str(name).removeprefix("/static/")).read_bytes()
        assert len(body) <= 6000
        weight += len(gzip.compress(body))
    assert weight < 30_000
    assert "Set-Cookie" not in answer(phone).response.headers


def test_a_radio_says_what_it_means(phone: Browser, slug: str) -> None:
    phone.get(f"/s/{slug}")
    assert phone.page is not None
    assert "1 , very poor" in phone.page.said(".points label")


def test_sending_the_same_again_gives_the_same_code_and_counts_once(app: Flask, phone: Browser, slug: str) -> None:
    first = phone.get(f"/s/{slug}")
    code = answer(phone).one("output").get_text()
    phone.page = first
    again = answer(phone)
    assert again.one("output").get_text() == code
    assert "We had it already" in again
    assert len(stored(app)) == 1


def test_going_back_and_changing_an_answer_is_another_response(app: Flask, phone: Browser, slug: str) -> None:
    first = phone.get(f"/s/{slug}")
    code = answer(phone).one("output").get_text()
    phone.page = first
    assert answer(phone, **{field(first, "How was our service"): "5"}).one("output").get_text() != code
    assert len(stored(app)) == 2


def test_two_phones_that_open_the_page_at_once_are_two_customers(app: Flask, slug: str) -> None:
    one, two = Browser(app), Browser(app)
    one.get(f"/s/{slug}")
    two.get(f"/s/{slug}")
    codes = {answer(each).one("output").get_text() for each in (one, two)}
    assert len(codes) == len(stored(app)) == 2


def test_one_form_sent_by_eight_hands_at_the_same_moment_is_one_response(app: Flask, phone: Browser, slug: str) -> None:
    page = phone.get(f"/s/{slug}")
    data = {"ticket": str(page.one("[name=ticket]")["value"]), field(page, "How was our service"): "3"}
    start, codes = threading.Barrier(8), []

    def send() -> None:
        start.wait()
        answered = Page(app.test_client().post(f"/s/{slug}", data=data))
        codes.append((answered.status, answered.one("output").get_text()))

    hands = [threading.Thread(target=send) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(codes) == 8
    assert len(set(codes)) == len(stored(app)) == 1


def test_a_page_left_open_too_long_comes_back_filled(
    app: Flask, phone: Browser, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.get(f"/s/{slug}")
    monkeypatch.setattr(ticket.read, "__defaults__", (-1,))
    back = answer(phone, status=409)
    assert "press Send once more" in back
    assert "Open a second desk, please." in back
    monkeypatch.undo()
    assert phone.submit("form[data-survey]").title == "Thank you"
    assert len(stored(app)) == 1


@pytest.mark.parametrize("forged", ["", "x", "a.b.c", "WzEsMSwieCJd.aaaa.bbbb"])
def test_a_forged_ticket_is_not_believed_but_costs_no_answer(
    app: Flask, phone: Browser, slug: str, forged: str
) -> None:
    phone.get(f"/s/{slug}")
    assert "Queued for an hour." in answer(phone, status=409, ticket=forged)
    assert stored(app) == []
    assert phone.submit("form[data-survey]").title == "Thank you"


def test_a_ticket_of_another_survey_is_not_believed(app: Flask, phone: Browser, slug: str) -> None:
    with app.extensions["heed_database"].write() as session:
        other = make.survey(session).links[0].slug
    ticket_there = str(phone.get(f"/s/{other}").one("[name=ticket]")["value"])
    phone.get(f"/s/{slug}")
    answer(phone, status=409, ticket=ticket_there)
    assert stored(app) == []


def test_nothing_at_all_is_not_an_answer(app: Flask, phone: Browser, slug: str) -> None:
    phone.get(f"/s/{slug}")
    assert "Answer at least one question" in phone.submit("form[data-survey]", status=422)
    assert stored(app) == []


def test_a_wrong_answer_is_named_and_linked_and_the_others_are_kept(app: Flask, phone: Browser, slug: str) -> None:
    rating = field(phone.get(f"/s/{slug}"), "How was our service")
    back = answer(phone, status=422, **{rating: "9"})
    summary = back.one(".summary a")
    assert summary["href"] == f"#{rating}"
    assert back.all(f"#{rating}"), "the link leads to the field"
    assert "Choose one of the points from 1 to 5." in back
    assert "Open a second desk, please." in back
    assert answer(phone).title == "Thank you"


def test_a_comment_too_long_is_handed_back_whole(app: Flask, phone: Browser, slug: str) -> None:
    words = field(phone.get(f"/s/{slug}"), "do better")
    back = answer(phone, status=422, **{words: "a" * 4003})
    assert "shorten it by 3" in back
    assert "a" * 4003 in back.html
    assert stored(app) == []


def test_ten_megabytes_are_refused_with_a_clear_page(app: Flask, phone: Browser, slug: str) -> None:
    words = field(phone.get(f"/s/{slug}"), "do better")
    back = answer(phone, status=413, **{words: "a" * 10_000_000})
    assert back.title == "Too much at once"
    assert stored(app) == []


def test_odd_characters_are_put_right_at_the_door(app: Flask, phone: Browser, slug: str) -> None:
    words = field(phone.get(f"/s/{slug}"), "do better")
    odd = b"More\0 chairs\r\nand \xed\xa0\x80tables \xf0\x9f\x92\xba\r"
    data = {"ticket": str(phone.page.one("[name=ticket]")["value"])} if phone.page else {}
    body = f"ticket={data['ticket']}&{words}=".encode() + b"".join(b"%%%02x" % byte for byte in odd)
    sent = phone.client.post(f"/s/{slug}", data=body, content_type="application/x-www-form-urlencoded")
    assert sent.status_code == 200
    with app.extensions["heed_database"].read() as session:
        text = session.scalars(select(Comment)).one().text
    assert text.startswith("More chairs\nand ")
    assert text.endswith("tables 💺")
    assert "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def test_a_machine_that_fills_every_field_is_held_up_and_a_person_is_not(app: Flask, phone: Browser, slug: str) -> None:
    phone.get(f"/s/{slug}")
    back = answer(phone, status=422, website="https://spam.example")
    assert "Press Send once more" in back
    assert stored(app) == []
    assert phone.submit("form[data-survey]").title == "Thank you"


def test_a_closed_survey_says_so_kindly_and_gives_the_words_back(app: Flask, phone: Browser, slug: str) -> None:
    phone.get(f"/s/{slug}")
    with app.extensions["heed_database"].write() as session:
        session.scalars(select(Survey)).one().state = "closed"
    late = answer(phone, status=410)
    assert late.title == "This survey has closed"
    assert "Open a second desk, please." in late.said("blockquote")
    assert "takes no more answers" in phone.get(f"/s/{slug}", status=410)
    assert stored(app) == []


def test_what_was_stored_before_the_survey_closed_is_not_called_lost(app: Flask, phone: Browser, slug: str) -> None:
    first = phone.get(f"/s/{slug}")
    code = answer(phone).one("output").get_text()
    with app.extensions["heed_database"].write() as session:
        session.scalars(select(Survey)).one().state = "closed"
    phone.page = first
    assert answer(phone).one("output").get_text() == code


@pytest.mark.parametrize("path", ["/s/nothing-here", "/s/%00", "/s/" + "x" * 500, "/s/' OR 1=1 --"])
def test_an_address_that_is_not_ours_says_what_to_do(phone: Browser, path: str) -> None:
    assert phone.get(path, status=404).title == "Nothing here"


def test_a_survey_that_was_never_published_is_not_there(app: Flask, phone: Browser, slug: str) -> None:
    with app.extensions["heed_database"].write() as session:
        version = session.scalars(select(Survey)).one().versions[0]
        version.number = None
    phone.get(f"/s/{slug}", status=404)


def test_an_answer_to_an_older_version_is_carried_over(app: Flask, phone: Browser, slug: str) -> None:
    phone.get(f"/s/{slug}")
    with app.extensions["heed_database"].write() as session:
        survey = session.scalars(select(Survey)).one()
        old = survey.versions[0].questions
        make.publish(session, survey, [(old[0].line, make.QUESTIONS[0]), ("new", make.QUESTIONS[2])])
    back = answer(phone, status=409)
    assert "The survey was changed while you answered" in back
    assert back.all("input[value='2'][checked]"), "the rating has the same line"
    assert "Open a second desk, please." in back.said("textarea"), "the suggestion has the same purpose"
    assert back.said(".left blockquote") == ["Queued for an hour."], "what has no place is shown to be copied"
    assert phone.submit("form[data-survey]").title == "Thank you"


def test_while_the_database_is_down_the_page_waits_filled_in(
    app: Flask, phone: Browser, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.get(f"/s/{slug}")
    kept = str(phone.page.one("[name=ticket]")["value"]) if phone.page else ""
    with monkeypatch.context() as broken:
        broken.setattr("surveyapp.answering.survey_pages.submit", _no_database)
        back = answer(phone, status=503)
    assert back.response.headers["Retry-After"] == "10"
    assert "Open a second desk, please." in back
    assert back.one("[name=ticket]")["value"] == kept, "sent twice it is still one submission"
    assert phone.submit("form[data-survey]").title == "Thank you"
    assert len(stored(app)) == 1


def test_a_process_that_never_saw_the_survey_hands_everything_back_too(
    app: Flask, phone: Browser, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.get(f"/s/{slug}")
    app.extensions["heed_editions"].forget()
    with monkeypatch.context() as broken:
        broken.setattr("surveyapp.answering.survey_pages.find", _no_database)
        back = answer(phone, status=503)
    assert "wait a moment" in back
    assert phone.submit("main form").title == "Thank you"
    with app.app_context(), database().read() as session:
        assert {comment.text for comment in session.scalars(select(Comment))} == {
            "Queued for an hour.", "Open a second desk, please.",
        }  # fmt: skip


def _no_database(*_: object, **__: object) -> None:
    raise OperationalError("INSERT", {}, OSError("down"))


def test_what_people_write_is_never_markup(app: Flask, phone: Browser, slug: str) -> None:
    page = phone.get(f"/s/{slug}")
    hostile = "</textarea><script>alert(1)</script>"
    back = answer(phone, status=422, **{field(page, "do better"): hostile, field(page, "How was our service"): "x"})
    assert hostile in back.said("textarea")
    assert not [tag for tag in back.all("script") if not tag.get("src")]


def test_titles_and_points_are_never_markup(app: Flask, phone: Browser) -> None:
    bad = "<img src=x onerror=alert(1)>"
    rating = {"kind": "rating", "purpose": "csat", "settings": {"low": 1, "high": 5}}
    texts = {"en": {"label": bad, "help": bad, "points": {"1": bad}}}
    with app.extensions["heed_database"].write() as session:
        slug = make.survey(session, title=bad, questions=(rating | {"texts": texts},)).links[0].slug
    page = phone.get(f"/s/{slug}")
    assert page.title == bad
    assert not page.all("img")


def test_trouble_is_told_in_the_customers_own_look(phone: Browser) -> None:
    page = phone.get("/s/nothing-here", status=404)
    assert [tag["href"] for tag in page.all("link[rel=stylesheet]")] == ["/static/customer.css"]
    assert "Check it against the card" in page


def test_a_card_number_never_reaches_the_database(app: Flask, phone: Browser, slug: str) -> None:
    words = field(phone.get(f"/s/{slug}"), "do better")
    answer(phone, **{words: "Charged 4111 1111 1111 1111 twice. My booking is 4111 1111 1111 1112."})
    with app.extensions["heed_database"].read() as session:
        text = session.scalars(select(Comment).where(Comment.purpose == "suggestion")).one().text
    assert "4111 1111 1111 1111" not in text
    assert "twice. My booking is 4111 1111 1111 1112." in text, "that one is no card"


def test_a_web_worker_that_serves_customers_stays_small(app: Flask, phone: Browser, slug: str) -> None:
    script = (
        "import sys; from surveyapp import create_app; app = create_app(); client = app.test_client()\n"
        f"page = client.get('/s/{slug}'); assert page.status_code == 200, page.status_code\n"
        "print(sorted({'matplotlib', 'scipy', 'textblob', 'nltk', 'numpy'} & set(sys.modules)))"
    )
    settings = {f"HEED_{name}": json.dumps(app.config[name]) for name in SETTINGS}
    ran = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | settings, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
