"""No comment is lost and none is put in another's mouth, however untidy the file; and what nobody can decide is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from surveyapp import create_app
from surveyapp.db import UNDATED, Database
from surveyapp.errors import Invalid
from surveyapp.importing import feedback, mapping
from surveyapp.importing.dates import Column
from surveyapp.importing.feedback import Report
from surveyapp.models import Comment, Response
from tests.support import make

WIDE: dict[str, Any] = {
    "source": "cards", "shape": "wide", "service": ["Branch"], "date": {"column": "Day", "formats": ["%d/%m/%Y"]},
    "rating": {"column": "Stars", "low": 1, "high": 5}, "comments": [{"column": "Say", "purpose": "suggestion"}],
}  # fmt: skip
LONG: dict[str, Any] = {
    "source": "wards", "shape": "long", "key": ["Who"], "date": {"column": "Day", "formats": ["%d/%m/%Y", "%Y-%m-%d"]},
    "rating": {"column": "Stars", "low": 1, "high": 5, "none": ["7"]},
    "question": "Question", "answer": "Answer", "questions": {"Good?": "experience", "Better?": "suggestion"},
}  # fmt: skip
CARDS = "Branch,Day,Stars,Say\n"
WARDS = "Who,Day,Stars,Question,Answer\n"


@pytest.fixture(autouse=True)
def house(database: Database) -> None:
    """A set-up installation."""
    with database.write() as session:
        make.organisation(session)
        make.root(session)


def run(database: Database, tmp_path: Path, text: str | bytes, given: dict[str, Any]) -> Report:
    """Import a made file."""
    file = tmp_path / "feedback.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with database.write() as session:
        return feedback.run(session, file, mapping.of(given))


def words(database: Database) -> list[str]:
    """Every comment that is stored."""
    with database.read() as session:
        return sorted(session.scalars(select(Comment.text)))


def test_two_customers_under_one_key_are_named_and_neither_is_dropped_as_there_already(
    database: Database, tmp_path: Path
) -> None:
    text = "Id," + CARDS + "7,A,25/12/2021,4,More chairs\n7,A,25/12/2021,2,More tea\n8,A,25/12/2021,3,Music\n"
    report = run(database, tmp_path, text, WIDE | {"key": ["Id"]})
    assert (report.rows_stored, report.rows_there_already, report.rows_refused) == (1, 0, 2)
    assert report.refused[0] == (2, "rows of respondent “7” disagree about rating: “4” and “2”")
    assert words(database) == ["Music"]


def test_a_row_that_stands_twice_is_one_response(database: Database, tmp_path: Path) -> None:
    report = run(database, tmp_path, "Id," + CARDS + "7,A,25/12/2021,4,Tea\n" * 2, WIDE | {"key": ["Id"]})
    assert (report.rows_stored, report.responses_stored) == (2, 1)
    assert words(database) == ["Tea"]


def test_rows_of_one_key_in_a_wide_file_are_not_pieced_together(database: Database, tmp_path: Path) -> None:
    text = "Id," + CARDS + "7,A,25/12/2021,4,Tea\n7,A,25/12/2021,4,\n"
    assert run(database, tmp_path, text, WIDE | {"key": ["Id"]}).rows_refused == 2


def test_rows_without_a_key_are_not_taken_for_one_person(database: Database, tmp_path: Path) -> None:
    text = (
        WARDS + ",25/12/2021,4,Good?,Kind staff\n,25/12/2021,4,Better?,Somebody else's tea\n1,25/12/2021,4,Good?,Warm\n"
    )
    report = run(database, tmp_path, text, LONG)
    assert report.refused == [(line, "no value in the key column “Who”") for line in (2, 3)]
    assert words(database) == ["Warm"]


def test_a_mended_mapping_brings_in_what_was_refused(database: Database, tmp_path: Path) -> None:
    """Had the first answer been stored alone, the second import would have said "there already", and lost the other."""
    text = WARDS + "1,25/12/2021,4,Good?,Kind staff\n1,25/12/2021,4,Else?,A ramp\n2,25/12/2021,4,Good?,Warm\n"
    first = run(database, tmp_path, text, LONG)
    assert first.refused == [
        (2, "belongs to the respondent of line 3, which is refused"),
        (3, "the mapping knows no question “Else?”"),
    ]
    mended = LONG | {"questions": LONG["questions"] | {"Else?": "suggestion"}}
    assert run(database, tmp_path, text, mended).comments_stored == 2
    assert words(database) == ["A ramp", "Kind staff", "Warm"]


def test_one_day_in_two_formats_or_a_cell_left_empty_is_no_disagreement(database: Database, tmp_path: Path) -> None:
    text = WARDS + (
        "1,25/12/2021,4,Good?,Kind\n1,2021-12-25,4,Better?,Chairs\n2,,4,GOOD?,Warm\n2,26/12/2021,,Better?,Tea\n"
        "3,27/12/2021,7,Good?,Quiet\n3,27/12/2021,3,Better?,Music\n"
    )
    report = run(database, tmp_path, text, LONG)
    assert (report.responses_stored, report.comments_stored, report.rows_refused) == (2, 4, 2)
    with database.read() as session:
        days = list(session.scalars(select(Response.day).order_by(Response.id)))
    assert days == [date(2021, 12, 25), date(2021, 12, 26)]
    assert report.refused[0][1] == "rows of respondent “3” disagree about rating: “7” and “3”", (
        "a code is an answer too"
    )


def test_no_words_are_cut_off_by_a_comma_too_many(database: Database, tmp_path: Path) -> None:
    text = CARDS + "A,25/12/2021,4,More chairs, and tea\nA,25/12/2021,4\nA,25/12/2021,4,Music,,\n"
    report = run(database, tmp_path, text, WIDE)
    assert report.refused == [(2, "has 5 cells where the heading has 4")]
    assert (report.responses_stored, words(database)) == (2, ["Music"])


@pytest.mark.parametrize(("cell", "reason"), [
    ("²", "“²” is not one of 1 to 5"), ("٣", "“٣” is not"), ("-3", "“-3” is not"), ("4.5", "“4.5” is not"), ("five", "“five” is not"),
])  # fmt: skip
def test_odd_ratings_are_named(database: Database, tmp_path: Path, cell: str, reason: str) -> None:
    report = run(database, tmp_path, CARDS + f"A,25/12/2021,{cell},Tea\nA,25/12/2021,4.0,Chairs\n", WIDE)
    assert reason in report.refused[0][1]
    assert words(database) == ["Chairs"]


def test_did_not_answer_is_no_answer_in_every_column(database: Database, tmp_path: Path) -> None:
    text = CARDS + "A,Did not answer,did\u00a0not answer,Tea\nA,25/12/2021,4,Did not answer\n"
    report = run(database, tmp_path, text, WIDE)
    assert (report.responses_stored, report.undated, words(database)) == (2, 1, ["Tea"])
    with database.read() as session:
        assert session.scalars(select(Response.day).order_by(Response.id)).first() == UNDATED


def test_a_date_in_the_future_and_a_name_too_long_are_refused(database: Database, tmp_path: Path) -> None:
    text = CARDS + f"A,25/12/2999,4,Tea\n{'B' * 121},25/12/2021,4,Chairs\n{'C' * 120},25/12/2021,4,Music\n"
    reasons = dict(run(database, tmp_path, text, WIDE).refused)
    assert "lies in the future" in reasons[2]
    assert "121 characters, and 120 fit" in reasons[3]
    assert words(database) == ["Music"]


def test_a_column_against_the_mapping_is_refused_and_one_slip_is_not() -> None:
    """Month first under a mapping of day first would store the 6th of May as the 5th of June."""
    with pytest.raises(Invalid, match=r"05/20/2021.*no row proves"):
        Column(["05/20/2021", "05/06/2021"], ["%d/%m/%Y"])
    column = Column(["05/20/2021", "05/06/2021", "25/06/2021"], ["%d/%m/%Y"])
    assert (column.day("05/06/2021"), column.day("05/20/2021")) == (date(2021, 6, 5), None)


@pytest.mark.parametrize(("content", "change", "message"), [
    ((CARDS + "Café,25/12/2021,4,Don’t close\n").encode(), {"encoding": "cp1252"}, "is UTF-8, not cp1252"),
    (b"Branch,Day,Stars,Say,Say\nA,25/12/2021,4,Chairs,Tea\n", {}, "two columns “Say”"),
    (CARDS.encode() + b"A,25/12/2021,4,Cha\0irs\n", {}, "NUL on line 2"),
    (b"x" * 2_000_000, {}, "field larger than"),
    ((CARDS + "A,25/12/2021,4,Tea\n").encode("utf-16"), {}, "is not utf-8"),
])  # fmt: skip
def test_what_is_wrong_as_a_whole_is_refused_as_a_whole(
    database: Database, tmp_path: Path, content: bytes, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(Invalid, match=message):
        run(database, tmp_path, content, WIDE | change)
    assert words(database) == []


def test_cp1252_that_is_cp1252_is_read(database: Database, tmp_path: Path) -> None:
    run(database, tmp_path, (CARDS + "Café,25/12/2021,4,Don’t close\n").encode("cp1252"), WIDE | {"encoding": "cp1252"})
    assert words(database) == ["Don’t close"]


def test_a_folder_for_a_file(database: Database, tmp_path: Path) -> None:
    with database.write() as session, pytest.raises(Invalid, match="cannot be read"):
        feedback.run(session, tmp_path, mapping.of(WIDE))


def test_the_command_hears_at_once_and_minds_the_size(settings: dict[str, Any], tmp_path: Path) -> None:
    examples = Path(__file__).parents[3] / "examples"
    file, known = examples / "counter.csv", ["--mapping", str(examples / "counter.mapping.json")]
    app = create_app(settings)
    done = app.test_cli_runner().invoke(args=["import-feedback", str(file), *known, "--analyse"])
    assert "4 responses analysed." in done.output
    app.config["IMPORT_LIMIT"] = 100
    large = app.test_cli_runner().invoke(args=["import-feedback", str(file), *known])
    assert large.exit_code == 1
    assert "larger than 100 bytes: import it in parts. Nothing was stored." in large.output
    app.extensions["heed_database"].dispose()
