"""Teams, themes, settings, jobs, mail and the export."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveyapp.admin import export
from surveyapp.db import now
from surveyapp.models import Act, Comment, Job, Letter, Organisation, Response, Team, Theme
from tests.support import make
from tests.support.pages import Browser
from tests.support.postbox import postbox


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


def test_a_team_gathers_people_themes_and_services(browser, unit, administrator):
    waiting, root = make.theme(unit, "Waiting", "queue"), make.root(unit)
    unit.commit()
    browser.get("/admin/teams")
    browser.submit("/admin/teams", name="Front desk")
    browser.submit(people=[str(administrator.id)], themes=[str(waiting.id)], services=[str(root.id)])
    assert "1 person" in browser.page
    team = unit.scalars(select(Team)).one()
    assert ([p.name for p in team.people], [t.name for t in team.themes]) == (["Grace Hopper"], ["Waiting"])
    unit.commit()
    browser.get("/admin/teams")
    assert "exists already" in browser.submit("/admin/teams", status=422, name="FRONT DESK")
    browser.get(f"/admin/teams/{team.id}")
    assert "No team yet" in browser.submit(f"/admin/teams/{team.id}/remove")


def test_a_theme_is_added_edited_and_moved(browser, unit):
    for name in ("Waiting", "Staff"):
        browser.get("/admin/themes")
        browser.submit("/admin/themes", name=name)
    browser.submit(words="queue\n wait \n\nqueue", examples="I stood for an hour.", active=None)
    staff = unit.scalars(select(Theme).where(Theme.name == "Staff")).one()
    assert (staff.words, staff.examples, staff.active) == (["queue", "wait"], ["I stood for an hour."], False)
    unit.commit()
    page = browser.submit(f"/admin/themes/{staff.id}/up")
    assert page.said("tbody td a") == ["Staff", "Waiting"]
    assert browser.submit(f"/admin/themes/{staff.id}/up").said("tbody td a") == ["Staff", "Waiting"]
    browser.get(f"/admin/themes/{staff.id}")
    assert "exists already" in browser.submit(status=422, name="waiting")


def test_settings_are_changed_and_written_down_without_their_words(browser, unit):
    browser.get("/admin/settings")
    browser.submit(
        name="Harbour & Sons", time_zone="Europe/Vienna", privacy_notice="Nothing is sold.", retention_months="12"
    )
    assert "Harbour & Sons" in browser.page
    row = unit.scalars(select(Organisation)).one()
    assert (row.time_zone, row.retention_months, row.privacy_notice) == ("Europe/Vienna", 12, "Nothing is sold.")
    act = unit.scalars(select(Act).where(Act.verb == "changed settings")).one()
    assert set(act.fields["settings"]) == {"name", "time_zone", "privacy_notice", "retention_months"}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"name": ""}, "Write a name"),
        ({"time_zone": "Mars/Olympus"}, "Not a valid choice"),
        ({"retention_months": "none"}, "Not a valid integer"),
        ({"retention_months": "0"}, "Between 1 and 600"),
        ({"minimum_group": "1"}, "Between 2 and 1000"),
        ({"privacy_url": "javascript:alert(1)"}, "https://"),
        ({"privacy_notice": "x" * 4001}, "At most 4000"),
        ({"who_reads": ""}, "Customers want to know"),
    ],
)
def test_a_wrong_setting_changes_nothing(browser, unit, fields, fault):
    browser.get("/admin/settings")
    assert fault in " ".join(browser.submit(status=422, **fields).said(".fault"))
    assert unit.scalars(select(Organisation.name)).one() == "Harbour Libraries"


def test_the_overview_says_what_needs_somebody(browser, unit):
    survey = make.survey(unit)
    make.response(unit, survey, received_at=now() - timedelta(hours=2))
    make.response(unit, survey, state="heard")
    unit.add(Job(name="backup", last_finished_at=now(), detail={"file": "heed-1.sqlite"}))
    unit.add(Job(name="retention", error="OSError: disk full"))
    unit.commit()
    page = browser.get("/admin")
    assert page.said(".stat")[0] == "1 responses waiting to be heard"
    assert "Is the analyser running?" in page and "“retention” failed" in page and "heed-1.sqlite" in page


def test_jobs_show_their_last_and_next_run(browser, unit):
    assert "Nothing has run yet" in browser.get("/admin/jobs")
    unit.add(Job(name="retention", last_finished_at=now(), next_due_at=now() + timedelta(days=1), detail={"erased": 3}))
    unit.commit()
    row = browser.get("/admin/jobs").said("tbody tr")[0]
    assert row.startswith("retention") and "erased: 3" in row


def test_a_test_letter_is_sent_at_once(app, browser, unit):
    with postbox() as box:
        app.config.update(box.settings)
        browser.get("/admin/jobs")
        page = browser.submit("/admin/jobs/test-mail", email="grace@example.org")
    assert len(box.got) == 1 and box.got[0].rcpt_tos == ["grace@example.org"]
    assert "sent" in page.said("td .badge")


def test_mail_that_does_not_work_says_why_and_can_be_tried_again(app, browser, unit):
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=9, MAIL_USE_TLS=False)
    browser.get("/admin/jobs")
    page = browser.submit("/admin/jobs/test-mail", email="grace@example.org")
    assert "failed" in page.said("td .badge") and "ConnectionRefusedError" in page
    letter = unit.scalars(select(Letter)).one()
    unit.commit()
    assert "waiting" in browser.submit(f"/admin/jobs/letters/{letter.id}/retry").said("td .badge")


def test_without_a_mail_server_the_page_says_what_to_set(browser):
    browser.get("/admin/jobs")
    assert "HEED_MAIL_SERVER" in browser.submit("/admin/jobs/test-mail", email="grace@example.org")
    assert browser.submit("/admin/jobs/test-mail", status=422, email="nobody").said(".fault") == [
        "That is not an address."
    ]


def exported(browser):
    browser.get("/admin/export")
    form = browser.page.one("main form")
    answer = browser.client.post(form["action"], data={"csrf_token": form.select_one("input")["value"]})
    assert answer.mimetype == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    return {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
        for name in archive.namelist()
    }


def test_the_export_holds_every_row_and_no_formula(browser, unit):
    survey = make.survey(unit)
    make.response(unit, survey, suggestion="=HYPERLINK(1)", experience="Lovely; really.\nThanks")
    unit.commit()
    tables = exported(browser)
    words = sorted(row["text"] for row in tables["comment"])
    assert words == ["'=HYPERLINK(1)", "Lovely; really.\nThanks"]
    assert (
        len(tables["response"]) == unit.query(Response).count()
        and len(tables["comment"]) == unit.query(Comment).count()
    )
    assert [row["name"] for row in tables["person"]] == ["Grace Hopper"]
    assert unit.scalars(select(Act.verb).where(Act.verb == "exported")).all() == ["exported"]


def test_the_export_holds_nothing_that_opens_a_door(browser, unit, administrator):
    tables = exported(browser)
    assert not {"login_session", "invitation", "lease"} & set(tables)
    assert not {"password", "fs_uniquifier", "tf_totp_secret"} & set(tables["person"][0])
    for table in export.tables():
        for column in export.columns(table):
            assert not any(word in column.name for word in ("password", "secret", "token", "hash", "uniquifier")), (
                column
            )


def test_the_export_is_written_in_pieces(database, unit):
    survey = make.survey(unit)
    for _ in range(3):
        make.response(unit, survey, suggestion="More chairs, please.")
    unit.commit()
    pieces = list(export.stream(database))
    assert len(pieces) > 10 and zipfile.ZipFile(io.BytesIO(b"".join(pieces))).testzip() is None


@pytest.mark.parametrize("duty", ["builder", "lead", "colleague", "executive"])
def test_nobody_else_enters(app, unit, administrator, duty):
    somebody = make.person(unit, duty)
    unit.commit()
    browser = Browser(app)
    browser.sign_in(somebody)
    for path in ("/admin", "/admin/people", "/admin/export", "/admin/settings", "/admin/jobs"):
        browser.get(path, status=403)
    assert "Admin" not in browser.get("/sessions").said(".rooms a")
