"""Urgent sentences are marked; figures of speech and everyday annoyances are not."""

from pathlib import Path

import pytest

from analysis.finding import Sentence, Sentiment
from analysis.text import urgent

TYPES = {"danger", "self-harm", "abuse", "discrimination", "child", "data leak"}


def read(name: str) -> list[tuple[str, str]]:
    rows, kind = [], ""
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            rows.append((kind, line))
    return rows


def table() -> list[tuple[str, str]]:
    return read("urgent_sentences.txt") + read("urgent_unseen.txt")


def types(text: str) -> set[str]:
    return {sign.type for sign in urgent.find(text, [])}


def test_the_table_is_large_and_holds_every_type_and_near_misses():
    rows = table()
    assert {kind for kind, _ in rows} == TYPES | {"none"}
    assert len(rows) >= 150
    assert sum(kind == "none" for kind, _ in rows) >= 60
    assert len({text for _, text in rows}) == len(rows)


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_nearly_every_urgent_sentence_of_a_type_is_marked(kind):
    rows = [text for each, text in table() if each == kind]
    missed = [text for text in rows if not types(text)]
    assert len(missed) <= 0.07 * len(rows), missed


def test_of_sentences_no_rule_was_written_for_half_are_marked_and_no_near_miss():
    rows = read("urgent_again.txt")
    assert sum(kind != "none" and bool(types(text)) for kind, text in rows) >= 13
    assert not [text for kind, text in rows if kind == "none" and types(text)]


def test_few_near_misses_wake_anybody():
    rows = [text for kind, text in table() if kind == "none"]
    woken = [text for text in rows if types(text)]
    assert len(woken) <= 0.03 * len(rows), woken


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I want to kill myself", "self-harm"),
        ("My son was left alone by the pool", "child"),
        ("He touched me inappropriately", "abuse"),
        ("The receptionist made a racist remark", "discrimination"),
        ("I was sent another patient's letter", "data leak"),
        ("the fire exit was blocked with boxes", "danger"),
        ("I WAS GIVEN THE WRONG MEDICATION", "danger"),
    ],
)
def test_says_what_kind_of_urgent(text, kind):
    assert kind in types(text)


@pytest.mark.parametrize(
    "text",
    ["the pain was killing me", "food to die for", "killer view", "dead battery", "I never felt unsafe", "", "😀 !!!"],
)
def test_figures_of_speech_wake_nobody(text):
    assert types(text) == set()


def test_a_denial_is_no_alarm_and_a_plain_statement_is():
    assert types("There was no danger at all") == set()
    assert types("The junction is a danger") == {"danger"}


def test_the_sentence_is_marked_not_the_comment():
    text = "Lovely stay. The fire door was locked. See you!"
    places = [(0, 12), (13, 38), (39, 47)]
    sentences = [Sentence(text[start:end], start, end, "other", None, 0.5) for start, end in places]
    (sign,) = urgent.find(text, sentences)
    assert (text[sign.start : sign.end], sign.type) == ("The fire door was locked.", "danger")


def test_two_signs_are_surer_than_one():
    (one,) = urgent.find("He is a racist", [])
    (two,) = urgent.find("The racist refused to serve my son because he is black", [])
    assert one.confidence < two.confidence


def test_one_sentence_may_be_urgent_in_two_ways():
    assert {"abuse", "child"} <= types("The coach punched a child")


@pytest.mark.parametrize("text", ["kill " * 20_000, "x" * 100_000, "! " * 50_000, "child alone " * 8_000])
def test_absurd_text_is_read_to_the_end(text):
    assert isinstance(urgent.find(text, []), list)


def test_most_sentences_in_words_nobody_foresaw_are_marked():
    rows = read("urgent_fresh.txt")
    marked = [kind for kind, text in rows if kind != "none" and types(text)]
    assert len(marked) >= 0.8 * sum(kind != "none" for kind, _ in rows)
    assert sum(kind == "none" and bool(types(text)) for kind, text in rows) <= 5


def test_sentences_of_many_trades_are_marked_and_their_like_that_is_harmless_is_not():
    rows = read("urgent_many_trades.txt")
    urgent_rows, harmless = ([text for kind, text in rows if (kind != "none") is told] for told in (True, False))
    assert len(urgent_rows) >= 200
    assert sum(bool(types(text)) for text in urgent_rows) >= 0.95 * len(urgent_rows)
    assert sum(bool(types(text)) for text in harmless) <= 6


def test_despair_is_heard_without_a_word_of_harm():
    """The gravest type has a lower bound; what another hand wrote, who saw no rule, is found more often than not."""
    own = read("urgent_quiet_despair.txt")
    assert sum(kind != "none" and "self-harm" in types(text) for kind, text in own) >= 0.95 * sum(
        kind != "none" for kind, _ in own
    )
    fresh = read("urgent_quiet_fresh.txt")
    assert sum(kind != "none" and bool(types(text)) for kind, text in fresh) >= 26
    assert sum(kind == "none" and bool(types(text)) for kind, text in fresh) <= 7


@pytest.mark.parametrize(("text", "kind"), [
    ("I feel trapped and there is no way out for me in this life", {"self-harm"}), ("There is no way out of the car park without paying twice", set()),
    ("I don't trust myself tonight", {"self-harm"}), ("I don't trust the lift", set()),
    ("Everybody would be happier with me out of their hair, I am a waste of space", {"self-harm"}), ("That shop is a waste of money", set()),
])  # fmt: skip
def test_quiet_despair_has_rules_of_its_own(text, kind):
    assert types(text) == kind


def test_praise_that_names_averted_harm_wakes_nobody_but_self_harm_always_does():
    def told(text, score):
        felt = Sentiment("positive" if score > 0 else "negative", score, 0.8)
        return {sign.type for sign in urgent.find(text, [Sentence(text, 0, len(text), "other", felt, 0.5)])}

    assert told("The fire door was locked.", -0.5) == {"danger"}
    assert told("The fire door was locked.", 0.9) == set()
    assert told("I want to kill myself", 0.9) == {"self-harm"}
