"""The file as rows of named cells, each with the line it begins on; and clear words about what is wrong with a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from surveyapp.errors import Invalid
from surveyapp.importing.mapping import Mapping, folded

OTHERS = (",", ";", "\t", "|")
csv.field_size_limit(1_000_000)


def rows(path: Path, mapping: Mapping) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by heading) for every row that is not blank.

    Raises Invalid for a file that is not there, in another encoding, with another delimiter, without a column, or not text.
    """
    encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
    try:
        with path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file, delimiter=mapping.delimiter, strict=True)
            places = _places(next(reader, []), mapping, path)
            line = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
                line = reader.line_num + 1
    except FileNotFoundError:
        raise Invalid(f"There is no file {path}.") from None
    except UnicodeError:
        raise Invalid(
            f'{path.name} is not {mapping.encoding}. If it comes from Excel, put "encoding": "cp1252" into the mapping.'
        ) from None
    except csv.Error as fault:
        raise Invalid(f"{path.name} is not a CSV file that can be read: {fault}.") from None


def _places(head: list[str], mapping: Mapping, path: Path) -> dict[str, int]:
    found = {folded(name).lower(): place for place, name in reversed(list(enumerate(head)))}
    wanted = mapping.columns()
    missing = [name for name in wanted if folded(name).lower() not in found]
    if missing:
        raise Invalid(_missing(head, missing, mapping, path))
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
