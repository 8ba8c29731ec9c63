"""A light stemmer for matching words of a list in running text: plurals, -ing, -ed, -ly and the like fall together."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*")
_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth",
    "knives": "knife", "loaves": "loaf", "shelves": "shelf", "paid": "pay", "queueing": "queue", "queuing": "queue",
    "costly": "cost", "staffed": "staff", "heard": "hear", "felt": "feel", "rang": "ring", "rung": "ring", "sent": "send",
    "told": "tell", "spoke": "speak", "spoken": "speak", "taught": "teach", "sat": "sit", "ate": "eat", "eaten": "eat",
    "drank": "drink", "drunk": "drink", "drove": "drive", "bought": "buy", "sold": "sell", "cosy": "cozi", "cozy": "cozi",
}  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what is left of a lower-case word without its ending; words of up to three letters stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(word) <= 3:
        return word
    for ending, instead in (("sses", "ss"), ("ies", "i"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending):
            return _trim(word.removesuffix(ending) + instead)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("iness", "ness", "ing", "ed", "er", "est"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search(r"[aeiouy]", word[: -len(ending)]):
            left = word[: -len(ending)]
            return _trim(left + ("i" if ending == "iness" else ""))
    return _trim(word)


def _trim(word: str) -> str:
    """Bring what endings leave to one form: "sitt" and "site" and "tidy" to "sit", "sit" and "tidi"."""
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    if word.endswith("e") and len(word) > 4:
        return word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    return [stem(word) for word in WORD.findall(text.lower())]
