"""Personal data in a comment, found with offsets so that it can be covered, and card numbers, cut before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analysis.finding import PersonalData

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}\b", re.I)
_DIGITS = re.compile(r"(?<![\w.,£$€-])\+?\(?\d(?:[ ().-]{0,2}\d){6,33}(?![\w%]|[.,]\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_SORT = re.compile(r"\b\d{2}-\d{2}-\d{2}\b(?=.{0,40}\b\d{8}\b)|(?<=sort code )\d{2}[- ]?\d{2}[- ]?\d{2}\b", re.I | re.S)
_DATE = re.compile(r"^(?:\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4}|\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2})")
_NUMBER_OF = re.compile(  # what stands before a number and says that it is no telephone
    r"(?:\b(?:order|invoice|ref(?:erence)?|ticket|case|receipt|serial|product|item|model|room|flat|bus|tracking|parcel|isbn|version)"
    r"(?: ?(?:no|nr|num|number|id|code))?|#)[.:# ]*(?:is |was )?$",
    re.I,
)
_ACCOUNT_OF = re.compile(
    r"\b(?:account|acct|a/c|customer|member(?:ship)?|patient|nhs|hospital|national insurance|policy|passport|licen[cs]e)"
    r"(?: ?(?:no|nr|num|number|id))?[.:# ]*(?:is |was )?$",
    re.I,
)
_NI = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_NAME = r"[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?"
_MY_NAME = re.compile(
    rf"\b(?:[Mm]y name is|[Mm]y name's|[Rr]egards,?|[Ss]igned,?|[Yy]ours sincerely,?)\s+({_NAME}(?: {_NAME}){{0,2}})"
)
_I_AM = re.compile(rf"\b(?:I am|I'm|I’m|[Tt]his is) ({_NAME} {_NAME})\b")
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Doctor|Prof|Professor|Sir|Madam|Nurse|Sister|Matron|Sgt|PC|Rev)\.? ({_NAME}(?: {_NAME})?)"
)
_ROLE = (
    r"(?:receptionist|nurse|doctor|manager|waiter|waitress|assistant|cashier|driver|instructor|teacher|lifeguard|clerk|agent|"
    r"adviser|advisor|consultant|therapist|carer|porter|guard|lady|man|woman|girl|boy|guy|person|colleague)"
)
_CALLED = re.compile(rf"\b{_ROLE},? (?:called |named |by the name of )?({_NAME})\b")
_SUBJECT = re.compile(
    rf"(?:^|[.!?]\s+|\b(?:and|but|because|as|when|with|by|from|to|against)\s+)({_NAME}) "
    r"(?:(?:was|is|were|has been|seemed|acted|behaved)\b(?: \w+){0,3} (?:rude|unhelpful|useless|awful|horrible|terrible|dismissive|"
    r"aggressive|arrogant|incompetent|lazy|impatient|abrupt|disrespectful|unprofessional|nasty|hostile|a bully|a disgrace)"
    r"|(?:shouted|swore|yelled|lied|ignored|refused|laughed|mocked|threatened|hung up|snapped|sneered)\b)"
)
_BLAME = re.compile(
    r"\b(?:rude|unhelpful|useless|awful|horrible|terrible|dismissive|aggressive|arrogant|incompetent|lazy|impatient|abrupt|"
    r"disrespectful|unprofessional|nasty|shout(?:ed|ing)|swore|yelled|lied|ignored|refused|laughed|threatened|hung up|bull(?:y|ied)|"
    r"complain|complaint|worst|disgrace|sacked|fired|attitude)\b",
    re.I,
)
_NO_NAMES = frozenset(
    [
        "The",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "They",
        "Then",
        "It",
        "He",
        "She",
        "We",
        "You",
        "I",
        "My",
        "Our",
        "Your",
        "His",
        "Her",
        "Their",
        "Everyone",
        "Everything",
        "Nothing",
        "Nobody",
        "Staff",
        "Service",
        "Food",
        "Who",
        "Which",
        "What",
        "When",
        "Where",
        "Why",
        "How",
        "And",
        "But",
        "So",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "English",
        "Also",
        "Very",
        "Please",
        "Thanks",
        "Thank",
        "Not",
        "No",
        "Reception",
        "Parking",
        "Someone",
        "Somebody",
        "Customer",
        "Customers",
        "Management",
        "Queue",
    ]
)
MASKS = {
    "email": "[e-mail]",
    "phone": "[phone]",
    "card": "[card number]",
    "account": "[account number]",
    "name": "[name]",
    "staff": "[name]",
}
CUT = "[card number removed]"


def find(text: str) -> list[PersonalData]:
    """Return every stretch that names or identifies somebody, in order, none overlapping another."""
    taken: list[PersonalData] = []
    for found in (*_emails(text), *_numbers(text), *_names(text)):
        if not any(found.start < other.end and other.start < found.end for other in taken):
            taken.append(found)
    return sorted(taken, key=lambda each: each.start)


def mask(text: str, found: Iterable[PersonalData]) -> str:
    """Return the text with each stretch replaced by what kind of thing stood there."""
    for each in sorted(found, key=lambda one: -one.start):
        text = text[: each.start] + MASKS.get(each.type, "[…]") + text[each.end :]
    return text


def cut_cards(text: str) -> str:
    """Return the text without payment-card numbers: 13 to 19 digits, spaced or dashed, that pass the Luhn check."""
    for match in reversed(list(_DIGITS.finditer(text))):
        if _is_card(match.group()):
            text = text[: match.start()] + CUT + text[match.end() :]
    return text


def luhn(digits: str) -> bool:
    """Say whether a string of digits passes the check of payment cards."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_card(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and luhn(digits)


