"""CSV that no spreadsheet takes for a formula.

A cell whose text begins with = + - @ (also in full width), a tab, a line's end or NUL is run by spreadsheets, behind leading
white space too. Such text gets an apostrophe in front (CWE-1236; OWASP, "CSV Injection"). Numbers stay numbers, and all text
is quoted, because a spreadsheet that reads semicolons would otherwise cut a cell in two and find a formula in the second half.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

DANGEROUS = frozenset("=+-@\t\r\n\0＝＋－＠")
_BLANK = " \u00a0\u2003\u3000\ufeff\u200b"


def safe(text: str) -> str:
    """Return text that a spreadsheet shows as it is; NUL, which no CSV reader agrees on, is left out."""
    first = text.lstrip(_BLANK)[:1]
    text_without = text.replace("\0", "")
    return f"'{text_without}" if first in DANGEROUS and first else text_without


def cell(value: Any) -> str | int | float:
    """Return a value as a cell: numbers as they are, days and moments in ISO 8601, lists and maps as JSON, text made safe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return safe(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True))


def line(values: Iterable[Any]) -> str:
    """Return one row as a line of CSV, with its line end."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_NONNUMERIC).writerow([cell(value) for value in values])
    return out.getvalue()


def lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield a whole CSV file line by line, for a streamed answer; the first begins with the mark that Excel reads UTF-8 by."""
    yield "\ufeff" + line(header)
    for row in rows:
        yield line(row)
