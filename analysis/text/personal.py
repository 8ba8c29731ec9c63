"""Personal data in a comment, found with offsets so that it can be covered, and card numbers, cut before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analysis.finding import PersonalData
from analysis.text import names, naming
from analysis.text.numbers import cards, numbers

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[^\W\d_]{2,24}\b")
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
    """Return every stretch that names or identifies somebody, in order, none overlapping another.

    Types: email, phone, card, account (bank, NHS and other numbers of a person), name (of customers, and after titles), and
    staff (somebody who is blamed by name). Who is praised by name is for `people`.
    """
    taken: list[PersonalData] = []
    covered = bytearray(len(text))
    for found in (*_emails(text), *numbers(text), *_names(text)):
        if not any(covered[found.start : found.end]):
            taken.append(found)
            covered[found.start : found.end] = b"\1" * (found.end - found.start)
    return sorted(taken, key=lambda each: each.start)


def mask(text: str, found: Iterable[PersonalData]) -> str:
    """Return the text with each stretch replaced by what kind of thing stood there."""
    for each in sorted(found, key=lambda one: -one.start):
        text = text[: each.start] + MASKS.get(each.type, "[…]") + text[each.end :]
    return text


def cut_cards(text: str) -> str:
    """Return the text without payment-card numbers: 13 to 19 digits, spaced or dashed, that pass the Luhn check."""
    kept, at = [], 0
    for start, end in cards(text):
        kept += [text[at:start], CUT]
        at = end
    return "".join([*kept, text[at:]])


def _emails(text: str) -> Iterator[PersonalData]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield PersonalData(match.start(), match.end(), "email")


def _names(text: str) -> Iterator[PersonalData]:
    for name in names.find(text, 0, len(text)):
        before = naming.without_title(text[max(0, name.start - 60) : name.start])
        if naming.I_AM.search(before) or (naming.THIS_IS.search(before) and (name.title or _is_full(name))):
            yield PersonalData(name.start, name.end, "name")
            continue
        if _is_blamed(text, name, before, _clause(text, name)):
            yield PersonalData(name.start, name.end, "staff")
        elif name.title:
            yield PersonalData(name.start, name.end, "name")


def _is_full(name: names.Name) -> bool:
    return name.known and " " in name.text


def _is_blamed(text: str, name: names.Name, before: str, clause: str) -> bool:
    """Say whether a clause blames the person whom it names: a role or a place of work, or the name as its subject, and blame."""
    after = text[name.end : name.end + 80]
    if naming.THE_ATTITUDE.match(after) and (name.known or name.title):
        return True
    person = bool(name.title) or (name.known and not name.doubtful)
    if naming.BLAMED_BEFORE.search(before) and (person or naming.ROLE_AFTER.match(after)):
        return True
    if not (naming.BAD.search(clause) or naming.NOT_GOOD.search(clause)):
        return False
    placed = naming.ROLE_BEFORE.search(before) or naming.NAMED_BEFORE.search(before) or naming.ROLE_AFTER.match(after)
    return person or (bool(placed) and names.could_be(name))


def _clause(text: str, name: names.Name) -> str:
    """Return the clause, more or less, in which a name stands."""
    left, right = max(0, name.start - 120), min(len(text), name.end + 160)
    cuts = [match.end() for match in naming.OUTSIDE.finditer(text, left, name.start)]
    end = naming.OUTSIDE.search(text, name.end, right)
    return text[cuts[-1] if cuts else left : end.start() if end else right]
