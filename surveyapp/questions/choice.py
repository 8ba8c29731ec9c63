"""A choice: one of several options."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import LazyString, gettext, lazy_gettext

from surveyapp.questions.asked import Asked
from surveyapp.questions.kind import Form, Kind, Value, Wrong

MOST_OPTIONS = 30


class Choice(Kind):
    """Its answer is the key of one option."""

    name: ClassVar[str] = "choice"
    label: ClassVar[LazyString] = lazy_gettext("Choice of one")
    purposes: ClassVar[frozenset[str]] = frozenset({"segment"})
    parts: ClassVar[frozenset[str]] = frozenset({"options"})

    def read(self, asked: Asked, form: Form) -> Value | None:
        """Return the chosen option."""
        given = tuple(key for key in form.getlist(asked.field) if key)
        return self.check(asked, given) if given else None

    def check(self, asked: Asked, value: Value) -> Value:
        """Take exactly one of the options."""
        if not isinstance(value, tuple) or len(value) != 1 or value[0] not in dict(asked.options):
            raise Wrong(gettext("Choose one of the answers."))
        return value

    def draft(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Start with yes and no."""
        return {"options": ["1", "2"]}, {"options": {"1": gettext("Yes"), "2": gettext("No")}}

    def problems(self, asked: Asked) -> list[str]:
        """Want at least two options, each with words of its own."""
        labels = [label.strip().casefold() for _, label in asked.options]
        found = []
        if not 2 <= len(labels) <= MOST_OPTIONS:
            found.append(gettext("Give between 2 and %(most)s answers to choose from.", most=MOST_OPTIONS))
        if not all(labels) or len(set(labels)) < len(labels):
            found.append(gettext("Give every answer words of its own."))
        return found
