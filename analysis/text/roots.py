"""Words and phrases of a list met again in running text: plurals, -ing and -ed, British and American spelling, small slips.

Lighter than `stems`: "waiter" stays apart from "wait" and "server" from "serve", since a theme may hang on either.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]{1,40}(?:['’´`][^\W_]{1,3}\b)?|[$£€]")
_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "knives": "knife", "loaves": "loaf", "shelves": "shelf", "paid": "pay", "heard": "hear", "felt": "feel", "rang": "ring",
    "sent": "send", "told": "tell", "spoke": "speak", "spoken": "speak", "taught": "teach", "sat": "sit", "ate": "eat",
    "eaten": "eat", "drank": "drink", "bought": "buy", "sold": "sell", "brought": "bring", "forgot": "forget",
    "forgotten": "forget", "stole": "steal", "broke": "break", "broken": "break", "spent": "spend", "swept": "sweep",
    "stank": "stink", "smelt": "smell", "froze": "freeze", "frozen": "freeze", "understood": "understand", "fell": "fall",
    "cozy": "cosy", "cozi": "cosy", "theater": "theatre", "center": "centre", "program": "programme", "pricy": "pricey",
    "nan": "naan", "yoghurt": "yogurt", "donut": "doughnut", "ambiance": "ambience", "centers": "centre", "centres": "centre",
}  # fmt: skip
_WHOLE = frozenset([  # nouns in -ing that are not doing what their verb does, and words that only look inflected
    "parking", "seating", "setting", "lighting", "topping", "building", "dressing", "stuffing", "filling", "pudding",
    "dining", "wedding", "evening", "ceiling", "training", "centre", "clothing", "morning", "meeting", "painting",
    "bedding", "nothing", "something", "anything", "everything", "during", "king", "string", "spring", "thing",
    "glass", "grass", "dress", "address", "access", "business", "bus", "gas", "news", "series", "was", "his", "this",
    "its", "always", "perhaps", "less", "unless", "express", "theme", "there", "where", "these", "those", "their",
    "bed", "red", "need", "seed", "speed", "feed", "bleed", "hundred", "sacred", "naked", "indeed", "embed",
])  # fmt: skip
_VOWEL = re.compile(r"[aeiouy]")
_SILENT_E = re.compile(r"[^aeiou][aeiou][^aeiouwxy]")  # "rated" is of "rate", not of "rat"
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"(?<!^)[aeiou]+")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, as they were written, and signs of money; "car-park" is two words."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """Return what a lower-case word has in common with its inflections."""
    if not word.isascii():
        word = _plain(word)
    word = word.removesuffix("'s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or word in _WHOLE:
        return word
    word = _singular(word)
    if word in _WHOLE:
        return word
    for ending in ("ing", "ed"):
        left = word.removesuffix(ending)
        if left != word and len(left) >= 3 and _VOWEL.search(left):
            word = left + "e" if _SILENT_E.fullmatch(left) else left
            break
    return _trim(word)


def roots(text: str) -> list[str]:
    """Return the roots of a text's words, in order."""
    return [root(word) for word in words(text)]


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """Return a root's first letter and consonants, each once in a row: what a slip of the pen usually leaves."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def near(one: str, other: str) -> bool:
    """Say whether two roots of six letters or more are the same but for a slip inside: one letter, or two in a long word."""
    allowed = 1 if min(len(one), len(other)) < 8 else 2
    return one[-1] == other[-1] and abs(len(one) - len(other)) <= allowed and _distance(one, other) <= allowed


def _plain(word: str) -> str:
    if "’" in word or "´" in word:
        word = word.replace("’", "'").replace("´", "'")
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _trim(word: str) -> str:
    """Bring what endings leave to one form: "tipp", "charge" and "tidy" to "tip", "charg" and "tidi"."""
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    if doubled or (word.endswith("e") and len(word) > 4):
        word = word[:-1]
    elif word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word.replace("our", "or") if len(word) > 5 else word


def _distance(one: str, other: str) -> int:
    """Return the edit distance of two words (Levenshtein)."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for column, match in enumerate(other, 1):
            change = before + (letter != match)
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, change)
    return row[-1]