def _emails(text: str) -> Iterator[PersonalData]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield PersonalData(match.start(), match.end(), "email")


def _numbers(text: str) -> Iterator[PersonalData]:
    for pattern in (_IBAN, _NI, _SORT):
        for match in pattern.finditer(text):
            if pattern is not _IBAN or sum(letter.isdigit() for letter in match.group()) >= 8:
                yield PersonalData(match.start(), match.end(), "account")
    for match in _DIGITS.finditer(text):
        kind = _kind_of(match.group(), text[max(0, match.start() - 40) : match.start()])
        if kind:
            yield PersonalData(match.start(), match.end(), kind)


def _kind_of(number: str, before: str) -> str | None:
    digits = re.sub(r"\D", "", number)
    if _is_card(number):
        return "card"
    if _ACCOUNT_OF.search(before):
        return "account"
    if _NUMBER_OF.search(before) or _DATE.match(number) or re.fullmatch(r"\d{4}[- ]\d{4}", number):
        return None
    if number.startswith("+") and 9 <= len(digits) <= 15:
        return "phone"
    if digits.startswith("0") and 9 <= len(digits) <= 14:
        return "phone"
    spaced = re.fullmatch(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}", number)
    asked = re.search(r"\b(?:phone|mobile|call|ring|text|tel|cell|number|reach)\b[^.!?]{0,25}$", before, re.I)
    return "phone" if spaced or (asked and 7 <= len(digits) <= 14) else None


def _names(text: str) -> Iterator[PersonalData]:
    for pattern in (_MY_NAME, _I_AM):
        for match in pattern.finditer(text):
            if match.group(1).split()[0] not in _NO_NAMES:
                yield PersonalData(match.start(1), match.end(1), "name")
    for pattern in (_TITLED, _CALLED, _SUBJECT):
        for match in pattern.finditer(text):
            if match.group(1).split()[0] in _NO_NAMES:
                continue
            blamed = pattern is _SUBJECT or bool(_BLAME.search(_around(text, match.start(1), match.end(1))))
            if blamed or pattern is _TITLED:
                yield PersonalData(match.start(1), match.end(1), "staff" if blamed else "name")


def _around(text: str, start: int, end: int) -> str:
    """Return the sentence, more or less, in which a name stands."""
    left = max(text.rfind(mark, max(0, start - 200), start) for mark in ".!?\n") + 1
    rights = [place for mark in ".!?\n" if (place := text.find(mark, end, end + 200)) >= 0]
    return text[max(left, start - 200) : min(rights, default=end + 200)]
