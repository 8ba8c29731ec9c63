"""Everything as CSV in one zip, written while it is read: an organisation can always leave with what is its own.

Left out is what opens doors (passwords, tokens, keys of sessions) and what runs the server (leases). Text is made safe for
spreadsheets by surveyapp.csv_safe.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from surveyapp.csv_safe import line
from surveyapp.db import Base, Database

HIDDEN_TABLES = frozenset({"api_token", "login_session", "invitation", "lease"})
HIDDEN_COLUMNS = frozenset(
    {
        "person.password", "person.fs_uniquifier", "person.tf_totp_secret", "person.tf_primary_method",
        "response.code_hash", "response.submission_id", "response.digest", "response.lease", "response.lease_until",
        "letter.body",  # carries one-time links
        "hook_endpoint.secret", "hook_endpoint.old_secret", "hook_endpoint.url",  # many an address holds a token
    }
)  # fmt: skip
BATCH = 1000


class _Pipe(io.RawIOBase):
    """What the zip is written into; `take` hands over what has come so far."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def tables() -> list[Table]:
    """Return the tables that are exported, parents before children."""
    return [table for table in Base.metadata.sorted_tables if table.name not in HIDDEN_TABLES]


def columns(table: Table) -> list[Column[object]]:
    """Return the columns of a table that are exported."""
    return [column for column in table.columns if f"{table.name}.{column.name}" not in HIDDEN_COLUMNS]


def stream(database: Database) -> Iterator[bytes]:
    """Yield the zip in pieces, from one consistent state of the database, in memory that does not grow with it."""
    pipe = _Pipe()
    with database.read() as session, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables():
            with archive.open(f"{table.name}.csv", "w", force_zip64=True) as file:
                for text in _rows(session, table):
                    file.write(text.encode())
                    yield pipe.take()
    yield pipe.take()


def _rows(session: Session, table: Table) -> Iterator[str]:
    shown = columns(table)
    yield "\ufeff" + line(column.name for column in shown)
    query = select(*shown).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    for batch in session.execute(query).partitions():
        yield "".join(map(line, batch))
