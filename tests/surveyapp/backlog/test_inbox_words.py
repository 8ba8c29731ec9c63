"""The reason for a proposal names only words of the customer whose comment it is."""

from __future__ import annotations

import pytest

from surveyapp.backlog.inbox_items import own_words


@pytest.mark.parametrize(("quote", "stems", "said"), [
    ("You promised someone would call back", ["promis", "call", "someon", "back"], ("promised", "call", "someone", "back")),
    ("Spend the MONEY on a lift", ["monei", "spend"], ("MONEY", "Spend")),
    ("More chairs", ["chair", "robinson"], ("chairs",)),  # a name out of somebody else's comment
    ("A warm pool", ["asham"], ()),
    ("It's the children's class", ["children", "class"], ("children's", "class")),
    ("Chairs and chairs", ["chair", "chair"], ("Chairs",)),
    ("", ["chair"], ()),
    ("No words at all", ["", "n"], ("No",)),
])  # fmt: skip
def test_own_words(quote: str, stems: list[str], said: tuple[str, ...]) -> None:
    """As this customer wrote them, once each, in the order of the reason; nobody else's."""
    assert own_words(quote, stems) == said


@pytest.mark.parametrize(("names", "said"), [
    ([], ""), (["Ben"], "Ben is on this one"), (["Ben", "Cara"], "Ben and Cara are on this one"),
    (["Ben", "Cara", "Dan"], "Ben, Cara and Dan are on this one"),
])  # fmt: skip
def test_who_is_on_this_one(app, names: list[str], said: str) -> None:
    """One name, two, or several."""
    with app.test_request_context():
        assert app.jinja_env.filters["on_this_one"](names) == said
