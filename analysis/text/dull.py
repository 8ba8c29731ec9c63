"""Words that are no theme by themselves."""

from __future__ import annotations

from functools import cache
from importlib import resources

from analysis.text.roots import root


@cache
def dull() -> frozenset[str]:
    """Return the roots of words that are no theme: grammar, praise and blame, everyday verbs, time."""
    text = resources.files("analysis.text").joinpath("data", "dull.txt").read_text(encoding="utf-8")
    return frozenset(root(word) for line in text.splitlines() if not line.startswith("#") for word in line.split())
