"""Themes follow the organisation's list, its inflections and what goes with its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.text.themes import ThemeList, default_themes, offered

LIST = [
    {"name": "food", "words": ["food", "pizza", "dish", "menu"]},
    {"name": "price", "words": ["price", "expensive", "cheap", "bill"]},
    {"name": "opening", "words": ["opening hours", "closed"]},
]


@pytest.mark.parametrize(("text", "themes"), [
    ("The pizzas were cold", ["food"]), ("PRICES too high for such dishes", ["food", "price"]), ("Opening-hours are odd", []),
    ("your opening hours are odd", ["opening"]), ("the opening took hours", []), ("", []), ("lovely lasagne", ["food"]), ("Nothing", []),
])  # fmt: skip
def test_matches(text: str, themes: list[str]) -> None:
    """Inflections and related words count; the words of a phrase must stand together."""
    assert ThemeList.from_rows(LIST).match(text) == themes


def test_why_names_the_customers_words() -> None:
    """A lead who asks why reads what decided it."""
    assert ThemeList.from_rows(LIST).why("The lasagne and the bill!") == {"food": ("lasagne",), "price": ("bill",)}


@pytest.mark.parametrize(("rows", "message"), [
    ({}, "themes are a list"), ([{"words": []}], 'theme 1: "name" is missing'), ([{"name": "x", "words": "y"}], r'theme 1 \(x\): "words"'),
])  # fmt: skip
def test_a_wrong_list_is_refused_with_its_row(rows: object, message: str) -> None:
    """The message names the row and the field."""
    with pytest.raises(ValueError, match=message):
        ThemeList.from_rows(rows)


def test_a_file_that_is_no_json(tmp_path: Path) -> None:
    """The file is named."""
    file = tmp_path / "themes.json"
    file.write_text("food: yes")
    with pytest.raises(ValueError, match="not JSON"):
        ThemeList.load(file)
    file.write_text(json.dumps(LIST))
    assert ThemeList.load(file).names == ("food", "price", "opening")


def test_the_starter_list_knows_everyday_services() -> None:
    """Each of its examples is caught by its own theme, or the list would teach the wrong thing."""
    assert default_themes().match("I waited an hour in the queue") == ["Waiting"]
    assert "Access and parking" in default_themes().match("Nowhere to park, and no ramp")


def test_what_no_theme_catches_is_offered() -> None:
    """Words that many comments share are offered with examples."""
    texts = [
        "Where is the trampoline?",
        "The trampoline broke",
        "trampoline please",
        "More trampolines!",
        "trampoline",
        "pizza",
    ]
    found = offered(texts, ThemeList.from_rows(LIST))
    assert (found[0].words, found[0].n) == ("trampoline", 5)
