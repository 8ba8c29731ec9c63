"""What people write around what they say: greetings, closings, asides. A question that asks for suggestions turns none into one."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[a-z']+")
_COURTESY = frozenset(
    [
        "hi",
        "hiya",
        "hello",
        "hey",
        "dear",
        "sir",
        "madam",
        "team",
        "all",
        "everyone",
        "both",
        "there",
        "good",
        "morning",
        "afternoon",
        "evening",
        "day",
        "greetings",
        "regards",
        "kind",
        "best",
        "wishes",
        "yours",
        "sincerely",
        "faithfully",
        "truly",
        "cheers",
        "bye",
        "xx",
        "xxx",
        "x",
        "so",
        "ok",
        "okay",
        "right",
        "then",
        "well",
        "now",
        "anyway",
        "honestly",
        "sorry",
        "yes",
        "just",
        "a",
        "my",
        "thought",
        "thoughts",
        "rant",
        "over",
        "essay",
        "long",
        "post",
        "for",
        "the",
        "this",
        "hope",
        "helps",
        "that's",
        "it",
        "again",
    ]
)
_MUST = frozenset(
    [
        "hi",
        "hiya",
        "hello",
        "hey",
        "dear",
        "greetings",
        "regards",
        "sincerely",
        "faithfully",
        "truly",
        "cheers",
        "bye",
        "xx",
        "xxx",
        "so",
        "ok",
        "okay",
        "right",
        "well",
        "anyway",
        "honestly",
        "thought",
        "thoughts",
        "rant",
        "essay",
        "post",
        "helps",
        "morning",
        "afternoon",
        "evening",
        "yours",
    ]
)
_POINTS_BACK = re.compile(
    r"^(?:as|see|same as|like) (?:above|before|below|last time|previous(?:ly)?|earlier|my (?:last|other|previous) (?:answer|comment))[.!]*$"
    r"|^(?:same as before|ditto|idk|dunno|(?:i )?(?:don'?t|do not) know|no idea)[.!]*$"
)
_LONGEST = 60


def is_courtesy(text: str) -> bool:
    """Say whether a sentence only greets, closes or excuses itself."""
    if len(text) > _LONGEST:
        return False
    words = _WORDS.findall(text.lower().replace("’", "'"))
    return (
        bool(words)
        and len(words) <= 5
        and all(word in _COURTESY for word in words)
        and any(word in _MUST for word in words)
    )


def points_back(text: str) -> bool:
    """Say whether a sentence only points to another answer, or says that there is none."""
    return len(text) <= _LONGEST and bool(_POINTS_BACK.match(text.strip().lower().replace("’", "'")))
