"""Where sentences begin and end, in comments as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.sentences import split


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Staff were kind. The wait was long.", ["Staff were kind.", "The wait was long."]),
        ("Staff were lovely.But the parking!", ["Staff were lovely.", "But the parking!"]),
        ("nice people.the queue is too long", ["nice people.", "the queue is too long"]),
        ("Great!Will return", ["Great!", "Will return"]),
        ("the food was nice. the room was cold", ["the food was nice.", "the room was cold"]),
        ("Why?! Nobody knows.", ["Why?!", "Nobody knows."]),
        ('He said "wait." We waited.', ['He said "wait."', "We waited."]),
        ("Wonderful 😀 The tea was cold", ["Wonderful 😀", "The tea was cold"]),
        ("とても良い。また来ます。", ["とても良い。", "また来ます。"]),
    ],
)
def test_sentences_end_where_a_reader_would_pause(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Patel was kind",
        "I waited 3.5 hours",
        "Open e.g. at weekends",
        "Bring tea, coffee, etc. for visitors",
        "I waited... and waited",
        "so slow…really slow",
        "Write to help.desk@example.org please",
        "See www.example.org for it",
        "J. Smith helped me",
        "It runs on node.js today",
        "Come at 9 a.m. or later",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text):
    assert parts(text) == [text]


def test_an_ellipsis_ends_a_sentence_before_a_capital():
    assert parts("I waited... Then I left") == ["I waited...", "Then I left"]


def test_lines_are_sentences_and_bullets_are_not_part_of_them():
    assert parts("- more seats\n• a kettle\n2. later hours\r\n\r\n") == ["more seats", "a kettle", "later hours"]


def test_marks_alone_join_the_sentence_before_them():
    assert parts("Good . !!!") == ["Good . !!!"] or parts("Good . !!!") == ["Good .", "!!!"]


def test_nothing_but_marks_is_one_sentence_and_blank_is_none():
    assert parts("!!!") == ["!!!"]
    assert parts(" \n\t ") == []
    assert parts("") == []


@given(st.text(max_size=200))
def test_offsets_are_in_order_trimmed_and_inside_the_text(text):
    before = 0
    for start, end in split(text):
        assert before <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        before = end


@given(
    st.lists(st.sampled_from(["Good", "bad", ".", "!", " ", "\n", "- ", "…", "🙂", "e.g.", "3.5"]), max_size=40).map(
        "".join
    )
)
def test_no_letter_is_lost(text):
    kept = "".join(parts(text))
    assert [letter for letter in kept if letter.isalpha()] == [letter for letter in text if letter.isalpha()]


@pytest.mark.parametrize(
    "text", ["!" * 10_000, "a" * 100_000, ". " * 50_000, "\x00\x07" * 5_000, "é\u0301🙂" * 10_000, "-" * 50_000]
)
def test_odd_and_long_texts_do_no_harm(text):
    assert all(0 <= start < end <= len(text) for start, end in split(text))
