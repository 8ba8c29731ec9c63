"""Between a question's form and its settings and texts: scales, options and limits as a builder types them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from surveyapp.errors import Invalid
from surveyapp.models import Question
from surveyapp.questions import KINDS, asked_of
from surveyapp.questions.rating import SCALES, names


def as_typed(question: Question, language: str) -> dict[str, Any]:
    """Return a question as its form shows it."""
    asked = asked_of(question, language)
    return {
        "label": asked.label,
        "help": asked.help,
        "purpose": question.purpose or "",
        "required": question.required,
        "scale": f"{asked.low}-{asked.high}",
        "reversed": asked.reversed,
        "points": "\n".join(name for _, name in asked.points),
        "options": "\n".join(label for _, label in asked.options),
        "limit": asked.limit,
        "may_quote": asked.may_quote,
    }


def understood(question: Question, language: str, typed: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the settings and texts that a filled-in form means for a question. Raises Invalid for more names than points."""
    settings: dict[str, Any] = {}
    texts: dict[str, Any] = {"label": typed["label"].strip(), "help": (typed.get("help") or "").strip()}
    parts = KINDS[question.kind].parts
    if "scale" in parts:
        low, high = next(scale for scale in SCALES if f"{scale[0]}-{scale[1]}" == typed["scale"])
        settings |= {"low": low, "high": high, "reversed": bool(typed["reversed"])}
        texts["points"] = _points(question, language, low, high, lines(typed["points"]))
    if "options" in parts:
        keys, labels = _options(asked_of(question, language).options, lines(typed["options"]))
        settings["options"], texts["options"] = keys, labels
    if "limit" in parts:
        settings["limit"] = typed["limit"] if typed["limit"] is not None else KINDS[question.kind].draft()[0]["limit"]
    if "quote" in parts:
        settings["may_quote"] = bool(typed.get("may_quote"))
    return settings, texts


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


def _points(question: Question, language: str, low: int, high: int, named: list[str]) -> dict[str, str]:
    asked = asked_of(question, language)
    left_alone = named == lines("\n".join(name for _, name in asked.points))
    if left_alone and (low, high) != (asked.low, asked.high):
        return names(low, high)
    values = range(low, high + 1)
    if len(named) > len(values):
        raise Invalid(
            f"There are {len(named)} names for {len(values)} points: one a line, lowest first.", field="points"
        )
    return {str(value): name for value, name in zip(values, named, strict=False)}


def _options(before: Sequence[tuple[str, str]], labels: list[str]) -> tuple[list[str], dict[str, str]]:
    """Give each label its key. An option keeps its key by its words, or by its place when none came or went."""
    by_label = {label: key for key, label in before}
    same_length = len(labels) == len(before)
    taken = {by_label[label] for label in labels if label in by_label}
    keys: list[str] = []
    for place, label in enumerate(labels):
        key = by_label.get(label)
        if key is None and same_length and before[place][0] not in taken:
            key = before[place][0]
        if key is None or key in keys:
            key = _new_key({*keys, *(old for old, _ in before)})
        keys.append(key)
    return keys, dict(zip(keys, labels, strict=True))


def _new_key(used: set[str]) -> str:
    return next(str(number) for number in range(1, 10_000) if str(number) not in used)
