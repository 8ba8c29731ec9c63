"""What was struck out of the index leaves the file too."""

from __future__ import annotations

from sqlalchemy import text

from surveyapp.db import Database
from surveyapp.models import Response
from surveyapp.pipeline.erase import erase
from surveyapp.searching import tidy
from tests.support import make


def held(database: Database, word: str) -> bool:
    """Whether some page of SQLite's index holds the letters of a word."""
    with database.read() as session:
        pages = session.scalars(text("SELECT block FROM comment_words_data")).all()
    return any(word.encode() in bytes(page) for page in pages)


def test_erased_words_leave_the_pages_of_the_index(database: Database) -> None:
    """Struck out at once, gone after the night's merge; what others wrote stays. PostgreSQL's vacuum needs no help."""
    with database.write() as session:
        survey = make.survey(session)
        gone = make.response(session, survey, suggestion="Quillfeather", state="heard").id
        make.response(session, survey, suggestion="Ordinary", state="heard")
    with database.write() as session:
        erase(session, session.get_one(Response, gone))
    if not database.is_sqlite:
        assert tidy.run(database, {}) == {}
        return
    assert tidy.run(database, {})["steps"] >= 2
    assert not held(database, "quillfeather")
    assert held(database, "ordinary")
