"""Who may enter: every route stands in the table of tests.support.routes, and is tried by strangers and with every duty."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import SQLAlchemyError

from surveyapp import create_app
from surveyapp.accounts import access
from surveyapp.extensions import session
from surveyapp.models import DUTIES, Service
from tests.support import make
from tests.support.pages import Browser
from tests.support.routes import WHO, address, ask, rules, undecided, who


def test_every_route_is_listed_and_lets_in_whom_the_table_says(app):
    assert undecided(app) == set()
    stated = {rule.endpoint: access.allowed(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert stated == WHO


def test_a_route_on_which_nobody_decided_is_found_and_lets_nobody_in(settings, unit):
    make.organisation(unit)
    administrator = make.person(unit, *DUTIES)
    unit.commit()
    planted = create_app(settings)
    planted.add_url_rule("/planted", "planted", lambda: "open")
    assert undecided(planted) == {"planted"}
    browser = Browser(planted)
    browser.sign_in(administrator)
    browser.get("/planted", status=403)
    planted.extensions["heed_database"].dispose()


def test_a_stranger_is_asked_to_sign_in(open_app, unit):
    make.organisation(unit)
    unit.commit()
    browser = Browser(open_app)
    let_in = []
    for rule in rules(open_app):
        if access.EVERYBODY not in who(rule):
            answer = ask(browser, rule, address(rule))
            if answer.status_code != 302 or not answer.headers["Location"].startswith("/login"):
                let_in.append((rule.endpoint, answer.status_code))
    assert let_in == []


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_opens_its_own_rooms_and_no_others(open_app, unit, duty):
    make.organisation(unit)
    somebody = make.person(unit, duty)
    unit.commit()
    browser = Browser(open_app)
    browser.sign_in(somebody)
    let_in = []
    for rule in rules(open_app):
        if not who(rule) & {duty, access.SIGNED_IN, access.EVERYBODY}:
            answer = ask(browser, rule, address(rule))
            if answer.status_code != 403:
                let_in.append((rule.endpoint, answer.status_code))
    assert let_in == []


def test_nothing_is_changed_by_looking(open_app):
    """Every GET runs in a transaction that cannot write: a view that tries to fails here, not in somebody's browser."""
    with open_app.test_request_context("/backlog", method="GET"):
        session.add(Service(name="Planted"))
        with pytest.raises(SQLAlchemyError, match=r"(?i)read.?only"):
            session.flush()
