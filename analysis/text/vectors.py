"""Mentions as weighted features: stems, pairs of stems, and classes of words that stand for one need."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from analysis.text.stems import WORD, stem

_STOP = frozenset(
    ["a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "before", "being", "but", "by", "can", "could", "did", "do", "does", "doing", "done", "down", "each", "even", "ever", "for", "from", "get", "gets", "getting", "got", "had", "has", "have", "having", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "let", "like", "made", "make", "makes", "many", "me", "might", "more", "most", "much", "must", "my", "myself", "no", "nor", "not", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "please", "really", "said", "same", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "thing", "things", "this", "those", "though", "through", "to", "too", "under", "until", "up", "us", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "would", "you", "your", "yours", "it's", "i'm", "i've", "i'd", "don't", "didn't", "doesn't", "can't", "couldn't", "wasn't", "isn't", "would've", "be", "better", "good", "nice", "great", "maybe", "perhaps", "think", "feel", "felt", "want", "wish", "need", "needs", "needed", "hope", "could've", "sometimes", "always", "never", "also", "bit", "lot", "lots"]
)
_WANTS = frozenset(stem(word) for word in ("more", "less", "fewer", "not", "no", "never"))


@lru_cache(maxsize=50_000)
def features(text: str) -> dict[str, float]:
    """Return feature -> weight before idf: stems 1, pairs of neighbouring stems .5, classes of need .6."""
    words = [word for word in WORD.findall(text.lower().replace("’", "'"))[:400] if word not in _STOP]
    roots = [stem(word) for word in words]
    found: dict[str, float] = {}
    for root in roots:
        found[root] = 1.0
        if (need := _needs().get(root)) is not None:
            found[f"~{need}"] = 0.6
    for pair in pairwise(roots):
        found[" ".join(pair)] = 0.5
    return found


@cache
def _needs() -> dict[str, int]:
    text = resources.files("analysis.text").joinpath("data", "needs.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found: dict[str, int] = {}
    for number, line in enumerate(lines):
        for word in line.split():
            found.setdefault(stem(word), number)
    return found
