"""Where settings come from, and whose address a client behind a proxy has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request

from surveyapp import config, create_app
from tests.conftest import SECRETS

THEIRS = {"X-Forwarded-For": "203.0.113.7, 198.51.100.2", "X-Forwarded-Proto": "https"}


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A working directory without any setting of this machine's; what a file sets is undone afterwards."""
    monkeypatch.setattr(
        os, "environ", {name: value for name, value in os.environ.items() if not name.startswith("HEED_")}
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_in_the_working_directory_is_read(clean: Path) -> None:
    (clean / ".env").write_text("HEED_BACKUP_KEEP=3\nHEED_PUBLIC_URL=https://feedback.example.org\n")
    settings = config.load(SECRETS)
    assert settings["BACKUP_KEEP"] == 3
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert "feedback.example.org" in settings["TRUSTED_HOSTS"]


def test_the_environment_wins_over_the_file_and_an_override_over_both(clean: Path) -> None:
    (clean / ".env").write_text("HEED_BACKUP_KEEP=3\nHEED_MAIL_PORT=25\n")
    os.environ |= {"HEED_BACKUP_KEEP": "5", "HEED_MAIL_PORT": "26"}
    settings = config.load({**SECRETS, "MAIL_PORT": 27})
    assert (settings["BACKUP_KEEP"], settings["MAIL_PORT"]) == (5, 27)


def test_nothing_is_secret_by_itself(clean: Path) -> None:
    """Without secrets nothing starts, and the message says what to do; the folder is not touched."""
    with pytest.raises(RuntimeError, match="flask --app wsgi setup"):
        config.load()
    assert list(clean.iterdir()) == []


def test_secrets_are_written_once_and_for_their_owner_alone(clean: Path) -> None:
    file = config.ensure_secrets(clean / "instance")
    before = file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert config.ensure_secrets(clean / "instance").read_text() == before
    assert config.load()["SECRET_KEY"] in before


def address_seen(app: Flask) -> tuple[str | None, str]:
    """The address and the scheme that a request through two proxies seems to come with."""
    seen = []
    app.before_request(lambda: seen.append((request.remote_addr, request.scheme)))
    app.test_client().get("/healthz", headers=THEIRS)
    return seen[0]


def made(tmp_path: Path, **settings: Any) -> Flask:
    return create_app({**SECRETS, "TESTING": True, "DATABASE_URL": f"sqlite:///{tmp_path / 'h.sqlite'}", **settings})


def test_without_a_proxy_nobody_chooses_their_own_address(tmp_path: Path) -> None:
    assert address_seen(made(tmp_path)) == ("127.0.0.1", "http")


@pytest.mark.parametrize(("hops", "address"), [(1, "198.51.100.2"), (2, "203.0.113.7")])
def test_as_many_proxies_are_believed_as_there_are(tmp_path: Path, hops: int, address: str) -> None:
    assert address_seen(made(tmp_path, PROXY_HOPS=hops))[0] == address


def test_each_client_behind_a_proxy_has_limits_of_their_own(settings: dict[str, Any]) -> None:
    """A guesser of codes is slowed down; the neighbour who comes through the same proxy is not."""
    client = create_app({**settings, "RATELIMIT_ENABLED": True, "PROXY_HOPS": 1}).test_client()

    def guess(address: str) -> int:
        return client.get("/r/GUESS", headers={"X-Forwarded-For": address}).status_code

    assert {guess("203.0.113.7") for _ in range(130)} == {404, 429}
    assert guess("203.0.113.8") == 404
