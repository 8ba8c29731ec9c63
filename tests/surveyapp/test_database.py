"""What every transaction keeps to, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, StatementError

from surveyapp.db import Database
from surveyapp.models import Comment, Service, Theme
from tests.support import make


def test_a_look_cannot_write(database: Database) -> None:
    """And the next writer, on the same connection, can."""
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"), database.read() as session:
        session.execute(text("UPDATE theme SET name = 'changed'"))
    with database.write() as session:
        make.theme(session, "waiting")
    with database.read() as session:
        assert session.scalars(select(Theme.name)).all() == ["waiting"]


def test_what_raises_leaves_nothing(database: Database) -> None:
    """A unit of work is whole or not at all."""
    with pytest.raises(RuntimeError), database.write() as session:
        make.theme(session, "waiting")
        session.flush()
        raise RuntimeError
    with database.read() as session:
        assert session.scalars(select(Theme.name)).all() == []


def test_a_commit_waits_for_the_disk(database: Database) -> None:
    """Also where the server is set up not to: what a customer is thanked for is stored."""
    with database.read() as session:
        if database.is_sqlite:
            assert session.execute(text("PRAGMA synchronous")).scalar() == 2
        else:
            assert session.execute(text("SHOW synchronous_commit")).scalar() == "on"


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b", "x" * 201])
def test_text_that_one_of_them_cannot_hold_is_refused_by_both(database: Database, name: str) -> None:
    """Before it gets there."""
    with pytest.raises(StatementError, match="text"), database.read() as session:
        session.execute(select(Service).where(Service.name == name))


def test_no_number_is_too_large_for_one_of_them_alone(database: Database) -> None:
    """A comment's id has 64 bits, a theme's 32."""
    with database.read() as session:
        assert session.get(Comment, 2**63 - 1) is None
        assert session.get(Theme, 2**31 - 1) is None
    for table, number in ((Comment, 2**63), (Theme, 2**31)):
        with pytest.raises(StatementError, match="does not fit"), database.read() as session:
            session.get(table, number)
