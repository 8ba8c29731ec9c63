"""The sentiment of a sentence and of a whole comment: negative, neutral or positive, with a calibrated confidence.

Two scorers speak and a small linear model, trained on how well each travels to fields it never saw, weighs them: evidence
(opinion words in context, TextBlob, turns of phrase) and n-grams with learned weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from math import exp
from operator import itemgetter, mul

import numpy as np
from numpy.typing import NDArray

from analysis.finding import Label, Sentiment
from analysis.text import ngrams, trust
from analysis.text.evidence import evidence
from analysis.text.opinions import Opinions
from analysis.text.tokens import tokens

LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")
_READ = 2_000  # characters of a sentence that are scored
_READ_OF_COMMENT = 800  # words of a comment that are scored as a whole
_REASONS = 4
_FIRMLY = 0.55  # a sentence this sure of being good or bad makes a comment mixed


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one sentence: its words, its question's purpose and its sentiment."""

    words: list[str]
    asked: str | None
    sentiment: Sentiment


@dataclass(frozen=True, slots=True)
class Judge:
    """The linear model over both scorers, a row of weights for each label, and what says how far to trust its label."""

    weights: NDArray[np.float64]  # (3, numbers of evidence + 3)
    start: NDArray[np.float64]  # (3,)
    trust: list[float]  # a weight for each of trust.NAMES, learned where labels were right and wrong on unseen texts
    trust_start: float

    def label_chances(self, numbers: Sequence[float]) -> list[float]:
        """Return the chances of the three labels."""
        sums = (self.weights @ np.asarray(numbers) + self.start).tolist()
        highest = max(sums)
        powers = [exp(each - highest) for each in sums]
        total = sum(powers)
        return [power / total for power in powers]

    def confidence(self, signs: Sequence[float]) -> float:
        """Return how sure to be of a label of which `trust.signs` says this, in (0, 1)."""
        return 1 / (1 + exp(-self.trust_start - sum(map(mul, self.trust, signs))))


@cache
def judge() -> Judge:
    """Return the shipped model."""
    path = resources.files("analysis.text").joinpath("data/sentiment.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return Judge(arrays["judge"], arrays["judge_start"], arrays["trust"].tolist(), float(arrays["trust_start"]))


def of_sentence(text: str, asked: str | None = None) -> Sentiment:
    """Return the sentiment of one English sentence, given its question's purpose."""
    return read(text, asked).sentiment


def of_comment(sentences: Sequence[str], asked: str | None = None) -> Sentiment | None:
    """Return the sentiment of a comment given as its sentences; None when there are none."""
    return of_readings([read(sentence, asked) for sentence in sentences])


def read(text: str, asked: str | None = None) -> Reading:
    """Read one sentence, given its question's purpose ("suggestion", "experience" or None)."""
    words = tokens(text[:_READ])
    return Reading(words, asked, _of_words(words, asked))


def of_readings(readings: Sequence[Reading]) -> Sentiment | None:
    """Return the sentiment of a comment from its sentences' readings: mixed when some praise and others complain."""
    if len(readings) < 2:
        return readings[0].sentiment if readings else None
    words = [word for reading in readings for word in reading.words][:_READ_OF_COMMENT]
    whole = _of_words(words, readings[0].asked)
    firm = {one.sentiment.label for one in readings if one.sentiment.confidence >= _FIRMLY}
    mixed = whole.mixed or {"positive", "negative"} <= firm
    return Sentiment(whole.label, whole.score, whole.confidence, mixed, whole.because)


def _of_words(words: Sequence[str], asked: str | None) -> Sentiment:
    """Return the sentiment of a text's tokens."""
    learned, model = ngrams.weights(), judge()
    values, found = evidence(words, asked)
    grams = ngrams.grams(words)
    scores, known = learned.scored(grams)
    chances = model.label_chances([*values, *scores])
    best = chances.index(max(chances))
    score = chances[2] - chances[0]
    because = _because(found, grams, learned, score) if LABELS[best] != "neutral" else ()
    return Sentiment(
        LABELS[best],
        round(score, 4),
        round(model.confidence(trust.signs(values, scores, known, chances)), 4),
        _turns(found),
        because,
    )


def _turns(found: Opinions) -> bool:
    """Say whether one sentence both praises and complains, apart by a "but"."""
    if found.contrast < 0:
        return False
    hits = [*found.ours, *found.borrowed]
    before = sum(hit.value for hit in hits if hit.place < found.contrast)
    after = sum(hit.value for hit in hits if hit.place > found.contrast)
    return before * after < 0 and min(abs(before), abs(after)) >= 1


def _because(found: Opinions, grams: Sequence[str], learned: ngrams.Weights, score: float) -> tuple[str, ...]:
    """Return the words that moved the score its way, strongest first: opinion words, else learned ones."""
    side = 1 if score > 0 else -1
    hits = sorted(
        (hit for hit in [*found.ours, *found.borrowed] if hit.value * side > 0), key=lambda hit: -abs(hit.value)
    )
    reasons = [f"not {hit.word}" if hit.turned and not hit.word.startswith("too ") else hit.word for hit in hits]
    if not reasons:
        leans = [(-side * learned.lean(gram), gram) for gram in grams]
        leaning = sorted((each for each in leans if each[0] < 0), key=itemgetter(0))
        reasons = [_shown(gram) for gram in islice((gram for _, gram in leaning if _is_spoken(gram)), _REASONS)]
    return tuple(dict.fromkeys(reasons))[:_REASONS]


def _is_spoken(gram: str) -> bool:
    """Say whether an n-gram is made of words alone: no marks, numbers or edges."""
    return all(part.strip("!").isalpha() for part in gram.split(" "))


def _shown(gram: str) -> str:
    """Return an n-gram as a person would read it."""
    return "not " + gram[1:] if gram.startswith("!") else gram
