"""What a word is. The indexes of both databases cut texts the same way: letters and digits, in lower case."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
"""Longer ones are addresses and key smashes; they are found as they stand, but nobody's typo leads to them."""
_DULL = """
a an and are as at be but by for from had has have i if in is it its me my no not of on or our so that the their them there they
this to up us was we were will with would you your
"""
DULL = frozenset(_DULL.split())
"""Words that nearly every text holds; left out of a search that has others."""
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the words of a text in their order, in lower case."""
    return _WORD.findall(text.lower())


def vocabulary_of(*texts: str) -> set[str]:
    """Return the different words of some texts that a vocabulary keeps."""
    return {word for text in texts for word in words(text) if len(word) <= LONGEST}


def plain(word: str) -> str:
    """Return a word without its accents: "café" as somebody in a hurry types it."""
    if word.isascii():
        return word
    return "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))
