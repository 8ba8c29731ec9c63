"""The pages of people: inviting, changing, handing over, deactivating."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from surveyapp.models import Improvement, Person
from tests.support import make
from tests.support.pages import Browser

WORDS = "four quite new words"


@pytest.fixture
def administrator(unit):
    make.organisation(unit)
    made = make.person(unit, "administrator", name="Grace Hopper")
    unit.commit()
    return made


@pytest.fixture
def browser(app, administrator):
    made = Browser(app)
    made.sign_in(administrator)
    return made


def state_of(browser, name):
    row = next(row for row in browser.get("/admin/people").all("tbody tr") if name in row.get_text())
    return row.select_one(".badge").get_text()


def test_somebody_is_invited_and_comes_in_by_the_link_on_the_page(app, browser, unit):
    root = make.root(unit)
    unit.commit()
    browser.get("/admin/people")
    browser.follow("Invite somebody")
    page = browser.submit(name="Ada Lovelace", email="ada@example.org", duties=["lead"], services=[str(root.id)])
    link = page.one("#link")["value"].removeprefix("http://localhost")
    assert state_of(browser, "Ada Lovelace") == "invited"
    newcomer = Browser(app)
    newcomer.get(link)
    newcomer.submit(password=WORDS, password_confirm=WORDS)
    newcomer.submit(email="ada@example.org", password=WORDS)
    assert newcomer.get("/backlog").status == 200
    assert state_of(browser, "Ada Lovelace") == "active"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"name": ""}, "Write a name"),
        ({"email": "not an address"}, "not an address"),
        ({"duties": None}, "at least one duty"),
        ({"name": "x" * 121}, "At most 120"),
        ({"name": "nul\0byte"}, "cannot be stored"),
        ({"services": ["999999"]}, "not a valid choice"),
        ({"services": ["one"]}, "not"),
        ({"duties": ["emperor"]}, "not a valid choice"),
    ],
)
def test_a_wrong_invitation_is_explained_and_keeps_what_was_typed(browser, unit, fields, fault):
    browser.get("/admin/people/new")
    good = {"name": "Ada Lovelace", "email": "ada@example.org", "duties": ["lead"]}
    page = browser.submit(status=422, **good | fields)
    assert fault in " ".join(page.said(".fault"))
    assert "Ada Lovelace" in page.html or "name" in fields
    assert unit.query(Person).count() == 1


def test_an_address_that_is_taken_is_said_at_the_field(browser, administrator):
    browser.get("/admin/people/new")
    page = browser.submit(status=422, name="Ada", email=administrator.email.upper(), duties=["lead"])
    assert page.said(".fault") == ["That address has an account already."]


def test_duties_and_services_are_changed(browser, unit):
    ada, branch = make.person(unit, "lead", name="Ada"), make.service(unit, "Quay", make.root(unit))
    unit.commit()
    page = browser.get(f"/admin/people/{ada.id}")
    assert [box["value"] for box in page.all("[name=duties][checked]")] == ["lead"]
    browser.submit(name="Ada King", duties=["builder", "lead"], services=[str(branch.id)])
    unit.expire_all()
    assert (ada.name, ada.duties, [each.name for each in ada.services]) == ("Ada King", {"builder", "lead"}, ["Quay"])


def test_what_somebody_owns_is_handed_over_before_their_account_is_shut(app, browser, unit, administrator):
    ada = make.person(unit, "lead", name="Ada Lovelace")
    chairs = make.improvement(unit, "More chairs", owner=ada).id
    unit.commit()
    browser.get(f"/admin/people/{ada.id}")
    page = browser.submit(f"/admin/people/{ada.id}/deactivate")
    assert page.said(".notice.error") == ["Ada Lovelace still owns 1 open improvement. Hand it to somebody first."]
    assert "now belong to Grace Hopper" in browser.submit(f"/admin/people/{ada.id}/hand-over", to=str(administrator.id))
    browser.submit(f"/admin/people/{ada.id}/deactivate")
    assert state_of(browser, "Ada Lovelace") == "deactivated"
    assert unit.scalars(select(Improvement.owner_id).where(Improvement.id == chairs)).one() == administrator.id
    unit.commit()
    browser.get(f"/admin/people/{ada.id}")
    browser.submit(f"/admin/people/{ada.id}/reactivate")
    assert state_of(browser, "Ada Lovelace") == "invited"


def test_the_last_administrator_cannot_lock_everybody_out(browser, administrator):
    browser.get(f"/admin/people/{administrator.id}")
    page = browser.submit(status=422, duties=["lead"])
    assert "last administrator" in " ".join(page.said(".fault"))


def test_a_new_invitation_ends_the_one_before(app, browser, unit):
    ada = make.person(unit, "lead", name="Ada")
    unit.commit()
    links = []
    for _ in range(2):
        browser.get(f"/admin/people/{ada.id}")
        links.append(browser.submit(f"/admin/people/{ada.id}/invite").one("#link")["value"])
    first, second = (re.sub("http://localhost", "", link) for link in links)
    Browser(app).get(first, status=404)
    Browser(app).get(second)
