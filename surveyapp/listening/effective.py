"""A finding as people see it: what the machine said, with every correction laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from surveyapp.models import KIND_BITS, Correction


@dataclass(frozen=True, slots=True)
class Effective:
    """Label, kinds (a set of KIND_BITS), the sentences as corrected, and the theme ids that people chose (None: nobody did)."""

    label: str | None
    kinds: int
    sentences: list[dict[str, Any]]
    theme_ids: list[int] | None


def effective(body: dict[str, Any], corrections: Iterable[Correction]) -> Effective:
    """Lay corrections over a machine's finding. The latest of a kind wins, a colleague's over the customer's."""
    standing = sorted(
        (each for each in corrections if each.undone_at is None), key=lambda each: (each.by is not None, each.id)
    )
    sentences = _sentences(body.get("sentences", []), [each for each in standing if each.field == "kind"])
    label = (body.get("sentiment") or {}).get("label")
    theme_ids = None
    for each in standing:
        if each.field == "sentiment":
            label = each.value
        elif each.field == "themes":
            theme_ids = [int(word) for word in each.value.split(",") if word]
    kinds = 0
    for sentence in sentences:
        kinds |= KIND_BITS[sentence["kind"]]
    return Effective(label, kinds, sentences, theme_ids)


def _sentences(found: Sequence[dict[str, Any]], corrections: Sequence[Correction]) -> list[dict[str, Any]]:
    sentences = [dict(sentence) for sentence in found]
    for correction in corrections:
        start, end = correction.start or 0, correction.end or 0
        for sentence in sentences:
            if sentence["start"] < end and start < sentence["end"]:
                sentence["kind"], sentence["corrected"] = correction.value, True
    return sentences
