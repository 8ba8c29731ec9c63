"""A chart's table as a file: CSV that no spreadsheet takes for formulas, and XLSX with real dates and numbers. Same data, same bytes."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

from surveyapp import csv_safe
from surveyapp.trends.charts import Chart
from surveyapp.trends.periods import Stamp

MADE = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""What the file says of when it was made: always the same, or the same data would not give the same bytes."""
WIDEST = 60


def csv(chart: Chart) -> bytes:
    """Return a chart's table as CSV; a period is its first day in ISO 8601."""
    return "".join(csv_safe.lines(chart.head, ([_plain(cell) for cell in row] for row in chart.rows))).encode()


def xlsx(chart: Chart, about: str) -> bytes:
    """Return a chart's table as a workbook: the table on its first sheet, what it is about and how it is known on the second."""
    import xlsxwriter  # noqa: PLC0415 - never on the way to a customer's page

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": chart.question, "created": MADE})
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "d mmm yyyy"})
    sheet = book.add_worksheet("Figures")
    sheet.freeze_panes(1, 1)
    for column, word in enumerate(chart.head):
        sheet.write_string(0, column, str(word), bold)
        cells = [str(row[column]) for row in chart.rows if column < len(row)]
        sheet.set_column(column, column, min(max(map(len, [str(word), *cells])) + 2, WIDEST))
    for number, row in enumerate(chart.rows, 1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, _plain(cell), day)
    notes = book.add_worksheet("About")
    notes.set_column(0, 0, 100)
    for number, words in enumerate((chart.question, about, chart.sentence, *chart.how)):
        notes.write_string(number, 0, str(words))
    book.close()
    return out.getvalue()


def _plain(cell: Any) -> Any:
    return cell.day if isinstance(cell, Stamp) else cell


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    """Write one cell by what it is: text is never taken for a formula, a number or an address."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_string(row, column, str(value)[:32_000])
