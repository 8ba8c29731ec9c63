"""What the analysis says of one comment. Offsets are code points into the text exactly as it was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal

Label = Literal["negative", "neutral", "positive"]
Kind = Literal["suggestion", "complaint", "praise", "nothing", "other"]


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Label, score in [-1, 1], calibrated confidence in the label (0 to 1), and whether the text holds both good and bad."""

    label: Label
    score: float
    confidence: float
    mixed: bool = False
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a comment: what kind it is, how sure we are of the kind, and the words that decided it."""

    text: str
    start: int
    end: int
    kind: Kind
    sentiment: Sentiment | None
    confidence: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The customer's own words that ask for something, ready to be quoted."""

    text: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A stretch of text that names or identifies someone: "email", "phone", "card", "account", "name", "staff"."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody praised by name."""

    name: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class UrgentSign:
    """A sentence that somebody should read today: "danger", "self-harm", "abuse", "discrimination", "child", "data leak"."""

    start: int
    end: int
    type: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything the analysis says of one comment. In a language it cannot read, `sentiment` is None and the lists are empty."""

    language: str | None
    sentiment: Sentiment | None
    analyser: str
    sentences: list[Sentence] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    personal: list[PersonalData] = field(default_factory=list)
    people: list[NamedPerson] = field(default_factory=list)
    urgent: list[UrgentSign] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain data, ready for JSON, in the shape of a findings line."""
        return {
            "language": self.language,
            "sentiment": _felt(self.sentiment),
            "analyser": self.analyser,
            "sentences": [_flat(one) | {"sentiment": _felt(one.sentiment)} for one in self.sentences],
            "suggestions": [_flat(one) for one in self.suggestions],
            "themes": self.themes,
            "personal": [_flat(one) for one in self.personal],
            "people": [_flat(one) for one in self.people],
            "urgent": [_flat(one) for one in self.urgent],
        }


def _felt(sentiment: Sentiment | None) -> dict[str, Any] | None:
    """Return a sentiment as plain data."""
    return None if sentiment is None else _flat(sentiment)


def _flat(part: Any) -> dict[str, Any]:
    """Return a part's own fields (dataclasses.asdict deep-copies, and takes far longer)."""
    names, values = _FIELDS[type(part)]
    return dict(zip(names, values(part), strict=True))


_FIELDS: dict[type, tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]] = {
    part: (part.__slots__, attrgetter(*part.__slots__))
    for part in (Sentiment, Sentence, Suggestion, PersonalData, NamedPerson, UrgentSign)
}
