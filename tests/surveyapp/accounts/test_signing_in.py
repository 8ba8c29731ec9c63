"""Signing in and out, as a person at a browser sees it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveyapp import create_app
from surveyapp.db import now
from surveyapp.models import Act, Letter, LoginSession, Person
from tests.support import make
from tests.support.pages import PASSWORD, Browser


@pytest.fixture
def lead(app: Flask, unit: Session) -> Person:
    """Somebody with an account, in an organisation."""
    make.organisation(unit)
    made = make.person(unit, "lead", name="Ada Lovelace", email="ada@example.org")
    unit.commit()
    return made


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


def test_signing_in_shows_ones_own_name_and_signing_out_ends_it(browser, lead):
    page = browser.sign_in(lead)
    assert "Ada Lovelace" in page
    assert browser.sign_out().title == "Sign in"
    assert browser.get("/sessions").path == "/login"


def test_a_copied_cookie_is_dead_after_signing_out(app, browser, lead):
    browser.sign_in(lead)
    stolen = browser.client.get_cookie("heed")
    thief = Browser(app)
    thief.client.set_cookie("heed", stolen.value)
    assert thief.get("/sessions").title == "Where you are signed in"  # a copy works while the session lives
    browser.sign_out()
    assert thief.get("/sessions").path == "/login"


def test_a_session_can_be_ended_from_another_browser(app, browser, lead):
    browser.sign_in(lead)
    elsewhere = Browser(app)
    elsewhere.sign_in(lead)
    assert len(browser.get("/sessions").all("tbody tr")) == 2
    browser.submit("/sessions/end-others")
    assert elsewhere.get("/sessions").path == "/login"
    assert len(browser.get("/sessions").all("tbody tr")) == 1


def test_a_session_that_nobody_used_for_two_weeks_is_over(browser, lead, unit):
    browser.sign_in(lead)
    row = unit.scalars(select(LoginSession)).one()
    row.last_seen_at = now() - timedelta(days=15)
    unit.commit()
    assert browser.get("/sessions").path == "/login"


def test_last_seen_is_written_at_most_once_a_minute(browser, lead, unit):
    browser.sign_in(lead)
    row = unit.scalars(select(LoginSession)).one()
    long_ago, just_now = now() - timedelta(hours=3), now() - timedelta(seconds=30)
    for before, moves in ((long_ago, True), (just_now, False)):
        row.last_seen_at = before
        unit.commit()
        browser.get("/sessions")
        unit.refresh(row)
        assert (row.last_seen_at > before + timedelta(seconds=1)) is moves
        unit.commit()


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@example.org", "wrong words here"), ("nobody@example.org", PASSWORD), ("ada@example.org", ""), ("", "")],
)
def test_wrong_or_missing_credentials_say_the_same_for_everybody(browser, lead, email, password):
    browser.get("/login")
    page = browser.submit(email=email, password=password)
    assert page.path == "/login"
    assert page.one("[role=alert]").get_text().startswith("The address and the password do not match.")


def test_the_address_may_be_typed_in_any_case(browser, lead):
    browser.sign_in(lead)
    browser.sign_out()
    browser.get("/login")
    assert "Ada Lovelace" in browser.submit(email="ADA@Example.org", password=PASSWORD)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "////evil.example"],
)
def test_signing_in_never_leads_to_another_site(browser, lead, elsewhere):
    browser.sign_in(lead)
    browser.sign_out()
    browser.get("/login?next=" + elsewhere.replace("\\", "%5C").replace("/", "%2F"))
    token = browser.page.one("main input[name=csrf_token]")["value"]
    answer = browser.client.post(
        "/login", data={"csrf_token": token, "email": lead.email, "password": PASSWORD, "next": elsewhere}
    )
    target = urlsplit(urljoin("http://localhost/login", answer.headers.get("Location", "").replace("\\", "/")))
    assert (target.scheme, target.netloc) == ("http", "localhost")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(browser, lead):
    browser.sign_in(lead)
    browser.sign_out()
    assert browser.get("/sessions").path == "/login"
    assert browser.submit("main form", email=lead.email, password=PASSWORD).path == "/sessions"


def test_a_form_without_its_token_is_refused(browser, lead):
    browser.sign_in(lead)
    assert browser.client.post("/logout").status_code == 400
    assert browser.get("/sessions").title == "Where you are signed in"


def test_signing_out_is_no_link(browser, lead):
    browser.sign_in(lead)
    browser.get("/logout", status=405)
    assert browser.get("/sessions").title == "Where you are signed in"


def test_tokens_in_headers_and_remember_me_cookies_open_nothing(app, browser, lead):
    with app.app_context():
        token = lead.get_auth_token()
    assert browser.client.get("/sessions", headers={"Authentication-Token": token}).status_code == 302
    assert browser.client.get(f"/sessions?auth_token={token}").status_code == 302
    browser.get("/login")
    assert not browser.page.all("[name=remember]")


def test_a_deactivated_person_is_out_at_once(browser, lead, unit):
    browser.sign_in(lead)
    unit.get(Person, lead.id).active = False
    unit.commit()
    assert browser.get("/sessions").path == "/login"


def test_a_demo_account_opens_nothing_outside_a_demo(app, unit):
    organisation = make.organisation(unit, demo=True)
    visitor = make.person(unit, "lead", demo=True)
    unit.commit()
    browser = Browser(app)
    browser.sign_in(visitor)
    organisation.demo = False
    unit.commit()
    assert browser.get("/sessions").path == "/login"
    browser.get("/login")
    assert browser.submit(email=visitor.email, password=PASSWORD).path == "/login"


def test_a_forgotten_password_is_replaced_once_and_ends_every_session(app, browser, lead, unit):
    browser.sign_in(lead)
    other = Browser(app)
    other.get("/reset")
    assert "a letter with a link" in other.submit(email="ada@example.org")
    letter = unit.scalars(select(Letter)).one()
    unit.commit()
    link = next(word for word in letter.body.split() if word.startswith("http://localhost/reset/"))
    path = link.removeprefix("http://localhost")
    other.get(path)
    other.submit(password="four quite new words", password_confirm="four quite new words")
    assert browser.get("/sessions").path == "/login"
    other.submit(email="ada@example.org", password="four quite new words")
    assert "Ada Lovelace" in other.page
    assert "has been used" in Browser(app).get(path)


def test_a_reset_link_is_never_built_from_the_host_header(app, lead, unit):
    browser = Browser(app)
    browser.get("/reset")
    token = browser.page.one("main input[name=csrf_token]")["value"]
    for host, expected in (("evil.example", 400), ("127.0.0.1", 200)):
        browser.client.set_cookie("heed", browser.client.get_cookie("heed").value, domain=host)
        answer = browser.client.post(
            "/reset", data={"csrf_token": token, "email": lead.email}, base_url=f"http://{host}"
        )
        assert answer.status_code == expected
    assert "http://localhost/reset/" in unit.scalars(select(Letter)).one().body


def test_an_unknown_address_gets_the_same_answer_and_no_letter(browser, lead, unit):
    browser.get("/reset")
    assert "a letter with a link" in browser.submit(email="nobody@example.org")
    assert unit.scalars(select(Letter)).all() == []


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(app, browser, lead):
    browser.sign_in(lead)
    other = Browser(app)
    other.sign_in(lead)
    browser.get("/change")
    short = browser.submit(password=PASSWORD, new_password="short", new_password_confirm="short")
    assert short.path == "/change" and "12" in short.one(".fault").get_text()
    browser.submit(password=PASSWORD, new_password="four quite new words", new_password_confirm="four quite new words")
    assert browser.get("/sessions").title == "Where you are signed in"
    assert other.get("/sessions").path == "/login"


def test_what_happened_is_written_down_without_words(browser, lead, unit):
    browser.sign_in(lead)
    browser.sign_out()
    assert [act.verb for act in unit.scalars(select(Act).order_by(Act.id))] == ["signed in", "signed out"]


def test_guessing_is_slowed_down(settings, unit):
    make.organisation(unit)
    lead = make.person(unit, "lead")
    unit.commit()
    app = create_app({**settings, "RATELIMIT_ENABLED": True})
    browser = Browser(app)
    try:
        browser.get("/login")
        for _ in range(10):
            browser.submit(email=lead.email, password="a wrong guess")
        assert "Too many tries" in browser.submit(email=lead.email, password="a wrong guess", status=429)
        browser.get("/login")
        assert browser.submit(email="somebody.else@example.org", password="x").status == 200
    finally:
        app.extensions["heed_database"].dispose()


def test_health_and_readiness(app, browser, database):
    assert browser.client.get("/healthz").text == "ok\n"
    assert browser.client.get("/readyz").text == "ready\n"
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM alembic_version")
    answer = browser.client.get("/readyz")
    assert answer.status_code == 503 and "not migrated" in answer.text


def test_an_htmx_part_of_a_page_turns_the_page_when_the_session_is_over(browser):
    answer = browser.client.get("/sessions", headers={"HX-Request": "true"})
    assert answer.status_code == 401 and answer.headers["HX-Redirect"] == "/login"


def test_while_the_database_is_down_pages_say_so_and_when_to_come_back(app, browser, lead, monkeypatch):
    browser.sign_in(lead)

    def gone(*_arguments, **_more):
        raise OperationalError("SELECT 1", {}, ConnectionError("gone"))

    monkeypatch.setattr(Session, "execute", gone)
    monkeypatch.setattr(Session, "scalar", gone)
    monkeypatch.setattr(Session, "scalars", gone)
    page = browser.get("/sessions", status=503)
    assert page.title == "Back in a moment" and page.response.headers["Retry-After"]


def test_the_server_answers_to_its_public_name_and_to_no_other(settings):
    app = create_app({**settings, "PUBLIC_URL": "https://feedback.example/"})
    for host, status in (("feedback.example", 200), ("127.0.0.1", 200), ("evil.example", 400)):
        assert app.test_client().get("/healthz", base_url=f"https://{host}").status_code == status
    app.extensions["heed_database"].dispose()


@pytest.mark.parametrize(
    ("headers", "carries"),
    [
        ({}, True),
        ({"Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Mode": "cors", "HX-Request": "true"}, True),
        ({"Sec-Fetch-Mode": "no-cors"}, False),
        ({"Sec-Fetch-Mode": "same-origin"}, False),
    ],
)
def test_only_pages_bring_the_cookie_back(
    browser: Browser, lead: Person, headers: dict[str, str], carries: bool
) -> None:
    """A picture that comes late would bring messages back that have been read; a page renews the cookie's term."""
    browser.sign_in(lead)
    answer = browser.client.get("/sessions", headers=headers)
    assert answer.status_code == 200
    assert ("heed=" in answer.headers.get("Set-Cookie", "")) is carries
