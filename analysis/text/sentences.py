"""Where the sentences of a comment begin and end: offsets in code points, in time linear in the comment's length.

People write comments without much care: "lovely.But", lists under bullets, no full stops at line ends. NLTK's splitter
needs a corpus that is not shipped, and was made for edited prose.
"""

from __future__ import annotations

import re

_CANDIDATE = re.compile(
    r"(?P<stop>[.!?…。！？]+[\"'”’»)\]]*)"
    r"|(?P<line>[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+)"
    r"|(?P<emoji>[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\u200d\u2600-\u27bf\U0001f300-\U0001faff]*)"
)
_BULLET = re.compile(r"(?:[-–—•·*►▪●○◦‣+>]+(?=\s)|[•►▪●○◦‣]|\(?(?:\d{1,2}|[a-z])[.)](?=\s))\s*")
_LAST_WORD = re.compile(r"[^\s.(\[\"'“‘/]*$")
_NUMBERED = re.compile(r"\(?\d{1,2}$")
_REAL_WORD = re.compile(r"[^\W\d_]")
_VISIBLE = re.compile(r"[^\W_]|[\u2190-\u2bff\U0001f000-\U0001faff]")

# Before a name or a number: the full stop belongs to the word, whatever follows.
_NEVER_LAST = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "rev",
        "st",
        "sr",
        "jr",
        "sgt",
        "capt",
        "lt",
        "col",
        "gen",
        "mt",
        "vs",
        "eg",
        "e.g",
        "ie",
        "i.e",
        "viz",
        "ph",
        "fig",
        "nos",
        "tel",
        "ext",
    ]
)
# May end a sentence: the stop ends it when a capital follows.
_SELDOM_LAST = frozenset(
    [
        "etc",
        "approx",
        "appt",
        "appts",
        "dept",
        "dr",
        "est",
        "hr",
        "hrs",
        "inc",
        "incl",
        "ltd",
        "co",
        "max",
        "min",
        "mins",
        "no",
        "p.m",
        "a.m",
        "pm",
        "am",
        "sec",
        "tbsp",
        "wk",
        "wks",
        "yr",
        "yrs",
        "oz",
        "lb",
        "lbs",
        "ft",
    ]
)
# Words that begin a sentence even in lower case and without a space ("lovely.but parking"); none is an internet ending.
_STARTERS = frozenset(
    [
        "the",
        "they",
        "i",
        "we",
        "my",
        "but",
        "very",
        "would",
        "however",
        "only",
        "also",
        "this",
        "there",
        "he",
        "she",
        "and",
        "when",
        "if",
        "please",
        "maybe",
        "perhaps",
        "then",
        "after",
    ]
)
_LOOK_BACK = 24  # no abbreviation is longer; keeps every look constant in time


def split(text: str) -> list[tuple[int, int]]:
    """Return the sentences of `text` as (start, end) offsets in code points, trimmed of blanks and bullets, in order.

    What holds no letter, digit or emoji ("...", "!!") joins the sentence before it; a text of nothing else is one sentence.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for candidate in _CANDIDATE.finditer(text):
        if not _ends(text, start, candidate):
            continue
        end = candidate.start() if candidate.lastgroup == "line" else candidate.end()
        start = _close(text, spans, start, end, candidate.end())
    _close(text, spans, start, len(text), len(text))
    if not spans and text.strip():
        return [_trimmed(text, 0, len(text))]
    return spans


def _close(text: str, spans: list[tuple[int, int]], start: int, end: int, following: int) -> int:
    """Add the sentence between `start` and `end` and return where the next one begins."""
    first, last = _trimmed(text, start, end)
    if _VISIBLE.search(text, first, last):
        spans.append((first, last))
    elif spans and first < last and not text[spans[-1][1] : first].strip():
        spans[-1] = (spans[-1][0], last)
    return following


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without surrounding blanks and without a leading bullet or number."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    bullet = _BULLET.match(text, start, end)
    return (bullet.end(), end) if bullet and bullet.end() < end else (start, end)


def _ends(text: str, start: int, candidate: re.Match[str]) -> bool:
    """Say whether the candidate ends the sentence that began at `start`: line ends do, emoji before a blank and a capital."""
    if candidate.lastgroup == "stop":
        return _stop_ends(text, start, candidate.start(), candidate.end())
    after = text[candidate.end() : candidate.end() + 8]
    return candidate.lastgroup == "line" or (after[:1].isspace() and after.lstrip()[:1].isupper())


def _stop_ends(text: str, start: int, stop: int, after: int) -> bool:
    """Say whether the stop at text[stop:after] ends the sentence that began at `start`."""
    if after >= len(text):
        return True
    mark, following = text[stop:after], text[after]
    if mark.startswith("."):
        return _full_stop_ends(text, start, stop, after)
    if mark.startswith("…"):
        return _next_is_capital(text, after)
    return following.isspace() or following.isalpha() or mark[0] in "。！？" or not following.isascii()


def _full_stop_ends(text: str, start: int, stop: int, after: int) -> bool:
    """Say whether one or more full stops end a sentence: abbreviations, numbers, addresses and pauses do not."""
    following = text[after]
    if after - stop > 1 and text[stop + 1] == ".":
        return _next_is_capital(text, after) or (following.isspace() and text[after : after + 3].strip() == "")
    head = text[max(start, stop - _LOOK_BACK) : stop]
    word = _LAST_WORD.search(head)
    before = word.group().lower() if word else ""
    if following.isspace():
        return not _is_unfinished(text, start, stop, after, before)
    return _glued(text, after, before) or following in "“‘"


def _is_unfinished(text: str, start: int, stop: int, after: int, before: str) -> bool:
    """Say whether the word before a full stop and a blank asks for more: an abbreviation, an initial, a list number."""
    if before in _NEVER_LAST:
        return not text[after : after + 2].startswith("\n")
    if before in _SELDOM_LAST:
        return not _next_is_capital(text, after)
    if len(before) == 1 and before.isalpha() and before not in "ai":
        return text[stop - 1].isupper() or text[max(start, stop - 2)] == "."
    return bool(_NUMBERED.fullmatch(text[start:stop].strip()[-4:])) and stop - start < 6


def _glued(text: str, after: int, before: str) -> bool:
    """Say whether a full stop without a blank after it ends a sentence, as in "lovely.But" but not "node.js" or "3.5"."""
    if len(before) < 2 or not _REAL_WORD.match(before[-1]) or "@" in before or before.startswith(("www", "http")):
        return False
    following, second = text[after], text[after + 1 : after + 2]
    if following.isupper():
        return (second.islower() or second.isspace() or second == "'") and before not in _NEVER_LAST
    if not following.islower():
        return False
    word = re.compile(r"[a-z]{1,8}(?![\w.@/-])").match(text, after)
    return bool(word and word.group() in _STARTERS)


def _next_is_capital(text: str, after: int) -> bool:
    """Say whether the next visible character (blanks and opening quotes skipped, a few only) is a capital or a digit."""
    ahead = text[after : after + 8].lstrip(" \t\u00a0\"'“‘([")
    return bool(ahead) and (ahead[0].isupper() or not ahead[0].isascii())
