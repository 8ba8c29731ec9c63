"""The tree of services: grown, renamed, moved, closed; and its pages."""

from __future__ import annotations

import pytest

from surveyapp.accounts.scope import Scope
from surveyapp.admin import tree
from surveyapp.errors import Conflict, Invalid, NotFound, Refused
from tests.support import make
from tests.support.pages import Browser


@pytest.fixture
def administrator(unit):
    make.organisation(unit)
    return make.person(unit, "administrator", name="Grace Hopper")


@pytest.fixture
def north(unit, administrator):
    return tree.add(unit, administrator, name="North", parent=make.root(unit))


def test_a_new_service_stands_under_its_parent(unit, administrator, north):
    quay = tree.add(unit, administrator, name=" Quay ", parent=north)
    assert (quay.name, quay.path, quay.depth) == ("Quay", f"{north.path}{quay.id}/", 2)


def test_siblings_have_different_names_and_cousins_may_share_one(unit, administrator, north):
    south = tree.add(unit, administrator, name="South", parent=make.root(unit))
    tree.add(unit, administrator, name="Desk", parent=north)
    tree.add(unit, administrator, name="Desk", parent=south)
    with pytest.raises(Conflict, match="Desk under North"):
        tree.add(unit, administrator, name="Desk", parent=north)
    with pytest.raises(Conflict):
        tree.rename(unit, administrator, south, "North")


def test_a_moved_branch_takes_everything_under_it_along(unit, administrator, north):
    south = tree.add(unit, administrator, name="South", parent=make.root(unit))
    quay = tree.add(unit, administrator, name="Quay", parent=north)
    desk = tree.add(unit, administrator, name="Desk", parent=quay)
    tree.move(unit, administrator, quay, south)
    assert desk.path == f"{south.path}{quay.id}/{desk.id}/"
    assert Scope((south.path,)).sees(desk) and not Scope((north.path,)).sees(desk)


def test_a_branch_cannot_stand_under_itself(unit, administrator, north):
    quay = tree.add(unit, administrator, name="Quay", parent=north)
    for place in (quay, north):
        with pytest.raises(Invalid):
            tree.move(unit, administrator, north, quay if place is north else make.service(unit, "Deep", quay))
    with pytest.raises(Invalid):
        tree.move(unit, administrator, make.root(unit), north)


def test_closing_goes_from_the_leaves_and_opening_from_the_root(unit, administrator, north):
    quay = tree.add(unit, administrator, name="Quay", parent=north)
    with pytest.raises(Refused, match="under North first"):
        tree.close(unit, administrator, north)
    tree.close(unit, administrator, quay)
    tree.close(unit, administrator, north)
    with pytest.raises(Refused, match="North is closed"):
        tree.reopen(unit, administrator, quay)
    with pytest.raises(Refused):
        tree.add(unit, administrator, name="New", parent=north)
    tree.reopen(unit, administrator, north)
    tree.reopen(unit, administrator, quay)
    assert quay.closed_at is None


def test_a_service_with_an_open_survey_and_the_whole_organisation_stay_open(unit, administrator, north):
    make.survey(unit, north)
    with pytest.raises(Refused, match="open survey"):
        tree.close(unit, administrator, north)
    with pytest.raises(Refused, match="whole organisation"):
        tree.close(unit, administrator, make.root(unit))


def test_the_tree_has_a_depth_that_people_can_still_read(unit, administrator, north):
    node = north
    with pytest.raises(Refused, match="deeper"):
        for level in range(tree.DEEPEST):
            node = tree.add(unit, administrator, name=f"Level {level}", parent=node)


def test_scope_hides_what_is_elsewhere(unit, north):
    elsewhere = make.service(unit, "South", make.root(unit))
    with pytest.raises(NotFound):
        Scope((north.path,)).service(unit, elsewhere.id)


@pytest.fixture
def browser(app, unit, administrator, north):
    unit.commit()
    made = Browser(app)
    made.sign_in(administrator)
    return made


def test_the_pages_add_rename_move_and_close(browser, north):
    browser.get("/admin/services")
    assert "Quay is added" in browser.submit("/admin/services", name="Quay", parent=str(north.id))
    browser.follow("Quay")
    browser.submit("main form.card", name="Old Quay")
    browser.follow("Old Quay")
    page = browser.submit(f"{browser.page.path}/close")
    row = next(row for row in page.all("tbody tr") if "Old Quay" in row.get_text())
    assert row.select_one(".badge").get_text() == "closed"
    browser.follow("Old Quay")
    assert "is open again" in browser.submit(f"{browser.page.path}/reopen")


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "nul\0"])
def test_a_bad_name_is_explained(browser, name):
    browser.get("/admin/services")
    assert browser.submit("/admin/services", status=422, name=name).said(".fault")


def test_a_taken_name_is_said_at_the_field(browser):
    browser.get("/admin/services")
    page = browser.submit("/admin/services", status=422, name="North")
    assert page.said(".fault") == ["There is a North under Harbour Libraries already."]


def test_a_name_is_shown_as_it_is_written(browser):
    browser.get("/admin/services")
    page = browser.submit("/admin/services", name="<script>alert(1)</script>")
    assert page.all("script:not([src])") == [] and "<script>alert(1)</script>" in page


@pytest.mark.parametrize(
    "path", ["/admin/services/999999", "/admin/services/99999999999999999999", "/admin/services/-1"]
)
def test_a_service_that_is_not_there(browser, path):
    assert browser.get(path, status=404).title == "Nothing here"


def test_what_stands_in_the_way_of_closing_is_said_where_one_is(browser, unit, north):
    make.service(unit, "Quay", north)
    unit.commit()
    browser.get(f"/admin/services/{north.id}")
    page = browser.submit(f"/admin/services/{north.id}/close")
    assert page.said(".notice.error") == ["Close the services under North first."] and page.title == "North"
