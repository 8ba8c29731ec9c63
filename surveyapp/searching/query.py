"""A search as the databases understand it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """Groups of words: a text matches that holds at least one word of each. There is at least one group.

    A word that ends in "*" stands for every word that begins like it. Otherwise words are letters and digits only, so that
    nothing in them is an operator.
    """

    groups: tuple[tuple[str, ...], ...]

    def fts5(self) -> str:
        """Say it to SQLite."""
        return " AND ".join("(" + " OR ".join(_term(word, '"', "*") for word in group) + ")" for group in self.groups)

    def tsquery(self) -> str:
        """Say it to PostgreSQL."""
        return " & ".join("(" + " | ".join(_term(word, "'", ":*") for word in group) + ")" for group in self.groups)


def _term(word: str, quote: str, beginning: str) -> str:
    return f"{quote}{word.rstrip('*')}{quote}{beginning if word.endswith('*') else ''}"
