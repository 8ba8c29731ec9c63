"""Personal data is found where it is, with its place, and not where something only looks like it."""

from itertools import pairwise

import pytest

from analysis.text import personal

FOUND = [
    ("Write to jo.bloggs@example.org please", "jo.bloggs@example.org", "email"),
    ("mail me: JO_2@mail.example.co.uk.", "JO_2@mail.example.co.uk", "email"),
    ("my address is j+shop@bücher.example", "j+shop@bücher.example", "email"),
    ("My number is 07700 900123.", "07700 900123", "phone"),
    ("07700900123 is best", "07700900123", "phone"),
    ("Landline (01632) 960 123", "(01632) 960 123", "phone"),
    ("020 7946 0958 any time", "020 7946 0958", "phone"),
    ("Ring me on +44 20 7946 0018", "+44 20 7946 0018", "phone"),
    ("+44 (0)20 7946 0018", "+44 (0)20 7946 0018", "phone"),
    ("0044 7700 900123 after five", "0044 7700 900123", "phone"),
    ("call 555 123 4567 after six", "555 123 4567", "phone"),
    ("(555) 123-4567", "(555) 123-4567", "phone"),
    ("1-555-123-4567 works", "1-555-123-4567", "phone"),
    ("+1 555.123.4567", "+1 555.123.4567", "phone"),
    ("Tel. 030 1234567", "030 1234567", "phone"),
    ("+49 30 901820 in the mornings", "+49 30 901820", "phone"),
    ("06 12 34 56 78 merci", "06 12 34 56 78", "phone"),
    ("mobile: 612 345 678", "612 345 678", "phone"),
    ("text 7700900123", "7700900123", "phone"),
    ("I paid with 4111 1111 1111 1111", "4111 1111 1111 1111", "card"),
    ("card 5500000000000004 was refused", "5500000000000004", "card"),
    ("amex 3782 822463 10005", "3782 822463 10005", "card"),
    ("4111-1111-1111-1111", "4111-1111-1111-1111", "card"),
    ("Refund to GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19", "account"),
    ("IBAN DE89370400440532013000 please", "DE89370400440532013000", "account"),
    ("my account number is 31926819", "31926819", "account"),
    ("sort code 20-00-00", "20-00-00", "account"),
    ("My NHS number is 943 476 5919", "943 476 5919", "account"),
    ("number 943 476 5919, date of birth withheld", "943 476 5919", "phone"),
    ("NI: QQ 12 34 56 C or AB 12 34 56 C", "AB 12 34 56 C", "account"),
    ("membership no. LX-4482910", "LX-4482910", "account"),
    ("My name is Jane Smith and I waited.", "Jane Smith", "name"),
    ("my name's Zbigniew", "Zbigniew", "name"),
    ("I'm Sarah Jones from flat 2", "Sarah Jones", "name"),
    ("Kind regards, Tom", "Tom", "name"),
    ("I saw Dr Patel on Monday.", "Patel", "name"),
    ("Mrs. O'Neill next door agrees", "O'Neill", "name"),
    ("Sister Mary-Ann came at once", "Mary-Ann", "name"),
    ("The receptionist Karen was rude to my mother.", "Karen", "staff"),
    ("A waiter called Thibault ignored us", "Thibault", "staff"),
    ("I was upset because Gary shouted at us.", "Gary", "staff"),
    ("I want to complain about Nurse Whitlock", "Whitlock", "staff"),
    ("Karen's attitude needs work", "Karen", "staff"),
    ("Xanthe on reception was very unhelpful", "Xanthe", "staff"),
    ("Dr Hill did not listen to a word", "Hill", "staff"),
    ("DAVE WAS RUDE", "DAVE", "staff"),
]
NOT_FOUND = [
    "Order 12345678 never came.",
    "order number 0123456789 is lost",
    "Invoice no. 00442071234567",
    "ref: 4929123412",
    "Tracking number 00340434161094042557",
    "ISBN 978-0-306-40615-7",
    "It cost £1,200.00 and then £85.",
    "$19.99 or 1 000 000 euros",
    "Open 9-5, 7 days, 08:30 to 17:30.",
    "Hours 0900-1730 0900-1300 on Saturdays",
    "Room 204 was cold on 12/05/2026.",
    "We came on 2026-05-12 and 13.05.2026.",
    "12-05-2026 to 14-05-2026",
    "In 2019 2020 2021 2022 it was better",
    "About 100 % of 20000 people.",
    "Bus 42 from stop 1234",
    "Windows 10 version 22621.1702",
    "51.507400 is the latitude",
    "4111 1111 1111 1112 is a digit off",
    "@heed_app is your handle",
    "meet me @ the cafe",
    "The Staff was rude.",
    "Everyone was rude",
    "Monday was awful",
    "Reception was rude on the phone",
    "Tesco was terrible",
    "London is horrible in August",
    "I'm Very disappointed",
    "I am British and proud",
    "This is Great Service",
    "Dr Pepper was flat",
    "Maria was wonderful",
    "My sister Was rude",
    "The waiter Ignored us",
]


