"""From rows to responses: a row each (wide), or the rows of one respondent joined by the key columns (long)."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from surveyapp.importing.mapping import Mapping, folded
from surveyapp.importing.table import Row

NAME_LIMIT = 120
Day = Callable[[str], datetime.date | None]


@dataclass(slots=True)
class Record:
    """One response of a file: the lines it stands on, its cells as text, and what makes it one and the same at the next import."""

    lines: list[int]
    service: tuple[str, ...]
    date: str
    rating: str
    segments: dict[str, str]
    comments: dict[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    identity: str = ""
    refused: str = ""


def parts(rows: Iterable[Row], mapping: Mapping) -> Iterator[Record]:
    """Yield what each row says, in the order of the file; `refused` says why one cannot be stored."""
    for row in rows:
        record = _common(row, mapping)
        if mapping.long:
            _long(row, mapping, record)
        else:
            _wide(row, mapping, record)
        yield record


def joined(found: Iterable[Record], mapping: Mapping, day: Day) -> Iterator[Record]:
    """Yield every response of a file in the order of its first line, with its identity; `day` reads a date of the column."""
    if mapping.key:
        by_key: dict[str, list[Record]] = defaultdict(list)
        for part in found:  # rows without a key are refused, each alone: nobody knows whose they are
            by_key[part.identity or f"line {part.lines[0]}"].append(part)
        for group in by_key.values():
            yield from _join(group, mapping, day)
        return
    ordinals: Counter[str] = Counter()
    for record in found:
        content = _hash(*record.service, record.date, record.rating, *_flat(record.segments), *_flat(record.comments))
        ordinals[content] += 1
        record.identity = _hash(content, str(ordinals[content]))
        yield record


def _wide(row: Row, mapping: Mapping, record: Record) -> None:
    for column in mapping.comments:
        if text := answer(row.cells[column], mapping):
            record.comments[column] = text


def _long(row: Row, mapping: Mapping, record: Record) -> None:
    asked = folded(row.cells[mapping.question or ""])
    if text := answer(row.cells[mapping.answer or ""], mapping):
        if asked.lower() in mapping.comments:
            record.comments[asked.lower()] = text
        else:
            record.refused = record.refused or f"the mapping knows no question “{asked[:80]}”"


def _join(group: list[Record], mapping: Mapping, day: Day) -> Iterator[Record]:
    """Join the rows of one respondent, or refuse all of them: what is stored in part would be "there already" once it is mended."""
    if len(group) == 1:
        yield group[0]
        return
    bad = next((part for part in group if part.refused), None)
    if bad is not None:
        for part in group:
            part.refused = part.refused or f"belongs to the respondent of line {bad.lines[0]}, which is refused"
        yield from group
        return
    whole = group[0]
    whole.refused = _clash(group, mapping, day)
    for part in group[1:]:
        whole.lines += part.lines
        whole.service, whole.date = whole.service or part.service, whole.date or part.date
        whole.rating = whole.rating or part.rating
        whole.segments = part.segments | whole.segments
        whole.comments = part.comments | whole.comments
    yield whole


def _clash(group: list[Record], mapping: Mapping, day: Day) -> str:
    """Say what the rows of one respondent disagree about, or ""; an empty cell contradicts nothing."""
    whose = f"respondent “{', '.join(group[0].key)[:80]}”"
    said = {
        "service": [" > ".join(part.service) for part in group],
        "date": [str(day(part.date) or part.date) for part in group],
        "rating": [part.rating for part in group],
    }
    said |= {column: [part.segments.get(column, "") for part in group] for column in mapping.segments}
    for name, values in said.items():
        different = list(dict.fromkeys(value for value in values if value))
        if len(different) > 1:
            return f"rows of {whose} disagree about {name}: {' and '.join(f'“{value[:40]}”' for value in different)}"
    for name in mapping.comments:
        texts = {part.comments.get(name, "") for part in group}
        if len(texts if not mapping.long else texts - {""}) > 1:
            return f"two different answers of {whose} to “{mapping.comments[name][1][:80]}”"
    return ""


def _common(row: Row, mapping: Mapping) -> Record:
    cells = row.cells
    key = tuple(folded(cells[name]) for name in mapping.key)
    service = tuple(name for name in (folded(cells[each]) for each in mapping.service) if name)
    return Record(
        lines=[row.line],
        service=service,
        date=folded(cells[mapping.date_column]) if mapping.date_column else "",
        rating=_number(folded(cells[mapping.rating.column])) if mapping.rating else "",
        segments={column: text for column in mapping.segments if (text := answer(cells[column], mapping))},
        key=key,
        identity=_hash(*key) if key and all(key) else "",
        refused=row.problem or _unfit(key, service, mapping),
    )


def _unfit(key: tuple[str, ...], service: tuple[str, ...], mapping: Mapping) -> str:
    if not all(key):
        return f"no value in the key column “{mapping.key[key.index('')]}”"
    longest = max(map(len, service), default=0)
    return f"the name of a service has {longest} characters, and {NAME_LIMIT} fit" if longest > NAME_LIMIT else ""


def answer(cell: str, mapping: Mapping) -> str:
    """Return an answer as it was written, or "" where the cell stands for none."""
    return "" if mapping.is_none(cell) else cell.strip()


def _number(text: str) -> str:
    """Return "5" for what spreadsheets make of it: "5.0"."""
    return text[:-2] if text.endswith(".0") else text


def _flat(values: dict[str, str]) -> list[str]:
    return [part for pair in sorted(values.items()) for part in pair]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
