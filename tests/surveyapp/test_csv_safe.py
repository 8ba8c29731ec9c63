"""CSV as a spreadsheet reads it: no text is a formula, numbers stay numbers, and nothing else changes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.csv_safe import DANGEROUS, cell, line, lines


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "  =1",
        "\ufeff=1",
        "\u00a0=1",
    ],
)
def test_what_would_run_is_text(formula):
    assert cell(formula) == "'" + formula.replace("\0", "")


@pytest.mark.parametrize(
    "words", ["", "Please add a ramp.", "a=b", "1-2", "ann@example.org", "«¡Hola!»", "'quoted'", "🙂 = happy"]
)
def test_ordinary_words_stay_as_they_are(words):
    assert cell(words) == words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-5, -5), (0.25, 0.25), (None, ""), (True, "yes"), (date(2026, 5, 4), "2026-05-04"),
        (datetime(2026, 5, 4, 12, tzinfo=UTC), "2026-05-04T12:00:00+00:00"), (["=a", 1], '["=a", 1]'),
    ],
)  # fmt: skip
def test_values_have_one_form(value, expected):
    assert cell(value) == expected


def test_a_semicolon_cannot_cut_a_cell_in_two():
    assert line(["a;=1+1", 3]) == '"a;=1+1",3\r\n'


def test_a_file_begins_with_the_mark_and_its_header():
    assert list(lines(["id", "text"], [[1, "=x"]])) == ['\ufeff"id","text"\r\n', '1,"\'=x"\r\n']


@given(st.text())
def test_no_text_at_all_comes_out_dangerous_and_none_is_lost(text):
    read = next(csv.reader(io.StringIO(line([text]), newline="")), [""])[0]
    assert read.lstrip()[:1] not in DANGEROUS or not read.strip()
    assert read.removeprefix("'") == text.replace("\0", "").removeprefix("'")
