"""`flask --app wsgi setup` in an empty folder, and what it leaves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.accounts import founding
from surveyapp.config import sets_up
from surveyapp.models import Organisation, Person, Service, Theme
from tests.support.pages import Browser

ROOT = Path(__file__).parents[3]
LINK = re.compile(r"http://localhost(/invitation/\S+)")


@pytest.fixture
def starter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Themes to begin with, whatever the analysis package ships."""
    seeds = [
        founding.ThemeSeed("Waiting", ("queue", "wait")),
        founding.ThemeSeed("Staff", ("rude",), ("They were kind.",)),
    ]
    monkeypatch.setattr(founding, "starter_themes", lambda: seeds)


def setup(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["setup", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_first_administrator_comes_in_by_the_printed_link(app, starter):
    link = LINK.search(setup(app, "--name", "Harbour Libraries"))
    browser = Browser(app)
    browser.get(link[1])
    words = "four quite new words"
    browser.submit(name="Grace Hopper", email="Grace@example.org", password=words, password_confirm=words)
    browser.submit(email="grace@example.org", password=words)
    assert "Grace Hopper" in browser.page and "Harbour Libraries" in browser.page


def test_setup_leaves_an_organisation_a_root_every_duty_and_themes(app, unit, starter):
    setup(app, "--name", "Harbour Libraries", "--time-zone", "Europe/Vienna")
    organisation = unit.scalars(select(Organisation)).one()
    assert (organisation.name, organisation.time_zone, organisation.demo) == (
        "Harbour Libraries",
        "Europe/Vienna",
        False,
    )
    root = unit.scalars(select(Service)).one()
    assert (root.name, root.path) == ("Harbour Libraries", f"/{root.id}/")
    assert unit.scalars(select(Theme.name).order_by(Theme.position)).all() == ["Waiting", "Staff"]


def test_a_second_run_changes_nothing_and_says_so(app, unit, starter):
    setup(app)
    assert "Nothing was changed" in setup(app, "--name", "Somebody else")
    assert unit.scalars(select(Organisation.name)).one() == "Our organisation"
    assert len(unit.scalars(select(Person)).all()) == 1


def test_a_lost_link_can_be_replaced_until_it_is_used(app, starter):
    first = LINK.search(setup(app))[1]
    second = LINK.search(setup(app, "--new-link"))[1]
    browser = Browser(app)
    browser.get(first, status=404)
    browser.get(second)
    words = "four quite new words"
    browser.submit(name="Grace", email="grace@example.org", password=words, password_confirm=words)
    assert "Nothing was changed" in setup(app, "--new-link")


def test_an_unknown_time_zone_changes_nothing(app, unit):
    result = app.test_cli_runner().invoke(args=["setup", "--time-zone", "Mars/Olympus"])
    assert result.exit_code and "not a time zone" in result.output
    assert unit.scalars(select(Organisation)).all() == []


def test_only_the_command_itself_may_begin_without_secrets():
    assert sets_up(["/usr/bin/flask", "--app", "wsgi", "setup"])
    assert not sets_up(["/usr/bin/flask", "--app", "wsgi", "run"])
    assert not sets_up(["/usr/bin/gunicorn", "setup"])


def test_setup_begins_in_an_empty_folder(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEED_")}
    environment |= {"HEED_INSTANCE": str(tmp_path / "instance"), "FLASK_SKIP_DOTENV": "1"}
    command = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi", "setup"]
    first = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "/invitation/" in first.stdout
    secrets = tmp_path / "instance" / "secrets.json"
    assert secrets.stat().st_mode & 0o777 == 0o600
    before = secrets.read_bytes()
    again = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "Nothing was changed" in again.stdout and secrets.read_bytes() == before
