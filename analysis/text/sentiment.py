"""The sentiment of a sentence and of a whole comment."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.finding import Label, Sentiment
from analysis.text import blob
from analysis.text.tokens import tokens


def of_sentence(text: str) -> Sentiment:
    """Return the sentiment of one English sentence."""
    polarity, _ = blob.polarity(tokens(text))
    label: Label = "positive" if polarity > 0.05 else "negative" if polarity < 0 else "neutral"
    return Sentiment(label, max(-1.0, min(1.0, polarity)), min(0.95, 0.5 + abs(polarity) / 2))


def of_comment(sentences: Sequence[str]) -> Sentiment:
    """Return the sentiment of a comment given as its sentences; mixed when it holds both praise and complaint."""
    each = [of_sentence(sentence) for sentence in sentences]
    whole = of_sentence(" ".join(sentences))
    labels = {one.label for one in each}
    mixed = "positive" in labels and "negative" in labels
    return Sentiment(whole.label, whole.score, whole.confidence, mixed)
