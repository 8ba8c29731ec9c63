"""Which language a comment is written in: by its script, then by the frequent words of each language.

Wrongly calling a short English answer unreadable ("ok", "no") loses a customer's words, so what gives no sign of another
language and little to read counts as English; a long text that fits no language is None.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import islice

_READ = 4_000  # characters are enough to know a language by
_MOST_WORDS, _LONG = 200, 40
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# How the Unicode name of a letter begins, and the language that is meant when nothing says more.
_SCRIPTS = {
    "GREEK": "el", "CYRILLIC": "ru", "HEBREW": "he", "ARABIC": "ar", "DEVANAGARI": "hi", "BENGALI": "bn", "GURMUKHI": "pa",
    "GUJARATI": "gu", "TAMIL": "ta", "TELUGU": "te", "THAI": "th", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "CJK": "zh", "ARMENIAN": "hy", "GEORGIAN": "ka", "ETHIOPIC": "am", "SINHALA": "si", "KHMER": "km", "MYANMAR": "my",
}  # fmt: skip
# Letters that tell neighbours in one script apart.
_LETTERS = {
    "ї": "uk", "є": "uk", "ґ": "uk", "і": "uk", "ў": "be", "ђ": "sr", "ћ": "sr", "ј": "sr", "پ": "fa", "چ": "fa", "گ": "fa",
    "ٹ": "ur", "ڈ": "ur", "ے": "ur", "ں": "ur",
}  # fmt: skip
# Letters of the Latin script that English does not have, and who uses them.
_ACCENTS = {
    "ñ": "es", "¿": "es", "¡": "es", "ã": "pt", "õ": "pt", "ß": "de", "ø": "da no", "å": "sv da no", "æ": "da no",
    "ł": "pl", "ż": "pl", "ź": "pl", "ś": "pl", "ę": "pl", "ą": "pl", "ș": "ro", "ț": "ro", "ţ": "ro", "ă": "ro",
    "ş": "tr", "ğ": "tr", "ı": "tr", "ř": "cs", "ě": "cs", "ů": "cs", "ő": "hu", "ű": "hu", "ä": "de sv fi", "ö": "de sv fi tr hu",
    "ü": "de tr hu", "ç": "fr pt tr", "è": "fr it", "ê": "fr pt", "ù": "fr it", "ò": "it", "ì": "it", "œ": "fr", "ŵ": "cy", "ŷ": "cy",
}  # fmt: skip
# What English words look like: a hint that counts little each time.
_LOOKS_ENGLISH = re.compile(
    r"(?:ing|ed|ly|ness|ful|less|ght|ck|ow|ew|ll|'s|'t|'ve|'re|'m|'d)$|^(?:th|wh|sh|kn)|ee|oo|ou|ea|[^s]y$"
)


def detect(text: str) -> str | None:
    """Return the two-letter code of the language of `text`, or None when it cannot be told (no letters, or no known words)."""
    sample = text[:_READ]
    words = _WORD.findall(sample.lower())
    if not words:
        return None
    if sample.isascii():
        return _latin(words, "")
    scripts = Counter(_script(letter) for letter in sample if letter.isalpha())
    if scripts["LATIN"] * 2 >= scripts.total():
        return _latin(words, sample.lower())
    return _other(scripts, sample)


@cache
def _script(letter: str) -> str:
    """Return the script of a letter, by its Unicode name: "LATIN", "CYRILLIC"."""
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "UNKNOWN").split(" ")[0].split("-")[0]


def _other(scripts: Counter[str], sample: str) -> str | None:
    """Return the language of a text that is mostly not in Latin letters."""
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts.total() / 10:
        return "ja"
    code = _SCRIPTS.get(scripts.most_common(1)[0][0])
    if code in ("ru", "ar"):
        marks = Counter(_LETTERS[letter] for letter in sample.lower() if letter in _LETTERS)
        return marks.most_common(1)[0][0] if marks else code
    return code


@cache
def _profiles() -> dict[str, dict[str, float]]:
    """Return for each frequent word the languages it speaks for; a word that n languages share speaks 1/n for each."""
    lines = resources.files("analysis.text").joinpath("data/languages.txt").read_text("utf-8").splitlines()
    lists = {line[:2]: set(line[3:].split()) for line in lines if line and not line.startswith("#")}
    shared = Counter(word for words in lists.values() for word in words)
    return {word: {code: 1 / n for code, words in lists.items() if word in words} for word, n in shared.items()}


@lru_cache(maxsize=16_000)
def _votes(written: str) -> tuple[tuple[str, float], ...]:
    """Return the languages that a word speaks for, and how clearly."""
    word, profiles = written.replace("’", "'"), _profiles()
    votes = dict(profiles.get(word) or profiles.get(word.partition("'")[0]) or {})
    if len(word) <= 2:  # "fi", "de", "o": letters that turn up anywhere
        votes = {code: weight / 2 for code, weight in votes.items()}
    if _LOOKS_ENGLISH.search(word):
        votes["en"] = votes.get("en", 0.0) + 0.2
    return tuple(votes.items())


def _latin(words: list[str], accented: str) -> str | None:
    """Return the language of words in Latin letters, or None; English needs little, any other must be clearly ahead."""
    votes: defaultdict[str, float] = defaultdict(float)
    for word in islice(words, _MOST_WORDS):
        for code, weight in _votes(word[:_LONG]):
            votes[code] += weight
    for letter in set(accented).intersection(_ACCENTS):
        for code in _ACCENTS[letter].split():
            votes[code] += min(accented.count(letter), 3) * 0.5
    return _elected(votes, min(len(words), _MOST_WORDS))


def _elected(votes: Mapping[str, float], read: int) -> str | None:
    """Return the language that the votes of `read` words name."""
    english = votes.get("en", 0.0)
    best, most = max(votes.items(), key=lambda vote: vote[1], default=("en", 0.0))
    if best != "en" and most >= max(0.7, 0.12 * read) and most >= english + 0.4:
        return best
    return "en" if english >= 0.05 * read or read <= 6 else None
