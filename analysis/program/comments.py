"""Reading comments to be analysed, a line or a row at a time, with errors that name the line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PURPOSES = ("suggestion", "experience")


class BadInput(Exception):
    """A line that cannot be read; the message says which one and what to do about it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as it came in: its id as given, its text, its question's purpose, and the other columns of its row."""

    id: Any
    text: str
    asked: str | None = None
    row: dict[str, str] = field(default_factory=dict)


def from_lines(lines: Iterable[bytes], asked: str | None = None) -> Iterator[Comment]:
    """Yield the comments of JSON lines {"id", "text", "asked"?}; blank lines are passed over.

    Raises BadInput, naming the line, when one is not UTF-8, not JSON, not an object or has no text.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _comment(_parsed(line, number), number, asked)


def _parsed(line: bytes, number: int) -> dict[str, Any]:
    """Return the object on a line."""
    try:
        given = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput(
            f"Line {number} is not UTF-8 (byte {error.start + 1}). Save the file as UTF-8 and try again."
        ) from None
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"Line {number} is not JSON: {error}. Each line must be one object with an id and a text."
        ) from None
    if not isinstance(given, dict):
        raise BadInput(f'Line {number} is not an object. Write each comment as {{"id": 1, "text": "..."}}.')
    return given


def _comment(given: dict[str, Any], number: int, asked: str | None) -> Comment:
    """Check an object and return its comment; without an id the line's number takes its place."""
    text, purpose = given.get("text"), given.get("asked", asked)
    if not isinstance(text, str):
        raise BadInput(f'Line {number} has no text. Give each line a "text" that is a string.')
    if purpose is not None and purpose not in PURPOSES:
        raise BadInput(f'Line {number}: "asked" is {purpose!r}; it must be "suggestion", "experience" or left out.')
    return Comment(given.get("id", number), text, purpose)


def from_csv(path: Path, column: str, *, asked: str | None, encoding: str = "utf-8-sig") -> Iterator[Comment]:
    """Yield the comments in one column of a CSV file with a heading row; the other columns come along.

    Raises BadInput when the column is not there, the file is not in `encoding`, or a row cannot be read.
    """
    with path.open(encoding=encoding, newline="") as file:
        rows = csv.DictReader(file)
        try:
            if column not in (rows.fieldnames or ()):
                known = ", ".join(repr(name) for name in rows.fieldnames or ())
                raise BadInput(f"{path} has no column {column!r}. Its columns are: {known or 'none'}.")
            for number, row in enumerate(rows, 1):
                cells = {str(name): value or "" for name, value in row.items() if name is not None}
                yield Comment(number, cells[column], asked, cells)
        except UnicodeDecodeError:
            raise BadInput(f"{path} is not in {encoding}. Say what it is in, for example --encoding cp1252.") from None
        except csv.Error as error:
            raise BadInput(f"{path}, line {rows.line_num}: {error}. Check the quotation marks around there.") from None
