"""The mapping: what each column of a file means, checked against mapping.schema.json before anything is read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from surveyapp.errors import Invalid

SCHEMA = Path(__file__).with_name("mapping.schema.json")
NO_ANSWER = frozenset({"", "did not answer"})
"""What means no answer in any file."""


@dataclass(frozen=True, slots=True)
class Rating:
    """The column of a rating, its scale, and the codes that stand for no rating."""

    column: str
    low: int
    high: int
    label: str
    purpose: str = "csat"
    reversed: bool = False
    none: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns mean. `comments` maps a column (wide) or a question's text (long) to purpose and label."""

    source: str
    title: str
    long: bool
    encoding: str
    delimiter: str
    key: tuple[str, ...]
    service: tuple[str, ...]
    date_column: str | None
    date_formats: tuple[str, ...]
    rating: Rating | None
    comments: dict[str, tuple[str | None, str]]
    question: str | None
    answer: str | None
    segments: dict[str, str]
    no_answer: frozenset[str] = field(default=NO_ANSWER)

    def is_none(self, text: str) -> bool:
        """Say whether a cell's text stands for no answer."""
        return folded(text).lower() in self.no_answer

    def rates(self, text: str) -> bool:
        """Say whether a cell of the rating's column holds a rating, right or wrong, and not a code for none."""
        return self.rating is not None and text not in self.rating.none and not self.is_none(text)

    def columns(self) -> list[str]:
        """Return every column that the file must have."""
        named = [
            *self.key,
            *self.service,
            self.date_column,
            self.rating.column if self.rating else None,
            *self.segments,
        ]
        named += [self.question, self.answer] if self.long else list(self.comments)
        return list(dict.fromkeys(name for name in named if name))


def load(path: Path) -> Mapping:
    """Read a mapping. Raises Invalid that names the place in the file and what would be right."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Invalid(f"There is no mapping {path}. See the examples folder for some.") from None
    except (ValueError, OSError) as fault:
        raise Invalid(f"The mapping {path.name} is not JSON: {fault}.") from fault
    return of(given)


def of(given: Any) -> Mapping:
    """Check a mapping against the schema and return it. Raises Invalid that names the field."""
    faults = sorted(_validator().iter_errors(given), key=lambda fault: list(map(str, fault.path)))
    if faults:
        place = ".".join(map(str, faults[0].path)) or "the mapping"
        raise Invalid(f"Mapping, {place}: {faults[0].message}.", field=place)
    date, rating = given.get("date", {}), given.get("rating")
    if given["shape"] == "long":
        comments = {folded(text).lower(): (purpose, text) for text, purpose in given["questions"].items()}
    else:
        comments = {
            each["column"]: (each["purpose"], each.get("label") or each["column"]) for each in given["comments"]
        }
    return Mapping(
        source=given["source"],
        title=given.get("title", given["source"]),
        long=given["shape"] == "long",
        encoding=given.get("encoding", "utf-8"),
        delimiter=given.get("delimiter", ","),
        key=tuple(given.get("key", ())),
        service=tuple(given.get("service", ())),
        date_column=date.get("column"),
        date_formats=tuple(date.get("formats", ())),
        rating=_rating(rating) if rating else None,
        comments=comments,
        question=given.get("question"),
        answer=given.get("answer"),
        segments={each["column"]: each.get("label") or each["column"] for each in given.get("segments", ())},
        no_answer=frozenset(folded(text).lower() for text in given.get("no_answer", ())) | NO_ANSWER,
    )


def _rating(given: dict[str, Any]) -> Rating:
    label = given.get("label") or given["column"]
    none = frozenset({"", *given.get("none", ())})
    return Rating(
        given["column"],
        given["low"],
        given["high"],
        label,
        given.get("purpose", "csat"),
        given.get("reversed", False),
        none,
    )


def folded(text: str) -> str:
    """Return a text with its white space (line ends and non-breaking spaces too) folded, as headings are compared."""
    return " ".join(text.replace("\ufeff", "").split())


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - only an import needs it

    return Draft202012Validator(json.loads(SCHEMA.read_text()))
