"""Numbers that identify somebody: payment cards, telephones, accounts; not orders, prices, dates, times or amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.finding import PersonalData

_GAP = r"[\s.\-‐‑‒–—_·\u200b]"
_CARD_RUN = re.compile(rf"\d(?:{_GAP}{{0,2}}\d){{12,}}")
_GROUP = re.compile(r"\d+")
_CARD_GROUPS = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3)})
_RUN = re.compile(r"(?<![\w£$€¥#@/])(?<![.,]\d)(?<!\d-)\+?\(?\d(?:[ \u00a0()./-]{0,3}\d){5,24}(?![\w%]|[.,:/]\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.I)
_SORT_CODE = re.compile(
    r"\bsort[ -]?code[:# ]{0,3}(?:is |was )?(\d{2}[- ]?\d{2}[- ]?\d{2})\b|\b(\d{2}-\d{2}-\d{2})(?=\D{1,40}\d{8}\b)",
    re.I,
)
_INSURANCE = re.compile(
    r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b"
)
_ACCOUNT = re.compile(
    r"\b(?:(?:bank )?account|acct|a/c|customer|membership|member|patient|nhs|hospital|national insurance|policy|passport|"
    r"driving licen[cs]e|licen[cs]e|social security|tax|iban|student|staff|employee|library card|loyalty card)"
    r"(?: ?(?:no|nr|num|number|id|ref|reference)\b)?[.:# ]{0,3}(?:is |was )?([A-Z]{0,4}[- ]?\d[\dA-Z]*(?:[ -]?\d[\dA-Z]*){0,6})\b",
    re.I,
)
_OF_A_THING = re.compile(
    r"(?:\b(?:order|invoice|ref(?:erence)?|ticket|case|complaint|claim|receipt|serial|product|item|model|part|room|flat|bus|tracking|"
    r"parcel|shipment|barcode|isbn|ean|sku|version|booking|confirmation|flight|train|batch|lot|code)"
    r"(?:[ -]?(?:no|nr|num|number|id|code|reference))?s?\b|#)[.:# ]{0,3}(?:is |was |were )?[a-z]{0,3}$",
    re.I,
)
_TO_CALL = re.compile(
    r"\b(?:phone|telephone|mobile|call|called|ring|rang|text|tel|cell|number|reach|contact|whatsapp|fax|dial)\b[^.!?\d]{0,25}$",
    re.I,
)
_DAY = r"(?:\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)?\d{2}|(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2})"
_DATES = re.compile(rf"{_DAY}(?:[ -]{{1,3}}{_DAY})*")
_AMERICAN = re.compile(r"(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}")
_NHS = re.compile(r"\d{3}[ -]\d{3}[ -]\d{4}")
_BEFORE = 40  # characters before a number that may say what it is


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every payment-card number: 13 to 19 digits, together or in groups, that pass the Luhn check."""
    for run in _CARD_RUN.finditer(text):
        groups = [(match.start(), match.end()) for match in _GROUP.finditer(text, run.start(), run.end())]
        at = 0
        while at < len(groups):
            end = _card_from(text, groups, at)
            if end:
                yield groups[at][0], groups[end - 1][1]
            at = end or at + 1


def numbers(text: str) -> Iterator[PersonalData]:
    """Yield cards, accounts and telephones, the surest first; later ones may overlap earlier ones."""
    if not any(map(str.isdigit, text)):
        return
    yield from (PersonalData(start, end, "card") for start, end in cards(text))
    for match in _IBAN.finditer(text):
        if _is_iban(match.group()):
            yield PersonalData(match.start(), match.end(), "account")
    for pattern in (_SORT_CODE, _INSURANCE, _ACCOUNT):
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            if pattern is not _ACCOUNT or sum(map(str.isdigit, match.group(1))) >= 5:
                yield PersonalData(start, end, "account")
    for match in _RUN.finditer(text):
        kind = _kind(match.group(), text[max(0, match.start() - _BEFORE) : match.start()])
        if kind:
            yield PersonalData(match.start(), match.end(), kind)


def luhn(digits: str) -> bool:
    """Say whether a string of digits passes the check of payment cards (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _card_from(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """Return the end (exclusive) of the longest card number that begins with a group, None if none does."""
    found, digits = None, ""
    for last in range(first, min(first + 19, len(groups))):
        digits += text[slice(*groups[last])]
        if len(digits) > 19:
            break
        if len(digits) >= 13 and len(set(digits)) > 1 and luhn(digits) and _is_grouped(text, groups[first : last + 1]):
            found = last + 1
    return found


def _is_grouped(text: str, groups: list[tuple[int, int]]) -> bool:
    """Say whether digits stand together as a card's do: in the usual groups, or all parted alike (no row of dates or times)."""
    gaps = {text[end:start] for (_, end), (start, _) in pairwise(groups)}
    return len(gaps) <= 1 or tuple(end - start for start, end in groups) in _CARD_GROUPS


def _is_iban(written: str) -> bool:
    """Say whether letters and digits pass the check of international bank account numbers (ISO 13616, modulus 97)."""
    plain = written.replace(" ", "").upper()
    turned = "".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])
    return 15 <= len(plain) <= 34 and int(turned) % 97 == 1


def _is_nhs(digits: str) -> bool:
    """Say whether ten digits pass the check of NHS numbers (modulus 11)."""
    rest = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return rest != 10 and rest % 11 == int(digits[9])


def _kind(number: str, before: str) -> str | None:
    """Return what a run of digits is, by its form and by what stands before it; None if it identifies nobody."""
    digits = "".join(_GROUP.findall(number))
    if _OF_A_THING.search(before) or _DATES.fullmatch(number) or _is_times(number):
        return None
    called = bool(_TO_CALL.search(before))
    if not called and len(digits) == 10 and _NHS.fullmatch(number) and _is_nhs(digits):
        return "account"
    if number.startswith("+") or digits.startswith("00"):
        return "phone" if 9 <= len(digits) <= 15 else None
    if number.lstrip("(").startswith("0"):
        return "phone" if (7 if called else 9) <= len(digits) <= 13 else None
    if _AMERICAN.fullmatch(number):
        return "phone"
    return "phone" if called and 7 <= len(digits) <= 12 and "/" not in number else None


def _is_times(number: str) -> bool:
    """Say whether a run of digits is opening hours ("0900-1730")."""
    groups = _GROUP.findall(number)
    return len(groups) > 1 and all(len(each) == 4 and int(each) < 2400 and int(each[2:]) < 60 for each in groups)
