"""Writing findings so that nobody's spreadsheet runs them."""

import io

import pytest

from analysis.program.findings import harmless, write_rows


@pytest.mark.parametrize("cell", ["=1+1", "+44 call me", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1+1"])
def test_what_a_spreadsheet_would_run_is_made_harmless(cell):
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "Fine", "5", "-0.512", "+3", "a=b", "- more seats"[2:]])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_rows_are_written_under_a_heading():
    out = io.StringIO(newline="")
    write_rows([{"text": "=1", "label": "neutral"}, {"text": "Good, cheap", "label": "positive"}], out)
    assert out.getvalue() == 'text,label\r\n\'=1,neutral\r\n"Good, cheap",positive\r\n'


def test_no_rows_no_heading():
    out = io.StringIO()
    write_rows([], out)
    assert out.getvalue() == ""
