"""What speaks for and against in a text, as numbers: opinion words, their places, turns of phrase, marks of emphasis."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.text import blob
from analysis.text.opinions import Hit, Opinions, opinions

# Turns of phrase that mean much the same whatever is talked about. Looked for in the tokens joined by blanks.
_TURNS: dict[str, str] = {
    "asks_more": r"^ (?:more|better|longer|shorter|faster|quicker|less|fewer|bigger|easier|improve\w*|provide|make|have|give|get|offer|allow|add|keep|need|needs) ",
    "wants": r" (?:should|would like|would prefer|need to|needs to|need more|could do with|wish|if only|it would|would have liked|would be|ought to|more) ",
    "could_be": r" (?:could|can|might) (?:be|have been|have|do|not) ",
    "had_to": r" (?:had|have|has|having) to ",
    "too": r" too (?!\W)",
    "never_did": r" (?:never|not|no longer|fails?|failed|refuse[sd]?|unable|can not|could not|will not|would not) \w+",
    "no_thing": r" no (?!problem|issue|complaint|doubt|trouble|fault|worr|regret)\w+",
    "nothing": r"^ (?:no )?(?:nothing|nowt|none|n / a|no|nil|na|not? (?:really|much|a lot|sure))(?: |$)",
    "no_answer": r"^ (?:(?:i |we |just |really |simply |honestly |sorry |am |\W )*(?:(?:do|did|can|could|would) not (?:really |honestly )?(?:know|say|comment|remember|recall|wish to \w+|want to \w+|have (?:an? )?(?:opinion|comments?|answer|view))|not (?:really |too |entirely )?sure|unsure|no (?:further |other |more )?(?:comments?|idea|answer|opinion|reply|response|suggestions? (?:sorry|yet))|n ?/ ?a|na|nothing (?:more |else |further |much )?to (?:say|add|report|tell|comment)(?: (?:about|on) (?:it|that|this))?|pass|hard to say|too (?:early|soon) to (?:say|tell)|not applicable|no|yes|as above|see above|same(?: as (?:above|before))?|dunno))(?: (?:really|yet|at the moment|at this time|at present|at all|to be honest|sorry|thanks|thank you|here|maybe|of anything|this time))* ?(?:[.!?…]+ )*$",
    "nothing_better": r" (?:nothing|not|no|could not|can not)[\w ]{0,40} (?:better|improve\w*|change|different\w*|fault|add|more|complain\w*) ",
    "only": r" only (?:one|two|lasted|\d+|a|had|get|gets|got|works?) ",
    "after_time": r" (?:after|within|in) (?:only |just |about |less than )?(?:a|an|one|two|three|four|five|six|few|a few|couple|\d+|several) (?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|years?|uses?|times?) ",
    "waiting": r" (?:wait(?:ed|ing|s)?|hours?|minutes?|weeks?|months?) ",
    "again_and_again": r" (?:again and again|over and over|multiple times|several times|\d+ times|repeatedly|constantly|keeps?|kept|every time) ",
    "all_good": r" (?:everything|all|everyone|always|every one|whole team|both) ",
    "question": r"\?",
    "exclaims": r"!",
    "shouts": r"!!",
    "dots": r" (?:\.{2,}|…)",
    "instead": r" (?:instead|rather than|supposed to|should have|even though|even after|at all|anymore|any more) ",
    "first_person": r" (?:i|me|my|we|our|us) ",
    "second_person": r" (?:you|your) ",
    "compares": r" (?:than|unlike|compared to|as good as) ",
    "reports": r" (?:said|told|says|asked|called|phoned|rang|emailed|tried) ",
    "if": r" if ",
    "why": r" (?:why|how can|how could|what is the point) ",
    "number": r" \d",
    "polite": r" (?:thanks?|thank you|please|sorry) ",
}  # fmt: skip
_COMPILED = {name: re.compile(pattern) for name, pattern in _TURNS.items()}
_SOURCES = ("ours", "borrowed")
_SUMS = ("good", "bad", "most_good", "most_bad", "last", "first", "before", "after", "any_good", "any_bad", "turned", "wished", "balance", "sign")
_GENERAL = ("asked_suggestion", "asked_experience", "bare_suggestion", "bare_experience", "blob", "blob_good", "blob_bad", "subjectivity", "both", "neither", "contrast", "aside", "short", "very_short", "long")
NAMES: tuple[str, ...] = (
    *(f"{source}_{name}" for source in _SOURCES for name in _SUMS), *_GENERAL, *_TURNS, "nothing_to_improve", "nothing_was_good",
)  # fmt: skip


def evidence(words: Sequence[str], asked: str | None = None) -> tuple[list[float], Opinions]:
    """Return the numbers of `NAMES` for a text's tokens and its question's purpose, and the opinions they rest on."""
    tokens = list(words)
    found = opinions(tokens)
    values = [*_sums(found.ours, found.contrast), *_sums(found.borrowed, found.contrast)]
    values += _general(tokens, found, asked)
    joined = f" {' '.join(tokens)} "
    turns = {name: float(bool(turn.search(joined))) for name, turn in _COMPILED.items()}
    if not (found.ours or found.borrowed or any(map(str.isalpha, joined))):
        turns["no_answer"] = 1.0  # marks and numbers alone
    values += turns.values()
    values += [turns["nothing"] * (asked == "suggestion"), turns["nothing"] * (asked == "experience")]
    return values, found


def _sums(hits: Sequence[Hit], contrast: int) -> tuple[float, ...]:
    """Return the sums of one list's hits, in the order of `_SUMS`, squeezed so that a long text is no louder than a short one."""
    if not hits:
        return (0.0,) * len(_SUMS)
    values = [hit.value for hit in hits]
    good, bad = sum(value for value in values if value > 0), -sum(value for value in values if value < 0)
    after = sum(hit.value for hit in hits if hit.place > contrast) if contrast >= 0 else 0.0
    before = good - bad - after if contrast >= 0 else 0.0
    balance = (good - bad) / (good + bad + 1.0)
    return (
        _squeeze(good), _squeeze(bad), max(0.0, *values, 0.0) / 3, max(0.0, -min(values)) / 3, values[-1] / 3, values[0] / 3,
        _squeeze(before), _squeeze(after), float(good > 0), float(bad > 0), float(any(hit.turned for hit in hits)),
        float(any(hit.wished for hit in hits)), balance, float(good > bad) - float(bad > good),
    )  # fmt: skip


def _squeeze(value: float) -> float:
    """Return a sum pressed into (-2, 2)."""
    return 2 * value / (abs(value) + 3.0)


def _general(words: list[str], found: Opinions, asked: str | None) -> tuple[float, ...]:
    """Return the numbers of `_GENERAL`."""
    polarity, subjectivity = blob.polarity(words)
    values = [hit.value for hit in found.ours] + [hit.value for hit in found.borrowed]
    good, bad = any(value > 0 for value in values), any(value < 0 for value in values)
    bare = not good and not bad
    return (
        float(asked == "suggestion"), float(asked == "experience"), float(bare and asked == "suggestion"),
        float(bare and asked == "experience"), polarity, float(polarity > 0.1), float(polarity < -0.05), subjectivity, float(good and bad), float(bare),
        float(found.contrast > 0), float(found.aside), float(len(words) <= 8), float(len(words) <= 3), float(len(words) > 40),
    )  # fmt: skip
