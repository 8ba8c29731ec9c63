"""Backups of the SQLite file, made while it is in use, checked, and kept for some days. PostgreSQL has its own tools."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from surveyapp.db import Database, now
from surveyapp.errors import Invalid


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Copy the database into the instance's `backups`, keep the newest few, return the file's name and size."""
    if not database.is_sqlite:
        return {"skipped": "back PostgreSQL up with pg_dump or your provider's snapshots"}
    folder = Path(config["INSTANCE"]) / "backups"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"heed-{now():%Y%m%dT%H%M%S%f}.sqlite"
    copy(_file(database), file)
    for old in sorted(folder.glob("heed-*.sqlite"))[: -int(config["BACKUP_KEEP"])]:
        old.unlink()
    return {"file": file.name, "bytes": file.stat().st_size}


def copy(source: Path, to: Path) -> None:
    """Copy a live SQLite file with its own backup interface; the copy appears under its name only when it is whole."""
    part = to.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(part)) as made:
        live.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")
    check(part)
    part.chmod(0o600)
    os.replace(part, to)  # noqa: PTH105 - atomic, which is the point


def restore(database: Database, backup: Path) -> Path:
    """Put a backup in the place of the database, and return where the replaced one was moved. Stop the server first.

    Raises Invalid where the file is not a whole SQLite database of Heed; nothing is touched then.
    """
    check(backup)
    live = _file(database)
    database.dispose()
    aside = live.with_name(f"{live.name}.before-restore-{now():%Y%m%dT%H%M%S}")
    if live.exists():
        copy(live, aside)
    fresh = live.with_suffix(".restoring")
    copy(backup, fresh)
    for leftover in (live.with_name(live.name + "-wal"), live.with_name(live.name + "-shm")):
        leftover.unlink(missing_ok=True)
    os.replace(fresh, live)  # noqa: PTH105
    return aside


def check(file: Path) -> None:
    """Raise Invalid unless the file is a whole database of Heed."""
    if not file.is_file():
        raise Invalid(f"There is no file {file}.")
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as found:
            whole = found.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = found.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('response', 'improvement')"
            ).fetchone()[0]
    except sqlite3.DatabaseError as fault:
        raise Invalid(f"{file.name} is not an SQLite database, or it is damaged: {fault}.") from fault
    if not whole or ours != 2:
        raise Invalid(f"{file.name} is damaged or holds something else than Heed's tables. Choose another backup.")


def _file(database: Database) -> Path:
    if not database.is_sqlite:
        raise Invalid("This installation runs on PostgreSQL: restore with pg_restore instead.")
    return Path(database.engine.url.database or "")
