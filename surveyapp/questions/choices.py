"""Choices: any number of several options."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import LazyString, gettext, lazy_gettext

from surveyapp.questions.asked import Asked
from surveyapp.questions.choice import Choice
from surveyapp.questions.kind import Value, Wrong


class Choices(Choice):
    """Its answer is the keys of the chosen options, each once, in the order in which they are shown."""

    name: ClassVar[str] = "choices"
    label: ClassVar[LazyString] = lazy_gettext("Choice of several")

    def check(self, asked: Asked, value: Value) -> Value:
        """Take any of the options."""
        if not isinstance(value, tuple) or not set(value) <= set(dict(asked.options)):
            raise Wrong(gettext("Choose among the answers shown."))
        return tuple(key for key, _ in asked.options if key in value)
