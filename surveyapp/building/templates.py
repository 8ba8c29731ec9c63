"""What a new survey starts from: "Service and value", or nothing."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext

from surveyapp.questions import KINDS

NAMES = {
    "service and value": lazy_gettext("Service and value: two ratings, expectations, and two open questions"),
    "nothing": lazy_gettext("Nothing: I write every question myself"),
}


def questions(template: str) -> list[dict[str, Any]]:
    """Return the questions of a template as fields of Question, in the language of whoever builds."""
    return _service_and_value() if template == "service and value" else []


def _service_and_value() -> list[dict[str, Any]]:
    expected = (
        gettext("much worse"), gettext("worse"), gettext("as I expected"), gettext("better"), gettext("much better"),
    )  # fmt: skip
    return [
        _question("rating", "csat", gettext("How was our service?"), required=True),
        _question("rating", "value", gettext("How was the value for your money or time?")),
        _question("rating", "expectation", gettext("Compared with what you expected, it was …"), points=expected),
        _question("comment", "experience", gettext("Tell us about your experience.")),
        _question("comment", "suggestion", gettext("What could we do better?")),
    ]


def _question(
    kind: str, purpose: str, label: str, *, required: bool = False, points: tuple[str, ...] = ()
) -> dict[str, Any]:
    settings, texts = KINDS[kind].draft()
    if points:
        texts |= {"points": {str(value): name for value, name in enumerate(points, start=1)}}
    return {
        "kind": kind,
        "purpose": purpose,
        "required": required,
        "settings": settings,
        "texts": texts | {"label": label},
    }