@pytest.mark.parametrize(("text", "words", "kind"), FOUND)
def test_found_with_its_place(text, words, kind):
    assert [(text[each.start : each.end], each.type) for each in personal.find(text)] == [(words, kind)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_near_misses_are_left_alone(text):
    assert personal.find(text) == []


def test_several_are_found_in_order_and_none_overlaps():
    text = "My name is Jo Hart, 07700 900123 or jo@example.org; the manager Colin lied to me."
    found = personal.find(text)
    assert [text[each.start : each.end] for each in found] == ["Jo Hart", "07700 900123", "jo@example.org", "Colin"]
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_who_is_praised_is_not_covered_beside_who_is_blamed():
    text = "Maria was wonderful but the porter Steve was rude."
    assert [text[each.start : each.end] for each in personal.find(text)] == ["Steve"]


def test_masked_text_says_what_stood_there():
    text = "My name is Jane Smith, mail jane@example.org."
    assert personal.mask(text, personal.find(text)) == "My name is [name], mail [e-mail]."


def test_masking_covers_everything_that_was_found():
    for text, words, _kind in FOUND:
        assert words not in personal.mask(text, personal.find(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("My card 4111-1111-1111-1111 was charged twice", "My card [card number removed] was charged twice"),
        ("card4111111111111111.", "card[card number removed]."),
        ("5500 0000 0000 0004", "[card number removed]"),
        ("4111 1111 1111 1111 12/27 123", "[card number removed] 12/27 123"),
        ("4111\u00a01111\u00a01111\u00a01111", "[card number removed]"),
        ("4111.1111.1111.1111", "[card number removed]"),
        ("room 12 4111 1111 1111 1111", "room 12 [card number removed]"),
        ("3782 822463 10005 and 5500000000000004", "[card number removed] and [card number removed]"),
        ("4111 1111 1111 1112 is no card", "4111 1111 1111 1112 is no card"),
        ("0000 0000 0000 0000", "0000 0000 0000 0000"),
        ("41111111111111111111 has twenty digits", "41111111111111111111 has twenty digits"),
        ("no number at all", "no number at all"),
        ("", ""),
    ],
)
def test_card_numbers_are_cut(text, kept):
    assert personal.cut_cards(text) == kept


def test_cutting_again_changes_nothing():
    once = personal.cut_cards("4111 1111 1111 1111 " * 3)
    assert personal.cut_cards(once) == once
    assert "4111" not in once


@pytest.mark.parametrize("text", ["1 " * 50_000, "4" * 100_000, "Dave " * 20_000, "a@" * 50_000, "my name is " * 9_000])
def test_absurd_text_is_read_to_the_end(text):
    assert isinstance(personal.find(text), list)
    assert personal.cut_cards(text).replace(personal.CUT, "").strip("1 4") == text.strip("1 4")
