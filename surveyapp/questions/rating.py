"""A rating: one of a row of named points."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import LazyString, gettext, lazy_gettext

from surveyapp.questions.asked import Asked
from surveyapp.questions.kind import Form, Kind, Value, Wrong

SCALES = ((1, 5), (0, 10), (1, 7))
POINTS: dict[tuple[int, int], tuple[LazyString, ...]] = {
    (1, 5): (
        lazy_gettext("very poor"), lazy_gettext("poor"), lazy_gettext("fair"), lazy_gettext("good"),
        lazy_gettext("very good"),
    ),
    (1, 7): (
        lazy_gettext("extremely poor"), lazy_gettext("very poor"), lazy_gettext("poor"), lazy_gettext("fair"),
        lazy_gettext("good"), lazy_gettext("very good"), lazy_gettext("excellent"),
    ),
    (0, 10): (
        lazy_gettext("not at all likely"), lazy_gettext("extremely unlikely"), lazy_gettext("very unlikely"),
        lazy_gettext("unlikely"), lazy_gettext("rather unlikely"), lazy_gettext("neither likely nor unlikely"),
        lazy_gettext("slightly likely"), lazy_gettext("fairly likely"), lazy_gettext("likely"),
        lazy_gettext("very likely"), lazy_gettext("extremely likely"),
    ),
}  # fmt: skip


def names(low: int, high: int) -> dict[str, str]:
    """Return the names that the points of a scale start with."""
    return {str(low + place): str(name) for place, name in enumerate(POINTS[low, high])}


class Rating(Kind):
    """Its answer is a whole number of the scale, kept as given."""

    name: ClassVar[str] = "rating"
    label: ClassVar[LazyString] = lazy_gettext("Rating")
    purposes: ClassVar[frozenset[str]] = frozenset({"csat", "nps", "ces", "value", "expectation", "feeling", "esat"})
    parts: ClassVar[frozenset[str]] = frozenset({"scale"})

    def read(self, asked: Asked, form: Form) -> Value | None:
        """Return the chosen point."""
        given = form.get(asked.field, "").strip()
        if not given:
            return None
        if not (given.isascii() and given.isdigit() and len(given) < 4):
            raise Wrong(gettext("Choose one of the points from %(low)s to %(high)s.", low=asked.low, high=asked.high))
        return self.check(asked, int(given))

    def check(self, asked: Asked, value: Value) -> Value:
        """Take a point of the scale."""
        if isinstance(value, bool) or not isinstance(value, int) or not asked.low <= value <= asked.high:
            raise Wrong(gettext("Choose one of the points from %(low)s to %(high)s.", low=asked.low, high=asked.high))
        return value

    def draft(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Start with one to five."""
        return {"low": 1, "high": 5, "reversed": False}, {"points": names(1, 5)}

    def problems(self, asked: Asked) -> list[str]:
        """Want every point named, once, and would-recommend asked from 0 to 10."""
        found = []
        if (asked.low, asked.high) not in SCALES:
            found.append(gettext("Use a scale of 1 to 5, 1 to 7 or 0 to 10."))
        missing = [str(value) for value, name in asked.points if not name.strip()]
        if missing:
            found.append(gettext("Name every point: %(points)s has no name yet.", points=", ".join(missing)))
        if asked.purpose == "nps" and (asked.low, asked.high) != (0, 10):
            found.append(gettext("Would-recommend is only worked out from 0 to 10: choose that scale."))
        return found
