"""The kind of a sentence, read as a service lead would read it."""

import pytest

from analysis.text.kinds import classify


def kind(text: str, asked: str | None = "suggestion") -> str:
    return classify(text, asked=asked, sentiment=None).kind


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Please put a bench by the entrance.", "suggestion", "suggestion"),
        ("More parking.", "suggestion", "suggestion"),
        ("Listen to us", None, "suggestion"),
        ("It would be nice if the room had a kettle", None, "suggestion"),
        ("Nothing", "suggestion", "nothing"),
        ("Nothing works here.", "suggestion", "complaint"),
        ("Thank you", "experience", "praise"),
    ],
)
def test_a_sentence_is_read_by_its_form(text, asked, expected):
    assert kind(text, asked) == expected
