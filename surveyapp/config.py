"""Settings: defaults, then the instance's secrets, then HEED_* from the environment or `.env`."""

from __future__ import annotations

import json
import os
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import find_dotenv, load_dotenv

MEGABYTE = 1_000_000


def defaults(instance: Path) -> dict[str, Any]:
    """Return the settings of an installation that nobody has configured: SQLite, the embedded analyser, this machine only."""
    return {
        "INSTANCE": str(instance),
        "DATABASE_URL": f"sqlite:///{instance / 'heed.sqlite'}",
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "TRUSTED_HOSTS": ["127.0.0.1", "localhost"],
        "MAX_CONTENT_LENGTH": MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "IMPORT_LIMIT": 64 * MEGABYTE,
        "LEASE_SECONDS": 30,  # after which what a dead analyser had begun is taken up by the next
        "ANALYSER": "embedded",  # embedded: a process beside the web workers; none: `flask analyse` and `flask tick` by cron
        "PROXY_HOPS": 0,  # proxies of ours that add to X-Forwarded-For; believing one too many lets clients choose their address
        "RATELIMIT_STORAGE_URI": "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,
        "BACKUP_KEEP": 14,
        "MAIL_SERVER": "",
        "MAIL_PORT": 587,
        "MAIL_USE_TLS": True,
        "MAIL_DEFAULT_SENDER": "Heed <heed@localhost>",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "heed",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        "WTF_CSRF_TIME_LIMIT": None,  # bound to the session instead, or a page left open loses its text
        "BABEL_DEFAULT_LOCALE": "en",
        "API_LIMIT": "600 per minute",  # requests of one token
        "HOOKS_ALLOW": [],  # private networks that webhooks may reach; said here, so that no web page can open them
        "METRICS_ALLOW": [],  # networks that may read /metrics; it is off while this and the token are empty
        "METRICS_TOKEN": "",
        "EMBED_ON": [],  # origins that may show /you-said/embed in a frame
    }


def load(overrides: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the whole configuration; `overrides` (a test's, a command's) win over everything.

    Raises RuntimeError where no secrets exist: they are written once by `ensure_secrets`, never made up on the fly, because
    two processes with different keys would refuse each other's forms and codes.
    """
    read_env_file()
    overrides = overrides or {}
    instance = Path(overrides.get("INSTANCE") or os.environ.get("HEED_INSTANCE") or "instance").resolve()
    if sets_up(sys.argv):
        ensure_secrets(instance)
    config = defaults(instance) | read_secrets(instance) | _environment() | overrides
    config["TRUSTED_HOSTS"] = [*config["TRUSTED_HOSTS"], urlsplit(config["PUBLIC_URL"]).hostname]
    config["SESSION_COOKIE_SECURE"] = config["PUBLIC_URL"].startswith("https://")
    if not config.get("SECRET_KEY") or not config.get("CODE_KEYS"):
        raise RuntimeError(
            f"no secrets in {instance}: run `flask --app wsgi setup`, or set HEED_SECRET_KEY and HEED_CODE_KEYS"
        )
    return config


def read_env_file() -> None:
    """Read `.env` in the working directory or above it, wherever the package is installed; the environment wins over it."""
    load_dotenv(find_dotenv(usecwd=True))


def sets_up(argv: list[str]) -> bool:
    """Say whether this process is `flask … setup` or `flask … demo`, which may begin without secrets and write them."""
    return Path(argv[0]).stem in {"flask", "__main__"} and bool({"setup", "demo"} & set(argv[1:]))


def secrets_file(instance: Path) -> Path:
    """Say where an instance keeps its secrets."""
    return instance / "secrets.json"


def read_secrets(instance: Path) -> dict[str, Any]:
    """Read the instance's secrets, or nothing where there are none yet."""
    file = secrets_file(instance)
    return json.loads(file.read_text()) if file.exists() else {}


def ensure_secrets(instance: Path) -> Path:
    """Write the instance's secrets, readable by its owner alone, unless they are there already; return the file."""
    file = secrets_file(instance)
    if file.exists():
        return file
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = {
        "SECRET_KEY": secrets.token_hex(32),
        "SECURITY_PASSWORD_SALT": secrets.token_hex(16),
        "CODE_KEYS": {
            "1": secrets.token_hex(32)
        },  # kept apart from the session's secret; versions let a key be replaced
        "SECURITY_TOTP_SECRETS": {"1": secrets.token_urlsafe(32)},
    }
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(made, out, indent=1)
    return file


def _environment() -> dict[str, Any]:
    found = {}
    for name, value in os.environ.items():
        if name.startswith("HEED_"):
            try:
                found[name.removeprefix("HEED_")] = json.loads(value)
            except ValueError:
                found[name.removeprefix("HEED_")] = value
    return found
