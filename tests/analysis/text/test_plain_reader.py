"""A second language is read from a data file: feelings in their context, requests, complaints, nothing to add."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import analyse
from analysis.text.plain_reader import readers

LABELS = {"+": "positive", "0": "neutral", "-": "negative"}
PURPOSES = {"s": "suggestion", "e": "experience", "-": None}
SPANISH = readers()["es"]


def labelled() -> list[tuple[str, str, str | None, str]]:
    """The first 300 sentences: feeling, kind, purpose, text."""
    text = Path(__file__).with_name("spanish_sentences.txt").read_text(encoding="utf-8").split("# 40 more")[0]
    rows = [line.split("|") for line in text.splitlines() if not line.startswith("#")]
    return [(LABELS[feeling], kind, PURPOSES[asked], words) for feeling, kind, asked, words in rows]


def test_most_labelled_sentences_are_read_as_labelled() -> None:
    """They were known when the reader was made; docs/analysis.md says how it does on others."""
    rows = labelled()
    read = [SPANISH.read(words, asked) for _, _, asked, words in rows]
    assert len(rows) == 300
    assert sum(felt.label == row[0] for (felt, _), row in zip(read, rows, strict=True)) >= 280
    assert sum(kind.kind == row[1] for (_, kind), row in zip(read, rows, strict=True)) >= 280


@pytest.mark.parametrize(("text", "label"), [
    ("Todo muy bien", "positive"), ("No me ha gustado nada", "negative"), ("Nunca vi un trato tan bueno", "positive"),
    ("Sin ningún problema", "positive"), ("Fui ayer con mi hermana", "neutral"), ("POCO AMABLES", "negative"),
])  # fmt: skip
def test_context_turns_words_round(text: str, label: str) -> None:
    """Negations reach some words, "tan" takes them back, accents and case do not matter."""
    assert SPANISH.read(text)[0].label == label


def test_the_purpose_of_the_question_decides_bare_words() -> None:
    """A noun is asked for, or praised, as the question was."""
    assert SPANISH.read("Más bancos", "suggestion")[1].kind == "suggestion"
    assert SPANISH.read("El desayuno", "experience")[1].kind == "praise"
    assert SPANISH.read("Nada", "suggestion")[1].kind == "nothing"
    assert SPANISH.read("Nada", "experience")[1].kind == "complaint"


def test_a_comment_is_read_sentence_by_sentence_with_true_offsets() -> None:
    """Suggestions are quoted in the customer's own words, personal data is found, English themes are not guessed."""
    text = "El personal fue muy amable, pero tardaron mucho. Deberían contratar más gente. Mi correo es ana@correo.example."
    found = analyse(text)
    assert (found.language, found.sentiment is not None and found.sentiment.mixed) == ("es", True)
    assert [one.text for one in found.suggestions] == ["Deberían contratar más gente"]
    assert all(text[one.start : one.end] == one.text for one in [*found.sentences, *found.suggestions])
    assert [one.type for one in found.personal] == ["email"]
    assert found.themes == []


def test_what_no_file_reads_stays_unread() -> None:
    """Another language is said, and not guessed at."""
    found = analyse("Das Personal war sehr freundlich, aber die Wartezeit ist zu lang gewesen.")
    assert (found.language, found.sentiment, found.sentences) == ("de", None, [])


@pytest.mark.parametrize("text", ["no " * 5_000, "muy bien " * 5_000, "por favor " * 5_000, "á" * 50_000, "", "!!!"])
def test_absurd_text_is_read_to_the_end(text: str) -> None:
    """However long, something is said."""
    assert SPANISH.read(text)[1].kind
