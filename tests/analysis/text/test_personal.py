"""Personal data is found where it is, and not where something only looks like it."""

from __future__ import annotations

import pytest

from analysis import analyse
from analysis.text import personal

FOUND = [
    ("Write to jo.bloggs@example.org please", "jo.bloggs@example.org", "email"),
    ("My number is 07700 900123.", "07700 900123", "phone"),
    ("Ring me on +44 20 7946 0018", "+44 20 7946 0018", "phone"),
    ("call 555 123 4567 after six", "555 123 4567", "phone"),
    ("I paid with 4111 1111 1111 1111", "4111 1111 1111 1111", "card"),
    ("Refund to GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19", "account"),
    ("my account number is 31926819", "31926819", "account"),
    ("My name is Jane Smith and I waited.", "Jane Smith", "name"),
    ("I saw Dr Patel on Monday.", "Patel", "name"),
    ("The receptionist Karen was rude to my mother.", "Karen", "staff"),
    ("I was upset because Gary shouted at us.", "Gary", "staff"),
]
NOT_FOUND = [
    "Order 12345678 never came.", "It cost £1,200.00 and then £85.", "Open 9-5, 7 days, 08:30 to 17:30.", "Room 204 was cold on 12/05/2026.",
    "We came on 2026-05-12 and 13.05.2026.", "About 100 % of 20000 people.", "Bus 42 from stop 1234", "ref: 4929123412", "The Staff was rude.",
    "Everyone was rude", "Tracking number 00340434161094042557",
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "kind"), FOUND)
def test_found_with_its_place(text: str, words: str, kind: str) -> None:
    """Type and offsets are right."""
    assert [(text[each.start : each.end], each.type) for each in personal.find(text)] == [(words, kind)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_near_misses_are_left_alone(text: str) -> None:
    """Order numbers, prices, dates and times identify nobody."""
    assert personal.find(text) == []


def test_masked_text_says_what_stood_there() -> None:
    """Whoever reads the masked comment still understands it."""
    text = "My name is Jane Smith, mail jane@example.org."
    assert personal.mask(text, personal.find(text)) == "My name is [name], mail [e-mail]."


@pytest.mark.parametrize(("text", "kept"), [
    ("My card 4111-1111-1111-1111 was charged twice", "My card [card number removed] was charged twice"),
    ("5500 0000 0000 0004", "[card number removed]"),
    ("4111 1111 1111 1112 is no card", "4111 1111 1111 1112 is no card"),
    ("0000 0000 0000 0000", "0000 0000 0000 0000"),
    ("no number at all", "no number at all"),
])  # fmt: skip
def test_card_numbers_are_cut(text: str, kept: str) -> None:
    """What passes the Luhn check goes before anything is stored; what does not is the customer's own business."""
    assert personal.cut_cards(text) == kept


def test_people_are_praised_by_name() -> None:
    """Praise finds its person; blame and sentence-initial words do not make one."""
    found = analyse(
        "The staff were kind. Maria at the desk was wonderful! Thanks to Dave and Priya. Monday was lovely."
    )
    assert [person.name for person in found.people] == ["Maria", "Dave", "Priya"]
    assert analyse("Gary was rude and horrible. The queue was great fun.").people == []


def test_absurd_text_costs_little() -> None:
    """A hundred thousand characters of digits end."""
    assert personal.find("1 " * 50_000) == []
    assert personal.cut_cards("4" * 100_000) == "4" * 100_000
