"""Writing findings: JSON lines, or the columns of a CSV file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from analysis.program.comments import Comment

if TYPE_CHECKING:
    from analysis.analyser import Analyser
    from analysis.finding import Finding

# How a cell begins that a spreadsheet would run as a formula, the full-width equals sign included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
_BETWEEN = " | "
_WRITTEN = json.JSONEncoder(ensure_ascii=False).encode


def lines(analyser: Analyser, batch: list[Comment]) -> list[str]:
    """Return a JSON line for each comment: its id as given, then its finding."""
    return [_WRITTEN({"id": one.id} | analyser.analyse(one.text, one.asked).as_dict()) + "\n" for one in batch]


def rows(analyser: Analyser, batch: list[Comment]) -> list[dict[str, str]]:
    """Return for each comment its own row followed by the columns of its finding."""
    return [one.row | _columns(analyser.analyse(one.text, one.asked)) for one in batch]


def write_rows(made: Iterable[dict[str, str]], out: IO[str]) -> None:
    """Write rows of the same columns as CSV with a heading; cells that a spreadsheet would run are made harmless."""
    writer = None
    for row in made:
        if writer is None:
            writer = csv.DictWriter(out, [*row])
            writer.writerow({name: harmless(name) for name in row})
        writer.writerow({name: harmless(value) for name, value in row.items()})


def harmless(cell: str) -> str:
    """Return the cell with an apostrophe before it when a spreadsheet might take it for a formula; numbers stay."""
    if not cell.lstrip(" \n").startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return "'" + cell
    return cell


def _columns(found: Finding) -> dict[str, str]:
    """Return a finding as the cells of a row; several values share a cell, apart by a bar."""
    sentiment = found.sentiment
    return {
        "language": found.language or "",
        "sentiment": sentiment.label if sentiment else "",
        "score": f"{sentiment.score:.3f}" if sentiment else "",
        "confidence": f"{sentiment.confidence:.3f}" if sentiment else "",
        "mixed": "yes" if sentiment and sentiment.mixed else "no" if sentiment else "",
        "kinds": _BETWEEN.join(one.kind for one in found.sentences),
        "suggestions": _BETWEEN.join(one.text for one in found.suggestions),
        "themes": _BETWEEN.join(found.themes),
        "people": _BETWEEN.join(one.name for one in found.people),
        "personal": _BETWEEN.join(one.type for one in found.personal),
        "urgent": _BETWEEN.join(one.type for one in found.urgent),
        "analyser": found.analyser,
    }
