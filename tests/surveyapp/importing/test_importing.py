"""Real files are untidy: what can be stored is, what cannot is named with its line, and the sum is right."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from surveyapp import create_app, rollups
from surveyapp.db import UNDATED, Database
from surveyapp.errors import Invalid
from surveyapp.importing import feedback, mapping
from surveyapp.importing.dates import Column
from surveyapp.importing.feedback import Report
from surveyapp.models import Answer, Response, Service
from surveyapp.pipeline.erase import erase
from surveyapp.pipeline.hear import Hearing
from tests.support import make

EXAMPLES = Path(__file__).parents[3] / "examples"
LONG: dict[str, Any] = {
    "source": "wards", "shape": "long", "key": ["Who"], "service": ["Ward"],
    "date": {"column": "Day", "formats": ["%d/%m/%Y", "%Y-%m-%d"]},
    "rating": {"column": "Stars", "low": 1, "high": 5, "reversed": True, "none": ["6", "7"]},
    "question": "Question", "answer": "Answer", "questions": {"What was good?": "experience", "What could be better?": "suggestion"},
    "no_answer": ["Did not answer"],
}  # fmt: skip
HEAD = "Who,Ward,Day,Stars,Question,Answer\n"


def run(
    database: Database, tmp_path: Path, text: str | bytes, given: dict[str, Any] = LONG, *, dry: bool = False
) -> Report:
    """Import a made file."""
    file = tmp_path / "feedback.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with database.session(write=True) as session:
        report = feedback.run(session, file, mapping.of(given), dry=dry)
        session.rollback() if dry else session.commit()
    return report


@pytest.fixture(autouse=True)
def house(database: Database) -> None:
    """A set-up installation."""
    with database.write() as session:
        make.organisation(session)
        make.root(session)


def stored(database: Database) -> list[tuple[str, date, int | None, list[str]]]:
    """What is stored: service, day, rating and comments of each response."""
    with database.read() as session:
        return [
            (
                each.service.name,
                each.day,
                each.answers[0].value if each.answers else None,
                sorted(c.text for c in each.comments),
            )
            for each in session.scalars(select(Response).order_by(Response.id))
        ]


def test_rows_of_one_respondent_become_one_response(database: Database, tmp_path: Path) -> None:
    """Also when they stand apart; an empty answer with a rating is a response without a comment."""
    report = run(database, tmp_path, HEAD + (
        "1,North,02/06/2021,1,What was good?,Kind staff\n"
        "2,South,2021-06-03,6,What was good?,Did not answer\n"
        "1,North,02/06/2021,1,What could be better?,\"More chairs,\nand blankets\"\n"
        "3,South,04/06/2021,5.0,What was good?,\u00a0\n"
        "\n"
        "4,,,2,What could be better?,Nothing\n"
    ))  # fmt: skip
    assert (report.rows_read, report.rows_stored, report.rows_without_answer, report.responses_stored) == (5, 4, 1, 3)
    assert stored(database) == [
        ("North", date(2021, 6, 2), 1, ["Kind staff", "More chairs,\nand blankets"]),
        ("South", date(2021, 6, 4), 5, []),
        ("Harbour Libraries", UNDATED, 2, ["Nothing"]),
    ]


def test_a_second_import_stores_nothing_and_a_longer_file_only_what_is_new(database: Database, tmp_path: Path) -> None:
    """Identity is source and key; what was erased does not come back."""
    first = HEAD + "1,North,02/06/2021,1,What was good?,Kind staff\n"
    assert run(database, tmp_path, first).responses_stored == 1
    again = run(database, tmp_path, first)
    assert (again.rows_stored, again.rows_there_already) == (0, 1)
    longer = run(database, tmp_path, first + "2,North,03/06/2021,2,What was good?,Warm\n")
    assert (longer.rows_stored, longer.rows_there_already) == (1, 1)
    with database.write() as session:
        erase(session, session.scalars(select(Response).order_by(Response.id)).first())
    assert run(database, tmp_path, first).rows_there_already == 1


def test_respondents_whose_rows_disagree_are_named_not_guessed(database: Database, tmp_path: Path) -> None:
    """Both lines are refused, with the reason; others are stored."""
    report = run(database, tmp_path, HEAD + (
        "1,North,02/06/2021,1,What was good?,Kind\n1,North,02/06/2021,4,What could be better?,Chairs\n"
        "2,North,02/06/2021,1,What was good?,Kind\n2,North,02/06/2021,1,What was good?,Rude\n"
        "3,North,02/06/2021,9,What was good?,Fine\n4,North,31/02/2021,1,What was good?,Fine\n5,North,02/06/2021,1,Shoe size?,44\n"
        "6,North,02/06/2021,1,What was good?,Good\n"
    ))  # fmt: skip
    reasons = dict(report.refused)
    assert {line: reasons[line].split()[0] for line in reasons} == {
        2: "rows",
        3: "rows",
        4: "two",
        5: "two",
        6: "the",
        7: "the",
        8: "the",
    }
    assert "“9” is not one of 1 to 5" in reasons[6]
    assert "“31/02/2021” fits none" in reasons[7]
    assert "no question “Shoe size?”" in reasons[8]
    assert (report.rows_read, report.rows_refused, report.rows_stored) == (8, 7, 1)


def test_equal_rows_without_a_key_are_told_apart_by_their_number(database: Database, tmp_path: Path) -> None:
    """Two customers may say the same; the second import still stores neither again."""
    given = {"source": "cards", "shape": "wide", "comments": [{"column": "Say", "purpose": "suggestion"}]}
    text = "Say\nOpen earlier\nOpen earlier\nMore chairs\n"
    assert run(database, tmp_path, text, given).responses_stored == 3
    assert run(database, tmp_path, text, given).responses_stored == 0
    assert run(database, tmp_path, text + "Open earlier\n", given).responses_stored == 1


def test_a_dry_run_says_the_same_and_stores_nothing(database: Database, tmp_path: Path) -> None:
    """No service, no survey, no response is left behind."""
    text = HEAD + "1,North,02/06/2021,1,What was good?,Kind staff\n"
    dry = run(database, tmp_path, text, dry=True)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 0
        assert session.scalar(select(func.count()).select_from(Service)) == 1
    assert run(database, tmp_path, text) == dry


@pytest.mark.parametrize(("texts", "formats", "text", "day"), [
    (["05/06/2021", "25/06/2021"], ["%d/%m/%Y", "%m/%d/%Y"], "05/06/2021", date(2021, 6, 5)),
    (["05/06/2021", "06/25/2021"], ["%d/%m/%Y", "%m/%d/%Y"], "05/06/2021", date(2021, 5, 6)),
    (["05/05/2021"], ["%d/%m/%Y", "%m/%d/%Y"], "05/05/2021", date(2021, 5, 5)),
    (["05/06/2021", "2021-01-31"], ["%d/%m/%Y", "%Y-%m-%d"], "2021-01-31", date(2021, 1, 31)),
    (["soon"], ["%d/%m/%Y"], "soon", None),
    (["01/01/0201"], ["%d/%m/%Y"], "01/01/0201", None),
])  # fmt: skip
def test_a_column_decides_its_ambiguous_dates(
    texts: list[str], formats: list[str], text: str, day: date | None
) -> None:
    """By the rows that only one format can read."""
    assert Column(texts, formats).day(text) == day


@pytest.mark.parametrize("texts", [["05/06/2021"], ["05/06/2021", "25/06/2021", "06/25/2021"]])
def test_what_no_row_decides_is_refused(texts: list[str]) -> None:
    """Nobody guesses, row by row."""
    with pytest.raises(Invalid, match="can be read in 2 ways"):
        Column(texts, ["%d/%m/%Y", "%m/%d/%Y"])


@pytest.mark.parametrize(("content", "message"), [
    (b"", "has no column “Who”"),
    (HEAD.replace(",", ";").encode() + b"1;N;02/06/2021;1;What was good?;x\n", 'parted by ";"'),
    (HEAD.replace("Day", "Date").encode(), "has no column “Day”. Its first line has: “Who”, “Ward”, “Date”"),
    (HEAD.encode() + b"1,N,02/06/2021,1,What was good?,caf\xe9\n", "is not utf-8"),
    (HEAD.encode() + b'1,N,02/06/2021,1,What was good?,"never closed\n', "A quotation mark may be missing"),
    (HEAD.encode() + b"1,N,02/06/2021,1,What was good?,\0\n", "has a NUL on line 2"),
    (b"\x89PNG\r\n" + bytes(range(256)) * 4000, "is not utf-8"),
])  # fmt: skip
def test_a_bad_file_is_refused_whole(database: Database, tmp_path: Path, content: bytes, message: str) -> None:
    """The message says what is wrong and what would be right; nothing is stored."""
    with pytest.raises(Invalid, match=message):
        run(database, tmp_path, content)
    assert stored(database) == []


@pytest.mark.parametrize(("change", "message"), [
    ({"shape": "round"}, "shape"), ({"colour": "red"}, "colour"), ({"key": "Who"}, "key"), ({"rating": {"column": "Stars"}}, "low"),
    ({"questions": {"x": "anything"}}, "questions"),
])  # fmt: skip
def test_a_wrong_mapping_names_its_field(change: dict[str, Any], message: str) -> None:
    """The schema says what is wrong and where."""
    with pytest.raises(Invalid, match=message):
        mapping.of(LONG | change)


def test_headings_with_line_ends_and_non_breaking_spaces(database: Database, tmp_path: Path) -> None:
    """As published files have them."""
    text = '\ufeffWho,Ward,Day,Stars,"Question\n",\u00a0Answer\n1,North,02/06/2021,1,What\u00a0was good?,Kind\n'
    assert run(database, tmp_path, text).comments_stored == 1


def test_what_is_imported_is_heard_and_undated_words_stand_in_no_month(database: Database, tmp_path: Path) -> None:
    """Undated rows are in the backlog and out of every chart over time."""
    run(database, tmp_path, HEAD + "1,North,,1,What could be better?,Please open earlier.\n")
    Hearing(database, holder="a").hear_all()
    with database.read() as session:
        assert rollups.differences(session) == {}
        assert session.scalar(select(Response.day)) == UNDATED
        assert session.scalar(select(Answer.value)) == 1


@pytest.mark.parametrize("name", [file.name for file in sorted(EXAMPLES.glob("*.mapping.json"))])
def test_the_examples_are_right(name: str) -> None:
    """What we ship as an example passes the schema."""
    assert mapping.load(EXAMPLES / name).columns()


def test_the_command_reports_and_refuses(settings: dict[str, Any], tmp_path: Path) -> None:
    """From the command line: the example file, then a file that is not there."""
    app = create_app(settings)
    with app.extensions["heed_database"].write() as session:
        make.root(session)
    words = ["import-feedback", str(EXAMPLES / "counter.csv"), "--mapping", str(EXAMPLES / "counter.mapping.json")]
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 0, done.output
    assert "4 rows stored, as 4 responses with 4 comments" in " ".join(done.output.split())
    missing = app.test_cli_runner().invoke(args=["import-feedback", "nowhere.csv", *words[2:]])
    assert missing.exit_code == 1
    assert "There is no file nowhere.csv. Nothing was stored." in missing.output
    (tmp_path / "bad.json").write_text(json.dumps({"source": "x"}))
    bad = app.test_cli_runner().invoke(args=[*words[:3], str(tmp_path / "bad.json")])
    assert "'shape' is a required property" in bad.output
    app.extensions["heed_database"].dispose()
