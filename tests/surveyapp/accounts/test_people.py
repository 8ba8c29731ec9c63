"""People: invited by a link that works once, deactivated only when nothing of theirs is left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from surveyapp.accounts import invitations, people
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound, Refused
from surveyapp.models import Act, Invitation, Letter
from tests.support import make
from tests.support.pages import Browser


@pytest.fixture
def administrator(unit):
    make.organisation(unit)
    return make.person(unit, "administrator", name="Grace Hopper")


def added(unit, by, **fields):
    return people.add(unit, by, **{"name": "Ada Lovelace", "email": "Ada@Example.org ", "duties": {"lead"}} | fields)


def test_an_invited_person_chooses_a_password_and_signs_in(app, unit, administrator):
    ada = added(unit, administrator)
    token = invitations.invite(unit, administrator, ada)
    unit.commit()
    browser = Browser(app)
    assert browser.get(f"/invitation/{token}").title == "Welcome, Ada Lovelace"
    assert "Ada Lovelace" in browser.get(f"/invitation/{token}")  # looking uses nothing up
    browser.submit(password="four quite new words", password_confirm="four quite new words")
    assert "Your password is set" in browser.page
    browser.submit(email="ada@example.org", password="four quite new words")
    assert "Ada Lovelace" in browser.page
    browser.get(f"/invitation/{token}", status=404)


@pytest.mark.parametrize(
    "typed",
    [("short", "short", "12"), ("four quite new words", "three others", "differ"), ("", "", "Choose a password")],
)
def test_a_poor_password_is_explained_and_the_link_stays_good(app, unit, administrator, typed):
    password, again, fault = typed
    token = invitations.invite(unit, administrator, added(unit, administrator))
    unit.commit()
    browser = Browser(app)
    browser.get(f"/invitation/{token}")
    assert fault in " ".join(browser.submit(password=password, password_confirm=again).said(".fault"))
    browser.submit(password="four quite new words", password_confirm="four quite new words")
    assert "Your password is set" in browser.page


def test_an_expired_a_replaced_and_a_made_up_link_look_alike(app, unit, administrator):
    ada = added(unit, administrator)
    replaced = invitations.invite(unit, administrator, ada)
    expired = invitations.invite(unit, administrator, ada)
    unit.scalars(select(Invitation).order_by(Invitation.id.desc())).first().expires_at = now() - timedelta(seconds=1)
    unit.commit()
    browser = Browser(app)
    pages = [browser.get(f"/invitation/{token}", status=404).text for token in (replaced, expired, "made-up")]
    assert len(set(pages)) == 1 and "used or has expired" in pages[0]


def test_tokens_are_stored_hashed(unit, administrator):
    token = invitations.invite(unit, administrator, added(unit, administrator))
    row = unit.scalars(select(Invitation)).one()
    assert token not in (row.token_hash, row.token_hash[::-1]) and len(row.token_hash) == 64


def test_a_letter_of_invitation_carries_the_link(unit, administrator):
    ada = added(unit, administrator)
    invitations.write(unit, ada, "https://heed.example/invitation/abc", organisation="Harbour Libraries")
    letter = unit.scalars(select(Letter)).one()
    assert letter.to == "ada@example.org" and "https://heed.example/invitation/abc" in letter.body


def test_one_address_has_one_account(unit, administrator):
    added(unit, administrator)
    with pytest.raises(Conflict):
        added(unit, administrator, email="ADA@example.org")


def test_a_duty_that_does_not_exist_is_refused(unit, administrator):
    with pytest.raises(Invalid, match="emperor"):
        added(unit, administrator, duties={"emperor"})


def test_demo_accounts_refuse_to_exist_outside_a_demo(unit, administrator):
    with pytest.raises(Refused, match="demo database"):
        added(unit, administrator, demo=True)
    make.organisation(unit).demo = True
    assert added(unit, administrator, demo=True).demo


def test_what_somebody_owns_is_handed_over_before_they_go(unit, administrator):
    ada, heir = added(unit, administrator), make.person(unit, "lead")
    owned = make.improvement(unit, "More chairs", owner=ada)
    handed = make.improvement(unit, "A ramp", owner=administrator, handed_to=ada)
    done = make.improvement(unit, "Longer hours", owner=ada, state="done")
    with pytest.raises(Refused, match="2 open improvements"):
        people.deactivate(unit, administrator, ada)
    assert people.hand_over(unit, administrator, ada, heir) == 2
    people.deactivate(unit, administrator, ada)
    unit.expire_all()
    assert (owned.owner_id, handed.owner_id, handed.handed_to_id) == (heir.id, administrator.id, heir.id)
    assert done.owner_id == ada.id  # what is done stays theirs
    assert not ada.active and ada.deactivated_at
    assert {"handed over", "deactivated"} <= set(unit.scalars(select(Act.verb)))


@pytest.mark.parametrize("to", ["herself", "somebody inactive"])
def test_handing_over_needs_somebody_else_who_is_there(unit, administrator, to):
    ada, gone = added(unit, administrator), make.person(unit, "lead", active=False)
    make.improvement(unit, owner=ada)
    with pytest.raises(Invalid):
        people.hand_over(unit, administrator, ada, ada if to == "herself" else gone)


def test_the_last_administrator_stays(unit, administrator):
    with pytest.raises(Refused, match="last administrator"):
        people.deactivate(unit, administrator, administrator)
    with pytest.raises(Refused, match="last administrator"):
        people.change(unit, administrator, administrator, name="Grace", duties={"lead"}, services=[])
    other = make.person(unit, "administrator")
    people.deactivate(unit, other, administrator)
    assert not administrator.active


def test_a_deactivated_person_can_come_back(unit, administrator):
    ada = added(unit, administrator)
    people.deactivate(unit, administrator, ada)
    people.reactivate(unit, administrator, ada)
    assert ada.active and ada.deactivated_at is None


def test_changing_duties_and_services_is_written_down_by_ids(unit, administrator):
    ada, branch = added(unit, administrator), make.service(unit, "Quay", make.root(unit))
    people.change(unit, administrator, ada, name="Ada King", duties={"lead", "builder"}, services=[branch])
    act = unit.scalars(select(Act).where(Act.verb == "changed")).one()
    assert act.fields == {"duties": [["lead"], ["builder", "lead"]], "services": [[], [branch.id]]}
    assert (ada.name, ada.duties) == ("Ada King", {"lead", "builder"})


def test_somebody_unknown_is_not_found(unit, administrator):
    with pytest.raises(NotFound):
        people.fetch(unit, 999_999)
