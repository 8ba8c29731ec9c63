"""From rows to responses: a row each (wide), or the rows of one respondent joined by the key columns (long)."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from surveyapp.importing.mapping import Mapping, folded

Row = tuple[int, dict[str, str]]


@dataclass(slots=True)
class Record:
    """One response of a file: the lines it stands on, its cells as text, and what makes it one and the same at the next import."""

    lines: list[int]
    service: tuple[str, ...]
    date: str
    rating: str
    segments: dict[str, str]
    comments: dict[str, str] = field(default_factory=dict)
    identity: str = ""
    refused: str = ""


def records(rows: Iterable[Row], mapping: Mapping) -> Iterator[Record]:
    """Yield every response of a file in the order of its first line; `refused` says why one cannot be stored."""
    found = _joined(rows, mapping) if mapping.long else (_wide(row, mapping) for row in rows)
    ordinals: Counter[str] = Counter()
    for record in found:
        if not mapping.key:
            content = _hash(
                *record.service, record.date, record.rating, *_flat(record.segments), *_flat(record.comments)
            )
            ordinals[content] += 1
            record.identity = _hash(content, str(ordinals[content]))
        yield record


def _wide(row: Row, mapping: Mapping) -> Record:
    record = _common(row, mapping)
    for column in mapping.comments:
        if text := answer(row[1][column], mapping):
            record.comments[column] = text
    return record


def _joined(rows: Iterable[Row], mapping: Mapping) -> Iterator[Record]:
    by_key: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in rows:
        record = _common(row, mapping)
        question = folded(row[1][mapping.question or ""])
        text = answer(row[1][mapping.answer or ""], mapping)
        if question not in mapping.comments and text:
            record.refused = f"the mapping knows no question “{question[:80]}”"
        elif text:
            record.comments[question] = text
        by_key[tuple(folded(row[1][name]) for name in mapping.key)].append(record)
    for parts in by_key.values():
        yield from _join(parts)


def _join(parts: list[Record]) -> Iterator[Record]:
    """Join the rows of one respondent. Where they disagree, nothing is guessed: all of them are refused, and say so."""
    good = [part for part in parts if not part.refused]
    yield from (part for part in parts if part.refused)
    if not good:
        return
    whole = good[0]
    for part in good[1:]:
        if (part.service, part.date, part.rating, part.segments) != (
            whole.service,
            whole.date,
            whole.rating,
            whole.segments,
        ):
            whole.refused = "rows of one respondent disagree about service, date, rating or segment"
        for question, text in part.comments.items():
            if whole.comments.setdefault(question, text) != text:
                whole.refused = f"two different answers of one respondent to “{question[:80]}”"
        whole.lines += part.lines
    yield whole


def _common(row: Row, mapping: Mapping) -> Record:
    line, cells = row
    identity = _hash(*(folded(cells[name]) for name in mapping.key)) if mapping.key else ""
    return Record(
        lines=[line],
        service=tuple(name for name in (folded(cells[each])[:120] for each in mapping.service) if name),
        date=folded(cells[mapping.date_column]) if mapping.date_column else "",
        rating=_number(folded(cells[mapping.rating.column])) if mapping.rating else "",
        segments={column: text for column in mapping.segments if (text := answer(cells[column], mapping))},
        identity=identity,
    )


def answer(cell: str, mapping: Mapping) -> str:
    """Return an answer as it was written, or "" where the cell stands for none."""
    return "" if folded(cell).lower() in mapping.no_answer else cell.strip()


def _number(text: str) -> str:
    """Return "5" for what spreadsheets make of it: "5.0"."""
    return text[:-2] if text.endswith(".0") else text


def _flat(values: dict[str, str]) -> list[str]:
    return [part for pair in sorted(values.items()) for part in pair]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
