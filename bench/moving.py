"""Moving a database from SQLite to the PostgreSQL server that HEED_TEST_POSTGRES names."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from surveyapp import migrations
from surveyapp.db import Base, Database, make_engine


def move(file: Path, name: str) -> str:
    """Copy every row of a SQLite file into a fresh PostgreSQL database of this name, and return its address."""
    url = os.environ["HEED_TEST_POSTGRES"].rsplit("/", 1)[0] + f"/{name}"
    maintenance = make_engine(os.environ["HEED_TEST_POSTGRES"]).execution_options(isolation_level="AUTOCOMMIT")
    with maintenance.connect() as server:
        server.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        server.execute(text(f"CREATE DATABASE {name}"))
    made = Database(url)
    migrations.upgrade(made)
    with closing(sqlite3.connect(file)) as base, made.engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))  # rows point at rows that come later
        cursor = connection.connection.cursor()
        for table in Base.metadata.sorted_tables:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as out:
                for row in base.execute(f'SELECT {names} FROM "{table.name}"'):
                    out.write_row([None if value is None else str(value) for value in row])
            if "id" in table.columns:
                last = f"setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), max(id))"
                connection.execute(text(f'SELECT {last} FROM "{table.name}"'))
    made.dispose()
    return url
