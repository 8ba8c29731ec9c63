"""Which stretches of a comment become mentions: each suggestion, and each complaint sentence that holds none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from surveyapp.listening.effective import Effective
from surveyapp.models import Mention


class Span(NamedTuple):
    """A stretch of a comment, in code points, and what it is."""

    start: int
    end: int
    kind: str


def wanted(body: dict[str, Any], said: Effective) -> list[Span]:
    """Return what should be mentioned, in the order of the text, none twice. People's corrections have been laid over `said`."""
    asked = [(each["start"], each["end"]) for each in body.get("suggestions", ())]
    found: list[Span] = []
    for sentence in said.sentences:
        if sentence["kind"] not in {"suggestion", "complaint"}:
            continue
        inside = [(start, end) for start, end in asked if start < sentence["end"] and sentence["start"] < end]
        if sentence["kind"] == "suggestion" and inside:
            found += [Span(start, end, "suggestion") for start, end in inside]
        else:
            found.append(Span(sentence["start"], sentence["end"], sentence["kind"]))
    covered = [(sentence["start"], sentence["end"]) for sentence in said.sentences]
    found += [Span(s, e, "suggestion") for s, e in asked if not any(s < end and start < e for start, end in covered)]
    return sorted(set(found))


def placed_by_people(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that somebody touched, which no re-analysis may move, drop or double."""
    return [each for each in mentions if each.by is not None or each.customer_says or each.state == "dismissed"]


def free(spans: Iterable[Span], taken: Sequence[Mention]) -> list[Span]:
    """Return the spans that overlap none of the mentions."""
    return [span for span in spans if not any(span.start < each.end and each.start < span.end for each in taken)]
