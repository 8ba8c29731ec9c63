"""A comment: free text, the customer's own words."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import LazyString, gettext, lazy_gettext

from surveyapp.models import COMMENT_LIMIT
from surveyapp.questions.asked import Asked
from surveyapp.questions.kind import Form, Kind, Quotable, Value, Wrong
from surveyapp.questions.words import clean


class Comment(Kind):
    """Its answer is text of several lines. One that is too long is handed back to be shortened, never cut."""

    name: ClassVar[str] = "comment"
    label: ClassVar[LazyString] = lazy_gettext("Comment")
    purposes: ClassVar[frozenset[str]] = frozenset({"experience", "suggestion"})
    parts: ClassVar[frozenset[str]] = frozenset({"limit", "quote"})

    def read(self, asked: Asked, form: Form) -> Value | None:
        """Return the words, and with them whether we may quote them, where the survey asks that."""
        words = form.get(asked.field, "")
        ticked = asked.may_quote and form.get(f"{asked.field}-quote")
        return self.check(asked, Quotable(words) if ticked else words) or None

    def check(self, asked: Asked, value: Value) -> Value:
        """Take text up to the question's limit."""
        if not isinstance(value, str):
            raise Wrong(gettext("Write text here."))
        text = clean(value)
        if len(text) > asked.limit:
            over = len(text) - asked.limit
            raise Wrong(
                gettext("This holds %(limit)s characters: shorten it by %(over)s.", limit=asked.limit, over=over)
            )
        return Quotable(text) if isinstance(value, Quotable) and asked.may_quote else text

    def draft(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Start with room for some 700 words."""
        return {"limit": 4000}, {}

    def problems(self, asked: Asked) -> list[str]:
        """Want a limit that the database holds."""
        if 1 <= asked.limit <= COMMENT_LIMIT:
            return []
        return [gettext("Let it hold between 1 and %(limit)s characters.", limit=COMMENT_LIMIT)]
