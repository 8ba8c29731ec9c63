"""The form of a sentence as numbers that mean the same everywhere: fragment or clause, verbs first, person, tense, tone of words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.finding import Kind, Sentiment
from analysis.text import asking
from analysis.text import lexical_classes as lex
from analysis.text.cues import CUE_NAMES, find_cues

_MAX_LETTERS = 800  # a longer "sentence" is read by its first and last parts
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\n": " ", "\t": " ", "\r": " ", "\xa0": " "})
_ING = re.compile(r"[a-z]{2,}ing$")
_GERUND_SKIP = frozenset(
    {
        "nothing",
        "something",
        "anything",
        "everything",
        "morning",
        "evening",
        "building",
        "thing",
        "during",
        "king",
        "ring",
        "string",
        "spring",
        "ceiling",
        "amazing",
        "caring",
        "understanding",
        "outstanding",
        "welcoming",
        "parking",
        "waiting",
        "staffing",
        "including",
        "feeling",
        "boring",
        "disappointing",
        "disgusting",
        "reassuring",
        "charming",
        "loving",
        "frustrating",
        "annoying",
        "shocking",
        "appalling",
    }
)
_SHORT, _MEDIUM = 3, 8
_PURPOSES = ("suggestion", "experience", "none")
_BY_PURPOSE = (
    "fragment",
    "short_fragment",
    "gerund",
    "imperative",
    "comparative_first",
    "clause",
    "good_words",
    "bad_words",
    "felt_good",
    "felt_bad",
    "ask_cues",
)

ASK_CUES = (
    "please",
    "must",
    "must_not_be_said",
    "needs",
    "needed",
    "we_need",
    "can_be_better",
    "could_do_with",
    "nice_if",
    "nice_to",
    "i_wish",
    "if_only",
    "would_like",
    "suggest",
    "how_about",
    "can_you",
    "let_us",
    "have_to_add",
    "to_fragment",
)


@dataclass(slots=True)
class Shape:
    """What was seen in a sentence: named numbers, and the words that stand behind each name."""

    values: dict[str, float]
    words: dict[str, str] = field(default_factory=dict)


def plain(text: str) -> str:
    """Return the text in lower case with plain apostrophes, as long as the text itself, so that offsets stay true."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_APOSTROPHES)


