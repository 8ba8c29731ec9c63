"""The file as rows of named cells, each with the line it begins on; and clear words about what is wrong with a file."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from surveyapp.errors import Invalid
from surveyapp.importing.mapping import Mapping, folded

if TYPE_CHECKING:
    from _csv import Reader

OTHERS = (",", ";", "\t", "|")
ONE_BYTE = frozenset({"cp1252", "latin-1"})
csv.field_size_limit(1_000_000)


@dataclass(frozen=True, slots=True)
class Row:
    """The mapped cells of one row by heading, the line it begins on, and what is wrong with the row itself."""

    line: int
    cells: dict[str, str]
    problem: str = ""


def rows(path: Path, mapping: Mapping) -> Iterator[Row]:
    """Yield every row that is not blank. A row that is too short ends in empty cells; one that is too long names its problem.

    Raises Invalid for a file that is not there, in another encoding, with another delimiter, without a column, or not text.
    """
    encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
    try:
        if mapping.encoding in ONE_BYTE and _is_utf8(path):
            raise Invalid(f'{path.name} is UTF-8, not {mapping.encoding}: take "encoding" out of the mapping.')
        with path.open(encoding=encoding, newline="") as file:
            yield from _rows(csv.reader(_lines(file, path), delimiter=mapping.delimiter, strict=True), mapping, path)
    except FileNotFoundError:
        raise Invalid(f"There is no file {path}.") from None
    except OSError as fault:
        raise Invalid(f"{path} cannot be read: {fault.strerror}.") from None
    except UnicodeError:
        raise Invalid(
            f'{path.name} is not {mapping.encoding}. If it comes from Excel, put "encoding": "cp1252" into the mapping.'
        ) from None
    except csv.Error as fault:
        raise Invalid(
            f"{path.name} is not a CSV file that can be read: {fault}. A quotation mark may be missing."
        ) from None


def _rows(reader: Reader, mapping: Mapping, path: Path) -> Iterator[Row]:
    head: list[str] = next(reader, [])
    places = _places(head, mapping, path)
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            over = any(cell.strip() for cell in cells[len(head) :])
            problem = f"has {len(cells)} cells where the heading has {len(head)}" if over else ""
            named = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
            yield Row(line, named, problem)
        line = reader.line_num + 1


def _lines(file: TextIO, path: Path) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        if "\0" in line:
            raise Invalid(
                f"{path.name} has a NUL on line {number}: it is damaged or no text. Export it as CSV once more."
            )
        yield line


def _is_utf8(path: Path) -> bool:
    """Say whether a file is UTF-8 beyond ASCII: read as a code of one byte a letter it would be garbled, and nobody told."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    beyond_ascii = False
    with path.open("rb") as file:
        try:
            while part := file.read(1_000_000):
                beyond_ascii = beyond_ascii or not part.isascii()
                decoder.decode(part)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return beyond_ascii


def _places(head: list[str], mapping: Mapping, path: Path) -> dict[str, int]:
    found = {folded(name).lower(): place for place, name in reversed(list(enumerate(head)))}
    wanted = mapping.columns()
    missing = [name for name in wanted if folded(name).lower() not in found]
    if missing:
        raise Invalid(_missing(head, missing, mapping, path))
    times = Counter(folded(name).lower() for name in head)
    twice = next((name for name in wanted if times[folded(name).lower()] > 1), None)
    if twice is not None:
        raise Invalid(f"{path.name} has two columns “{twice}”. Give one of them another name in the file's first line.")
    return {name: found[folded(name).lower()] for name in wanted}


def _missing(head: list[str], missing: list[str], mapping: Mapping, path: Path) -> str:
    listed = ", ".join(f"“{name}”" for name in missing)
    seen = ", ".join(f"“{folded(name)[:40]}”" for name in head[:12]) or "nothing"
    said = f"{path.name} has no column {listed}. Its first line has: {seen}."
    better = [other for other in OTHERS if other != mapping.delimiter and len(head) == 1 and head[0].count(other) > 0]
    return (
        f'{said} It looks as if its columns are parted by "{better[0]}": put "delimiter" into the mapping.'
        if better
        else said
    )
