"""Personal data in a comment, found with offsets so that it can be covered, and card numbers, cut before anything is stored."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

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
_REACH = 150  # characters to either side of a name in which its clause is looked for
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
    blame: _Blame | None = None
    for name in names.find(text):
        before = naming.without_title(text[max(0, name.start - 60) : name.start])
        if naming.I_AM.search(before) or (naming.THIS_IS.search(before) and (name.title or _is_full(name))):
            yield PersonalData(name.start, name.end, "name")
            continue
        blame = blame or _Blame(text)
        if blame.falls_on(name, before):
            yield PersonalData(name.start, name.end, "staff")
        elif name.title:
            yield PersonalData(name.start, name.end, "name")


def _is_full(name: names.Name) -> bool:
    return name.known and " " in name.text


class _Blame:
    """Where a text holds words of blame and where its clauses end, looked up once for all names in it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def falls_on(self, name: names.Name, before: str) -> bool:
        """Say whether a clause blames the person whom it names: by role or place of work, or by a name that is surely one."""
        after = self._text[name.end : name.end + 80]
        if naming.THE_ATTITUDE.match(after) and (name.known or name.title):
            return True
        person = bool(name.title) or (name.known and not name.doubtful)
        if naming.BLAMED_BEFORE.search(before) and (person or naming.ROLE_AFTER.match(after)):
            return True
        if not self._in_clause(name):
            return False
        placed = (
            naming.ROLE_BEFORE.search(before) or naming.NAMED_BEFORE.search(before) or naming.ROLE_AFTER.match(after)
        )
        return person or (bool(placed) and names.could_be(name))

    @cached_property
    def _bad(self) -> list[int]:
        return sorted(match.start() for words in (naming.BAD, naming.NOT_GOOD) for match in words.finditer(self._text))

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in naming.OUTSIDE.finditer(self._text)]

    def _in_clause(self, name: names.Name) -> bool:
        """Say whether a word of blame stands in the clause, more or less, of a name."""
        if not self._bad:
            return False
        at = bisect_left(self._ends, name.start)
        left = max(name.start - _REACH, self._ends[at - 1] if at else 0)
        at = bisect_left(self._ends, name.end)
        right = min(name.end + _REACH, self._ends[at] if at < len(self._ends) else len(self._text))
        at = bisect_left(self._bad, left)
        return at < len(self._bad) and self._bad[at] < right
