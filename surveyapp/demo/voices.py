"""The people who write: how they spell, end a sentence, shout, and how much they say."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Literal

from surveyapp.demo.typos import mistype

Case = Literal["sentence", "lower", "upper"]


@dataclass(frozen=True, slots=True)
class Voice:
    """A manner of writing. `stop` is how often a sentence gets its full stop, `typo` how often a word goes wrong."""

    name: str
    weight: float
    case: Case = "sentence"
    stop: float = 0.97
    typo: float = 0.006
    wordy: float = 1.0
    run_on: float = 0.0
    emoji: float = 0.0
    shout: float = 0.05
    swaps: tuple[tuple[str, str], ...] = ()
    opens: tuple[str, ...] = ()
    mood: tuple[float, float] = (1.0, 1.0)
    emojis: dict[str, tuple[str, ...]] = field(default_factory=dict)


_TEXTING = (
    ("you", "u"), ("are", "r"), ("please", "pls"), ("Please", "pls"), ("thanks", "thx"), ("because", "cos"), ("people", "ppl"),
    ("and", "n"), ("really", "rly"), ("tomorrow", "tmrw"), ("something", "smth"), ("minutes", "mins"), ("would", "wud"), ("your", "ur"),
)  # fmt: skip
_SECOND_LANGUAGE = (
    ("the ", ""), ("a ", ""), ("is ", "is very "), ("was ", "is "), ("are ", "is "), ("more ", "more of "), ("people ", "peoples "),
    ("should ", "must to "), ("Please ", "Please kindly "), ("could ", "can "), ("have been", "are since"),
)  # fmt: skip
_FACES = {
    "praise": ("😊", "❤️", "👍", "👏", "😍", "🏊", "💪", "🙌"),
    "complaint": ("😡", "🙄", "😤", "👎", "😒", "🥶", "🤦"),
    "suggestion": ("🙏", "🤞", "😊", "👀", "🙂"),
    "nothing": ("👍", "😊", "🤷"),
}

_POLITE = ("I'm sorry to say", "If I may say so,", "I must say", "Forgive me, but")
_CROSS = ("Honestly,", "Seriously,", "Sorry but")
_CHATTY = ("Well,", "To be fair", "I know it's a small thing but", "Anyway")

# "mood" is the weight of a voice among unhappy and among happy people.
VOICES = (
    Voice("plain", 34),
    Voice("polite", 11, wordy=1.5, typo=0.002, opens=_POLITE, mood=(0.7, 1.2)),
    Voice("texter", 13, "lower", stop=0.15, typo=0.03, wordy=0.8, run_on=0.3, emoji=0.12, swaps=_TEXTING, emojis=_FACES),
    Voice("lower", 15, "lower", stop=0.4, typo=0.015, wordy=0.8, run_on=0.12),
    Voice("annoyed", 7, stop=0.85, typo=0.01, wordy=1.3, shout=0.3, opens=_CROSS, mood=(2.2, 0.3)),
    Voice("chatty", 9, stop=0.9, typo=0.01, wordy=2.2, run_on=0.12, shout=0.35, emoji=0.08, opens=_CHATTY, emojis=_FACES),
    Voice("business", 6, typo=0.001, wordy=1.3, opens=("As a member,", "On balance,", "In my experience"), shout=0.0),
    Voice("newcomer", 4, typo=0.01, stop=0.8, swaps=_SECOND_LANGUAGE),
    Voice("shouter", 1.6, "upper", stop=0.6, typo=0.012, shout=0.4, mood=(2.5, 0.5)),
    Voice("careless", 6, "lower", stop=0.6, typo=0.07, run_on=0.15),
)  # fmt: skip

PLAIN_START = re.compile(r"(?:the|it|it's|i|my|we|there|there's|you|they|nobody|our) ", re.IGNORECASE)
"""A sentence that can take "Honestly," before it."""
_I = re.compile(r"\bi\b(?=['’ ]|$)")
_FIRST = re.compile(r"[a-z]")


def choose(rng: random.Random, csat: int) -> Voice:
    """Somebody to write a comment with this rating (1 to 5)."""
    low = 0 if csat <= 2 else 1
    return rng.choices(VOICES, [voice.weight * voice.mood[low] for voice in VOICES])[0]


def say(voice: Voice, text: str, kind: str, rng: random.Random, *, last: bool) -> str:
    """Write one sentence down in a voice."""
    if voice.opens and kind == "complaint" and rng.random() < 0.2 and PLAIN_START.match(text):
        text = f"{rng.choice(voice.opens)} {lower_first(text)}"
    text = _swap(voice, text, rng)
    text = mistype(text, voice.typo, rng)
    text = _cased(voice.case, text)
    text = _ended(voice, text, kind, rng, last=last)
    if rng.random() < voice.emoji and kind in voice.emojis:
        text = f"{text} {rng.choice(voice.emojis[kind])}"
    return text


def _swap(voice: Voice, text: str, rng: random.Random) -> str:
    for old, new in voice.swaps:
        if rng.random() < 0.4:
            text = re.sub(rf"\b{re.escape(old)}" + ("" if old.endswith(" ") else r"\b"), new, text)
    return text


def lower_first(text: str) -> str:
    """A sentence that goes on after other words: small at the start, unless it begins with "I" or capitals."""
    return text if text.startswith(("I ", "I'")) or text[:2].isupper() else text[:1].lower() + text[1:]


def _cased(case: Case, text: str) -> str:
    if case == "upper":
        return text.upper()
    if case == "lower":
        return text.lower()
    text = _I.sub("I", text)
    return text[:1].upper() + text[1:]


def _ended(voice: Voice, text: str, kind: str, rng: random.Random, *, last: bool) -> str:
    if text[-1:] in "!?.,":
        return text
    if rng.random() < voice.shout and kind in ("praise", "complaint", "suggestion"):
        return text + rng.choice(("!", "!", "!!", "!!!"))
    stop = voice.stop * (0.85 if last else 1.0)
    return text + "." if rng.random() < stop else text
