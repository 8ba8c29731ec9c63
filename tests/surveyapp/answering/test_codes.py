"""The customer's code: the same for the same answers, hard to guess, hard to misread."""

from __future__ import annotations

from math import log2

import pytest

from surveyapp.answering import codes

KEYS = {"1": "old key", "2": "new key"}


def test_the_same_submission_has_the_same_code_and_another_has_another() -> None:
    assert codes.make(KEYS, "id", "answers") == codes.make(KEYS, "id", "answers")
    made = {codes.make(KEYS, "id", "answers"), codes.make(KEYS, "id", "others"), codes.make(KEYS, "di", "answers")}
    assert len(made) == 3


def test_a_code_holds_at_least_sixty_bits_beside_its_key_version() -> None:
    assert codes.LENGTH * log2(len(codes.ALPHABET)) >= 60


@pytest.mark.parametrize("group", ["0ODQ", "1IL", "2Z", "5S", "6G", "8B", "UV", "AEIOU"])
def test_no_two_letters_can_be_mistaken_for_each_other(group: str) -> None:
    assert len(set(group) & set(codes.ALPHABET)) <= 1


@pytest.mark.parametrize(
    "typed", [str.lower, codes.grouped, lambda code: f"  {codes.grouped(code).replace('-', ' ')}\n"]
)
def test_a_code_may_be_typed_in_any_case_and_spacing(typed) -> None:
    code = codes.make(KEYS, "id", "answers")
    assert codes.parse(typed(code)) == code


def test_letters_that_were_misread_are_put_right() -> None:
    assert codes.parse("2D8G-VDDD-2222-3333") == codes.parse("zOb6-uQ0o-2z2Z-3333") == "2D8GVDDD22223333"


@pytest.mark.parametrize("typed", ["", "2222", "2" * 17, "1" * 16, "é" * 16, "\0" * 16, "2" * 1_000_000])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.parse(typed) is None


def test_a_code_given_out_under_an_older_key_is_found_again() -> None:
    given = codes.make(KEYS, "id", "answers", version="1")
    assert codes.make(KEYS, "id", "answers") != given, "new ones are made with the newest key"
    assert codes.matching(KEYS, "id", "answers", codes.hashed(given)) == given
    assert codes.matching({"2": "new key"}, "id", "answers", codes.hashed(given)) is None
