"""Sentiment as a reader would have it: sentences, whole comments, reasons, and what the model is not sure of."""

import pytest

from analysis.text import sentiment


@pytest.mark.parametrize(
    "text",
    ["The staff were lovely.", "I would recommend it to anyone", "Could not have asked for better care", "Works perfectly, great value",
     "No complaints at all", "I felt listened to", "👍👍", "Nothing needs to change, you are brilliant"],
)  # fmt: skip
def test_praise_is_positive(text):
    found = sentiment.of_sentence(text)
    assert found.label == "positive"
    assert found.score > 0


@pytest.mark.parametrize(
    "text",
    ["The wait was terrible.", "It stopped working after two weeks", "Nobody told us anything and the room was filthy",
     "not worth the money",
     "We had to ask five times", "Never again", "More parking.", "The soup was too salty and the waiter was rude", "Waste of an afternoon"],
)  # fmt: skip
def test_complaints_are_negative(text):
    found = sentiment.of_sentence(text)
    assert found.label == "negative"
    assert found.score < 0


@pytest.mark.parametrize("text", ["Don't know", "not sure", "N/A", "No comment", "Nothing to add."])
def test_declining_to_answer_is_neutral(text):
    assert sentiment.of_sentence(text).label == "neutral"


def test_the_question_decides_what_nothing_means():
    could_be_better = sentiment.of_sentence("Nothing", "suggestion")
    was_good = sentiment.of_sentence("Nothing", "experience")
    assert could_be_better.score > was_good.score


def test_a_comment_that_praises_and_complains_is_mixed():
    found = sentiment.of_comment(["The nurses were wonderful.", "The waiting room was filthy and cold."])
    assert found is not None
    assert found.mixed


def test_one_sentence_can_be_mixed_too():
    assert sentiment.of_sentence("Lovely food but dreadful service").mixed


@pytest.mark.parametrize(
    "text", ["Lovely food and lovely service", "Dreadful food but also dreadful service", "It was fine"]
)
def test_one_sided_sentences_are_not_mixed(text):
    assert not sentiment.of_sentence(text).mixed


def test_a_finding_names_the_words_that_moved_it():
    assert sentiment.of_sentence("The nurse was kind and gentle").because == ("kind", "gentle")
    assert "not helpful" in sentiment.of_sentence("They were not helpful").because


def test_scores_and_confidences_stay_in_bounds():
    for text in ("awful " * 50, "wonderful " * 50, "", "...", "7", "no no no"):
        found = sentiment.of_sentence(text)
        assert -1 <= found.score <= 1
        assert 0 <= found.confidence <= 1


def test_clear_words_are_surer_than_faint_ones():
    assert (
        sentiment.of_sentence("Absolutely wonderful, superb").confidence
        > sentiment.of_sentence("The corridor, then").confidence
    )


def test_no_sentences_have_no_sentiment():
    assert sentiment.of_comment([]) is None


@pytest.mark.parametrize("text", ["!!!", "...", "?", "-", "12"])
def test_marks_alone_say_nothing(text):
    assert sentiment.of_sentence(text).label == "neutral"


@pytest.mark.parametrize("text", ["!" * 10_000, "good " * 20_000, "\x00" * 999, "🙂" * 10_000, "n't " * 3_000])
def test_odd_and_long_texts_do_no_harm(text):
    sentiment.of_sentence(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I waited for three hours and the receptionist was rude.", "negative"),
        ("The waiting room was filthy and freezing.", "negative"),
        ("The staff at the desk were wonderful.", "positive"),
    ],
)
@pytest.mark.parametrize("asked", [None, "experience", "suggestion"])
def test_a_question_does_not_colour_its_answers(text: str, label: str, asked: str | None) -> None:
    """In one set that trains, the question was "What was good?": that makes no tale of an experience a happy one."""
    found = sentiment.of_comment([text], asked)
    assert found is not None
    assert found == sentiment.of_comment([text])
    assert found.label == label
