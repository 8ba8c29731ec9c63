"""Each kind of question: what it takes, what it hands back and why, and what stands against publishing it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from surveyapp.questions import KINDS, Asked, Form, Reach, Wrong
from surveyapp.questions.rating import POINTS, names

BLANK = Asked(
    id=7, line="l", kind="rating", purpose=None, required=False, label="How?", help="", low=1, high=5, reversed=False,
    limit=10, points=tuple((value, f"name {value}") for value in range(1, 6)), options=(("a", "By car"), ("b", "By bus")),
)  # fmt: skip


def read(kind: str, *pairs: tuple[str, str]) -> object:
    return KINDS[kind].read(replace(BLANK, kind=kind), Form(list(pairs)))


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_is_no_answer(kind: str) -> None:
    assert read(kind) is None
    assert read(kind, ("q7", "")) is None


@pytest.mark.parametrize(
    ("kind", "pairs", "expected"),
    [
        ("rating", [("q7", "5")], 5),
        ("comment", [("q7", " a\r\nb\0 ")], "a\nb"),
        ("text", [("q7", " a\r\nb  c ")], "a b c"),
        ("choice", [("q7", "b")], ("b",)),
        ("choices", [("q7", "b"), ("q7", "a"), ("q7", "b")], ("a", "b")),
        ("contact", [("q7-email", "a@b.org"), ("q7-consent", "yes")], Reach("", "a@b.org", "")),
        ("contact", [("q7-phone", "+44 20 7946 0000"), ("q7-consent", "yes")], Reach("", "", "+44 20 7946 0000")),
    ],
)
def test_an_answer_is_read_and_put_right(kind: str, pairs: list, expected: object) -> None:
    assert read(kind, *pairs) == expected


@pytest.mark.parametrize(
    ("kind", "pairs", "says"),
    [
        ("rating", [("q7", "0")], "from 1 to 5"),
        ("rating", [("q7", "6")], "from 1 to 5"),
        ("rating", [("q7", "٣")], "from 1 to 5"),
        ("rating", [("q7", "4.5")], "from 1 to 5"),
        ("rating", [("q7", "9" * 5000)], "from 1 to 5"),
        ("comment", [("q7", "abcdefghijklm")], "shorten it by 3"),
        ("text", [("q7", "abcdefghijkl")], "shorten it by 2"),
        ("choice", [("q7", "c")], "Choose one"),
        ("choice", [("q7", "a"), ("q7", "b")], "Choose one"),
        ("choices", [("q7", "a"), ("q7", "z")], "among the answers shown"),
        ("contact", [("q7-email", "a@b.org")], "Tick the box"),
        ("contact", [("q7-name", "Ann"), ("q7-consent", "yes")], "e-mail address or a telephone"),
        ("contact", [("q7-email", "a@b"), ("q7-consent", "yes")], "like name@example.org"),
        ("contact", [("q7-phone", "call me"), ("q7-consent", "yes")], "in digits"),
    ],
)
def test_a_wrong_answer_is_told_what_would_be_right(kind: str, pairs: list, says: str) -> None:
    with pytest.raises(Wrong, match=says):
        read(kind, *pairs)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_question_of_any_kind_can_be_published_as_it_starts(kind: str) -> None:
    settings, texts = KINDS[kind].draft()
    started = replace(
        BLANK, kind=kind, limit=settings.get("limit", 1),
        options=tuple((key, texts["options"][key]) for key in settings.get("options", ())),
    )  # fmt: skip
    assert KINDS[kind].problems(started) == []


@pytest.mark.parametrize("scale", POINTS)
def test_every_point_of_every_scale_has_a_name_of_its_own(scale: tuple[int, int]) -> None:
    named = names(*scale)
    assert list(named) == [str(value) for value in range(scale[0], scale[1] + 1)]
    assert len(set(named.values())) == len(named)


def test_what_stands_against_publishing_is_said() -> None:
    rating = replace(BLANK, points=((1, "bad"), (2, ""), (3, " "), (4, "good"), (5, "best")), purpose="nps")
    assert KINDS["rating"].problems(rating) == [
        "Name every point: 2, 3 has no name yet.",
        "Would-recommend is only worked out from 0 to 10: choose that scale.",
    ]
    assert KINDS["rating"].problems(replace(BLANK, low=3, high=9, points=()))
    assert KINDS["choice"].problems(replace(BLANK, options=(("a", "One"),)))
    assert KINDS["choices"].problems(replace(BLANK, options=(("a", "One"), ("b", " one "))))
    assert KINDS["comment"].problems(replace(BLANK, limit=50_000))
    assert KINDS["text"].problems(replace(BLANK, limit=0))


@pytest.mark.parametrize(("reversed_", "shares"), [(False, [0, 25, 100]), (True, [100, 75, 0])])
def test_the_good_share_follows_the_direction(reversed_: bool, shares: list[int]) -> None:
    asked = replace(BLANK, reversed=reversed_)
    assert [asked.good_share(value) for value in (1, 2, 5)] == shares
