"""What every kind of question can do. A new kind is a subclass in a file of its own, a row in KINDS and a partial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import LazyString
from werkzeug.datastructures import MultiDict

from surveyapp.questions.asked import Asked

Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Reach:
    """How a customer may be reached; kept only with their consent."""

    name: str = ""
    email: str = ""
    phone: str = ""


class Quotable(str):
    """A comment's words whose writer ticked that we may quote them, without a name."""

    __slots__ = ()


Value = int | str | tuple[str, ...] | Reach
"""A rating's value; a comment's or a short text's words; the chosen options; or a contact."""


class Wrong(ValueError):
    """An answer that cannot be kept as it is; the message tells the customer what to change."""


class Kind:
    """One kind of question: how it is read from a form, what is right for it, and which purposes it can serve."""

    name: ClassVar[str]
    label: ClassVar[LazyString]
    purposes: ClassVar[frozenset[str]] = frozenset()
    parts: ClassVar[frozenset[str]] = frozenset()
    """What a builder sets beside the words: "scale", "options", "limit"."""

    @property
    def partial(self) -> str:
        """The template that shows the question."""
        return f"questions/{self.name}.html"

    def read(self, asked: Asked, form: Form) -> Value | None:
        """Return the answer in a posted form, or None where the customer gave none. Raises Wrong."""
        raise NotImplementedError

    def check(self, asked: Asked, value: Value) -> Value:
        """Return a typed answer (from a form, a program or an import) normalised for storing. Raises Wrong."""
        raise NotImplementedError

    def draft(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the settings and texts with which a new question of this kind starts."""
        return {}, {}

    def problems(self, asked: Asked) -> list[str]:
        """Say what stands against publishing the question; each line says what would be right."""
        return []