def _tone(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the words of good and of bad; a negation up to three words before turns one into the other."""
    good: list[str] = []
    bad: list[str] = []
    negated = 0
    for word in words:
        if word in lex.NEGATIONS:
            negated = 4
        elif word in {"but", ".", ",", ";", "because", "however"}:
            negated = 0
        if word in lex.GOOD:
            (bad if negated else good).append(word)
        elif word in lex.BAD and word not in lex.NEGATIONS:
            (good if negated else bad).append(word)
        negated = max(0, negated - 1)
    return good, bad


def _form(words: tuple[str, ...], all_words: list[str], seen: Shape) -> None:
    """Note whether there is a clause with subject and verb, and how the sentence begins."""
    values = seen.values
    finite = any(w in lex.FINITE for w in all_words) or any(w in lex.SUBJECTS for w in all_words[:6])
    values["clause" if finite else "fragment"] = 1.0
    if not finite and len(all_words) <= _SHORT:
        values["short_fragment"] = 1.0
    first = words[0] if words else ""
    if _ING.match(first) and first not in _GERUND_SKIP:
        values["gerund"], seen.words["gerund"] = 1.0, first
    if first == "by" and len(words) > 1 and _ING.match(words[1]):
        values["by_gerund"], seen.words["by_gerund"] = 1.0, " ".join(words[:2])


def _starts(parts: list[asking.Clause], seen: Shape) -> None:
    """Note requests and words of more or less at the start of clauses; those of the first clause count apart."""
    for place, part in enumerate(parts):
        verb = asking.imperative(part.words)
        more = asking.comparative_start(part.words)
        for name, word in (("imperative", verb), ("comparative_first", more)):
            if word:
                where = name if place == 0 else f"later_{name}"
                seen.values[where], seen.words[where] = 1.0, word


def _persons(words: list[str], seen: Shape) -> None:
    values = seen.values
    kinds = set(words)
    values["first_person"] = float(bool(kinds & lex.FIRST_PERSON))
    values["second_person"] = float(bool(kinds & lex.SECOND_PERSON))
    values["third_person"] = float(bool(kinds & lex.THIRD_PERSON))
    past = sum(w in lex.PAST or (len(w) > 4 and w.endswith("ed") and w not in {"need", "indeed"}) for w in words)
    values["past"] = min(past, 3) / 3
    values["comparative"] = float(bool(kinds & lex.COMPARATIVES))


def _sizes(words: list[str], lowered: str, seen: Shape) -> None:
    count = len(words)
    seen.values["one_word"] = float(count <= 1)
    seen.values["short"] = float(1 < count <= _SHORT)
    seen.values["medium"] = float(_SHORT < count <= _MEDIUM)
    seen.values["long"] = float(count > 25)
    seen.values["question"] = float("?" in lowered)
    seen.values["exclaims"] = float("!" in lowered)
    seen.values["opens_halfway"] = float(lowered[:1] in "(-,")


def _feeling(sentiment: Sentiment | None, seen: Shape) -> None:
    """Note the sentiment coarsely, so that a better sentiment model does not upset this one."""
    score = sentiment.score if sentiment else 0.0
    seen.values["felt_good"] = min(1.0, max(0.0, score) * 1.5)
    seen.values["felt_bad"] = min(1.0, max(0.0, -score) * 1.5)


def _with_purpose(asked: str | None, seen: Shape) -> None:
    """Add what the question was used for, alone and together with the form: "More chairs." asks only when asked."""
    purpose = asked if asked in _PURPOSES else "none"
    seen.values[f"asked_{purpose}"] = 1.0
    for name in _BY_PURPOSE:
        if seen.values.get(name):
            seen.values[f"{name}|{purpose}"] = seen.values[name]


def describe(text: str, asked: str | None, sentiment: Sentiment | None, before: Kind | None = None) -> Shape:
    """Return what can be seen in one sentence. Linear in its length."""
    lowered = plain(text).strip(" '\"“”•*")
    if len(lowered) > _MAX_LETTERS:
        lowered = lowered[: _MAX_LETTERS // 2] + " " + lowered[-_MAX_LETTERS // 2 :]
    found = asking.tokens(lowered)
    words = [word for word, _, _ in found if word[0].isalpha()]
    seen = Shape({"bias": 1.0})
    parts = list(asking.clauses(found))
    _form(parts[0].words if parts else (), words, seen)
    _starts(parts, seen)
    _persons(words, seen)
    _sizes(words, lowered, seen)
    for name, match in find_cues(lowered, words).items():
        seen.values[name], seen.words[name] = 1.0, match.group().strip()[:60]
    seen.values["ask_cues"] = min(2, sum(name in seen.values for name in ASK_CUES)) / 2
    good, bad = _tone([word for word, _, _ in found])
    seen.values["good_words"], seen.words["good_words"] = min(len(good), 3) / 3, ", ".join(good[:3])
    seen.values["bad_words"], seen.words["bad_words"] = min(len(bad), 3) / 3, ", ".join(bad[:3])
    seen.values["no_tone"] = float(not good and not bad)
    _feeling(sentiment, seen)
    _with_purpose(asked, seen)
    return seen


FORM_NAMES = (
    "bias",
    "clause",
    "fragment",
    "short_fragment",
    "gerund",
    "by_gerund",
    "imperative",
    "comparative_first",
    "later_imperative",
    "later_comparative_first",
    "first_person",
    "second_person",
    "third_person",
    "past",
    "comparative",
    "one_word",
    "short",
    "medium",
    "long",
    "question",
    "exclaims",
    "opens_halfway",
    "ask_cues",
    "good_words",
    "bad_words",
    "no_tone",
    "felt_good",
    "felt_bad",
)
FEATURES = (
    *FORM_NAMES,
    *CUE_NAMES,
    *(f"asked_{p}" for p in _PURPOSES),
    *(f"{n}|{p}" for n in _BY_PURPOSE for p in _PURPOSES),
)
