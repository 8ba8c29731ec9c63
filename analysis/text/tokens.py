"""The words of a sentence as the sentiment scorers read them: lower case, contractions opened, stretched letters shortened."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"[a-z]+(?:[-'][a-z]+)*|\d+(?:[.,:/]\d+)*%?|(?:[:;=]-?[()dp/\\|\]\[*]|<3)(?![a-z])"
    r"|[!?]+|[.…]+|[,;:()\"$£€#@&/+*-]|[\u2600-\u27bf\U0001f300-\U0001faff]"
)
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_NOT = re.compile(r" ?(?<=[a-z ])n ?['`´] ?t\b")  # also apart, as some exports write it: "do n ' t"
_NO_APOSTROPHE = re.compile(
    r"\b(do|does|did|is|was|were|are|have|has|had|would|could|should|wo|ca|ai)nt\b"  # "dont", "wasnt", as thumbs write it
)
_APART = re.compile(r" ['`´] (s|ve|re|m|ll|d)\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|@\w+|&[a-z]{2,4};")  # says nothing of what the customer felt
_LONG = 30  # a "word" longer than this is noise, cut so that dictionaries are not asked for megabytes


def tokens(text: str) -> list[str]:
    """Return the tokens of `text`: words, numbers, emoticons, emoji and punctuation, in order; "don't" gives "do", "not"."""
    low = text.lower()
    if "//" in low or "@" in low or "&" in low or "www" in low:
        low = _ADDRESS.sub(" ", low)
    if "’" in low:
        low = low.replace("’", "'")
    if "'" in low or "`" in low or "´" in low:
        low = _NOT.sub(" not", low)
        low = _APART.sub(r"'\1", low)
    if "nt" in low or "no" in low:
        low = _NO_APOSTROPHE.sub(r"\1 not", low).replace("cannot", "can not")
    if "not" in low:
        low = low.replace("wo not", "will not").replace("ca not", "can not")
    if _STRETCHED.search(low):
        low = _STRETCHED.sub(r"\1\1", low)
    return [token[:_LONG] for token in _TOKEN.findall(low)]
