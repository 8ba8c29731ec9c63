"""A short title for an improvement, in the customers' own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analysis.text.stems import stems

_OPENINGS = re.compile(
    r"^(?:and|but|also|so|then|well|ok|okay|maybe|perhaps|just|please|pls|plz|sorry|honestly|personally|overall|possibly|only that|"
    r"i (?:just )?(?:think|feel|wish|hope|suggest|would suggest|would say|believe|guess)(?: that)?|in my opinion|"
    r"it (?:would|might|could) be (?:really |very |so )?(?:nice|good|great|better|helpful|useful|lovely|an improvement)(?: to| if(?: you| there| we| they)?(?: could| were| was| had)?| for)?|"
    r"(?:i would|i'd|we would|we'd) (?:really )?(?:like|love|appreciate|prefer)(?: to (?:see|have))?(?: if)?|"
    r"could (?:you|we|they|there)(?: please)?(?: be| have)?|can (?:you|we)(?: please)?|(?:you|they|we) (?:should|could|need to|must|ought to)(?: really)?|"
    r"there (?:should|could|needs to|need to|must) be|would be (?:nice|good|great)(?: to| if)?|my suggestion is(?: to)?|how about|why not|what about)\b[\s,:-]*",
    re.I,
)


def title(texts: Sequence[str], *, limit: int = 60) -> str:
    """Return the most typical short wording among some mentions, cut at a word; "Untitled" where there are no words at all."""
    wordings = [wording for wording in map(_bare, texts) if re.search(r"\w", wording)]
    if not wordings:
        return next((text.strip()[:limit] for text in texts if text.strip()), "Untitled")
    common = Counter(root for wording in wordings for root in set(stems(wording)))
    best = max(wordings, key=lambda wording: (_typical(wording, common, len(wordings)), -len(wording)))
    return _cut(best[0].upper() + best[1:], limit)


def _typical(wording: str, common: Counter[str], n: int) -> float:
    roots = set(stems(wording))
    if not roots:
        return 0.0
    return sum(common[root] for root in roots) / n / (len(roots) + 2)


def _bare(text: str) -> str:
    """Take a wording's polite openings, line ends and full stop away."""
    text = " ".join(text.split()).strip(" -–—*•\"“”'.,;:!")
    for _turn in range(3):
        shorter = _OPENINGS.sub("", text, count=1)
        if shorter == text or len(shorter) < 4:
            break
        text = shorter
    return text.strip(" ,;:-.")


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return head.rstrip(" ,;:-") + "…"
