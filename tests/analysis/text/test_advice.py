"""Advice to other customers, and what only looks like it."""

import pytest

from analysis.text.advice import advises


@pytest.mark.parametrize(
    "text",
    ["Take earplugs.", "If you drive, book a space first.", "I would recommend the lake room.", "Make sure the window faces the court.",
     "You can walk to the station.", "Don't expect a view.", "Well worth a visit."],
)  # fmt: skip
def test_what_speaks_to_any_reader_advises(text):
    assert advises(text)


@pytest.mark.parametrize(
    "text",
    ["Thank you for everything.", "The bed was hard.", "You were all so kind.", "Your staff are great.", "The hotel was recommended to us.",
     "We stayed three nights.", ""],
)  # fmt: skip
def test_thanks_and_stories_do_not(text):
    assert not advises(text)
