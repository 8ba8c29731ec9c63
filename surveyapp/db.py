"""The database as the rest of the application sees it: one engine, two kinds of transaction, and types that hold on both databases.

A reading transaction cannot write (SQLite `query_only`, PostgreSQL READ ONLY). A writing transaction on SQLite begins
IMMEDIATE, because a deferred one that reads first fails at once when another writer got in between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Dialect, Engine, Integer, MetaData, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import DateTime, String, Text, TypeDecorator, TypeEngine

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
UNDATED = date(1, 1, 1)
"""The day of what has none. A real value, because a key column cannot be empty; charts over time leave it out."""


UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Base(DeclarativeBase):
    """The base of every table; its naming convention lets migrations name what they change."""

    metadata = MetaData(naming_convention=NAMING)


class UTCTime(TypeDecorator[datetime]):
    """A moment, always aware and in UTC; SQLite would hand it back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back that SQLite drops."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that both databases can hold, no longer than `limit`: no NUL, no lone surrogate, and no silent cut."""

    impl = Text
    cache_ok = True

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Use a bounded column where the bound is short enough to mean something."""
        return dialect.type_descriptor(String(self.limit) if self.limit <= 1000 else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse what one database would store and the other would not."""
        if value is None:
            return None
        if len(value) > self.limit:
            raise ValueError(f"text of {len(value)} characters where {self.limit} fit")
        if UNSTORABLE.search(value):
            raise ValueError("text with a NUL or a lone surrogate; normalise it at the door")
        return value


class Whole(TypeDecorator[int]):
    """A whole number within 32 bits; SQLite would take any."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Refuse what PostgreSQL could not hold."""
        if value is not None and not -(2**31) <= value < 2**31:
            raise ValueError(f"{value} does not fit a whole number")
        return value


class BigId(TypeDecorator[int]):
    """A whole number within 64 bits, for what there are millions of."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """SQLite counts ids up by itself in a column called INTEGER alone."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Refuse what neither database could hold."""
        if value is not None and not -(2**63) <= value < 2**63:
            raise ValueError(f"{value} does not fit a number of 64 bits")
        return value


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


class Database:
    """An engine with its two kinds of session; made once per process by create_app, a command or the worker."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.reader = self.engine.execution_options(heed="read")
        self.writer = self.engine.execution_options(heed="write")
        self._listeners: list[Callable[[Session, Any], None]] = []
        self._sessions = sessionmaker(expire_on_commit=False)

    def session(self, *, write: bool) -> Session:
        """Return a new session whose transactions all read, or all write."""
        return self._sessions(bind=self.writer if write else self.reader)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One unit of work: committed when the block ends, undone if it raises."""
        with self.session(write=True) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A look at one consistent state; any attempt to write fails."""
        with self.session(write=False) as session, session.begin():
            yield session

    def after_flush(self, listener: Callable[[Session, Any], None]) -> None:
        """Call a listener, once however often it is given, after each flush of each session that is made from now on."""
        if (
            listener not in self._listeners
        ):  # kept here: SQLAlchemy's own list goes by addresses, which are given away again
            self._listeners.append(listener)
            event.listen(self._sessions, "after_flush", listener)

    def dispose(self) -> None:
        """Close every pooled connection, as after a fork or at the end of a test."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """Create the engine for SQLite or PostgreSQL with the settings that keep a committed response safe."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() != "postgresql":
        raise ValueError(f"{parsed.get_backend_name()} is not supported: use sqlite:/// or postgresql://")
    engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10)
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Wait for the disk at every commit, where the server is set up not to: what a customer is thanked for is stored."""
    with connection.cursor() as cursor:
        waits = (
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
        )
        cursor.execute(waits)
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    reading, info = connection.get_execution_options().get("heed") == "read", connection.info
    if info.get("reading", False) != reading:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
        info["reading"] = reading
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("heed") == "read":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
