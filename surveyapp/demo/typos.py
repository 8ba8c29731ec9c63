"""Slips of the pen: keys next to each other, letters doubled, dropped or swapped, words that many people misspell."""

from __future__ import annotations

import random

NEXT_KEYS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl", "l": "k",
    "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "x",
}  # fmt: skip
MISSPELT = {
    "definitely": "definately", "receive": "recieve", "their": "there", "too": "to", "you're": "your",
    "your": "you're", "it's": "its", "disappointed": "dissapointed", "disappointing": "dissapointing",
    "really": "realy", "friendly": "freindly", "cancelled": "canceled", "can't": "cant", "don't": "dont",
    "doesn't": "doesnt", "couldn't": "couldnt", "nobody": "noone", "wouldn't": "wouldnt", "there's": "theres",
    "lovely": "lovley", "because": "becuase", "always": "allways", "membership": "memebership",
    "changing": "changeing", "queue": "que", "until": "untill", "equipment": "equiptment", "excellent": "excellant",
    "would": "woud", "should": "shoud", "people": "poeple", "lose": "loose", "brilliant": "briliant",
    "separate": "seperate", "nearly": "nearley", "swimming": "swiming", "apologised": "apologized",
    "temperature": "temprature", "weird": "wierd", "i'm": "im", "wasn't": "wasnt", "that's": "thats",
    "didn't": "didnt", "won't": "wont", "i've": "ive", "i'd": "id",
}  # fmt: skip


def mistype(text: str, rate: float, rng: random.Random) -> str:
    """Get about `rate` of the words wrong; words that are often misspelt go wrong five times as often."""
    return " ".join(_slip(word, rate, rng) for word in text.split(" "))


def _slip(word: str, rate: float, rng: random.Random) -> str:
    wrong = MISSPELT.get(word.lower())
    if wrong is not None:
        return wrong if rng.random() < min(0.5, rate * 5) else word
    if len(word) < 4 or not word.isalpha() or rng.random() > rate:
        return word
    at = rng.randrange(1, len(word) - 1)
    turn = rng.random()
    if turn < 0.3:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if turn < 0.55:
        return word[:at] + word[at + 1 :]
    if turn < 0.75:
        return word[:at] + word[at] + word[at:]
    return word[:at] + rng.choice(NEXT_KEYS.get(word[at], word[at])) + word[at + 1 :]
