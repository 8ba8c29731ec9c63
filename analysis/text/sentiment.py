"""The sentiment of a sentence and of a whole comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.finding import Label, Sentiment
from analysis.text import blob
from analysis.text.tokens import tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one sentence: its words and its sentiment."""

    words: list[str]
    sentiment: Sentiment


def of_sentence(text: str) -> Sentiment:
    """Return the sentiment of one English sentence."""
    return read(text).sentiment


def of_comment(sentences: Sequence[str]) -> Sentiment | None:
    """Return the sentiment of a comment given as its sentences; mixed when it holds both praise and complaint."""
    return of_readings([read(sentence) for sentence in sentences])


def read(text: str, asked: str | None = None) -> Reading:
    """Read one sentence, given its question's purpose."""
    words = tokens(text)
    return Reading(words, _of_words(words))


def of_readings(readings: Sequence[Reading]) -> Sentiment | None:
    """Return the sentiment of a comment from the readings of its sentences; None when there are none."""
    if not readings:
        return None
    whole = _of_words([word for reading in readings for word in reading.words])
    labels = {reading.sentiment.label for reading in readings}
    return Sentiment(whole.label, whole.score, whole.confidence, "positive" in labels and "negative" in labels)


def _of_words(words: list[str]) -> Sentiment:
    polarity, _ = blob.polarity(words)
    label: Label = "positive" if polarity > 0.05 else "negative" if polarity < 0 else "neutral"
    return Sentiment(label, max(-1.0, min(1.0, polarity)), min(0.95, 0.5 + abs(polarity) / 2))
