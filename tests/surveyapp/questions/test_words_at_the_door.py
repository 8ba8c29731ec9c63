"""Text is normalised once, at the door."""

from __future__ import annotations

import pytest

from surveyapp.questions.words import clean, clean_line


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("  a \n", "a"),
        ("a\0b\ud800c\udfff", "abc"),
        ("💺 é \u202e عربي", "💺 é \u202e عربي"),
        ("line\tand blank", "line\tand blank"),
        ("Ref 12345678901", "Ref 12345678901"),
    ],
)
def test_text_keeps_what_people_wrote_and_loses_what_no_database_holds(typed: str, stored: str) -> None:
    assert clean(typed) == stored
    assert clean(clean(typed)) == stored, "and a second time changes nothing"


def test_a_line_is_one_line() -> None:
    assert clean_line(" B\r\n 12\t\0 ") == "B 12"
