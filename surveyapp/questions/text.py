"""A short text: one line, such as a booking number. It is not analysed."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import LazyString, gettext, lazy_gettext

from surveyapp.questions.asked import Asked
from surveyapp.questions.kind import Form, Kind, Value, Wrong
from surveyapp.questions.words import clean_line

LIMIT = 1000


class Text(Kind):
    """Its answer is one line of text."""

    name: ClassVar[str] = "text"
    label: ClassVar[LazyString] = lazy_gettext("Short text")
    parts: ClassVar[frozenset[str]] = frozenset({"limit"})

    def read(self, asked: Asked, form: Form) -> Value | None:
        """Return the line."""
        return self.check(asked, form.get(asked.field, "")) or None

    def check(self, asked: Asked, value: Value) -> Value:
        """Take one line up to the question's limit."""
        if not isinstance(value, str):
            raise Wrong(gettext("Write text here."))
        text = clean_line(value)
        limit = min(asked.limit, LIMIT)
        if len(text) > limit:
            over = len(text) - limit
            raise Wrong(gettext("This holds %(limit)s characters: shorten it by %(over)s.", limit=limit, over=over))
        return text

    def draft(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Start with room for a line."""
        return {"limit": 200}, {}

    def problems(self, asked: Asked) -> list[str]:
        """Want a limit that the database holds."""
        if 1 <= asked.limit <= LIMIT:
            return []
        return [gettext("Let it hold between 1 and %(limit)s characters.", limit=LIMIT)]
